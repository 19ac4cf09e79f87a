"""Draws the person's page and its sheets, for ``tests.fairclient.ui.pictures``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairclient.ui.pages.find import FindPage
from fairclient.usecases.note_absent import note_absent

if TYPE_CHECKING:  # the pictures import this module
    from tests.fairclient.ui.pictures import Studio


def person_states(studio: Studio, out: Path, suffix: str) -> None:
    """The page of the first person who is found, and each of its sheets."""
    page = _at_person(studio)
    facts = page.person.facts
    assert facts is not None and facts.page.home is not None
    note_absent(page.place, facts.page.home.household, [("Pedro Luis", 41, "PAR"), ("Abuela Ana", None, "")])
    page.person.refresh()
    assert studio.window.workspace is not None
    studio.window.workspace.toast.hide()
    studio.save(out, f"person{suffix}")
    _household(studio, page, out, suffix)
    page.person.correct.click()
    studio.save(out, f"person-correct{suffix}")
    sheet = page.person.correct_sheet()
    assert sheet is not None
    sheet.close_sheet()


def _household(studio: Studio, page: FindPage, out: Path, suffix: str) -> None:
    page.person.household.click()
    sheet = page.person.household_sheet()
    assert sheet is not None
    for task in sheet.panels:
        assert page.person.facts is not None
        sheet.open_for(page.person.facts, task)
        if task in ("move", "merge"):
            sheet.panels[task].finder.box.setText("gregorio")  # type: ignore[attr-defined]  # both have one
        studio.save(out, f"person-household-{task}{suffix}")
        sheet.close_sheet()


def _at_person(studio: Studio) -> FindPage:
    studio.open("find")
    assert studio.window.workspace is not None
    page = studio.window.workspace.current_page()
    assert isinstance(page, FindPage)
    page.box.setText("Yuleidy")
    studio.settle()
    found = page.model.person(0)
    assert found is not None
    page.open_person(found.attendee)
    studio.settle()
    return page
