"""Draws the Operators page and its sheets, and the gate of a laptop with several people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairclient.ui.pages.operators.page import OperatorsPage
from fairclient.ui.pages.unlock import UnlockPage
from fairclient.usecases.add_operator import add_operator
from fairclient.usecases.laptop_people import laptop_people, may_admit

if TYPE_CHECKING:
    from tests.fairclient.ui.pictures import Studio


def operators_states(studio: Studio, out: Path, suffix: str, passphrase: str) -> None:
    """One person and the roster, the sheets, two people, and the gate where they choose."""
    workspace = studio.window.workspace
    assert workspace is not None
    studio.open("operators")
    page = workspace.current_page()
    assert isinstance(page, OperatorsPage)
    studio.save(out, f"operators{suffix}")
    page.roster.add_one.click()
    assert page.sheet is not None
    page.sheet.new.setText("una frase")
    page.sheet.again.setText("otra frase")
    page.sheet.save.click()
    studio.save(out, f"operators-add{suffix}")
    page.sheet.close_sheet()
    studio.settle()
    other = next(one for one in laptop_people(page.place) if not one.here and may_admit(page.place, one))
    add_operator(page.place, other.id, "una frase para la tarde", passphrase)
    page.refresh()
    studio.save(out, f"operators-two{suffix}")
    page.here.buttons[0].click()
    studio.save(out, f"operators-forgot{suffix}")
    page.sheet.close_sheet()
    studio.settle()
    page.here.buttons[1].click()
    studio.save(out, f"operators-remove{suffix}")
    page.sheet.close_sheet()
    studio.settle()
    studio.window.lock()
    gate = studio.window.gate
    assert isinstance(gate, UnlockPage)
    studio.save(out, f"unlock-who{suffix}")
    gate.passphrase.setText(passphrase)
    gate.enter.click()
    studio.settle()
