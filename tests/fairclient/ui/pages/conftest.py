"""Pages opened as the window opens them, on the laptops of a fair."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from fairclient.ui.pages.page import Page
from fairclient.ui.runner import Runner
from fairclient.usecases.workplace import Workplace
from tests.fairclient.ui.pages.tent import Hands, Lent

Open = Callable[[type[Page], Workplace], Hands]


@pytest.fixture
def lent() -> dict[Page, Lent]:
    """What the window lent to each page that was opened."""
    return {}


@pytest.fixture
def open_page(qtbot: QtBot, runner: Runner, show: Callable[[Page], None], lent: dict[Page, Lent]) -> Open:
    """Open a page as the window does, and give hands to use it."""

    def opening(kind: type[Page], place: Workplace) -> Hands:
        page = kind(place, runner, lambda changed: page.heed(changed))
        lent[page] = Lent(place)
        page.equip(lent[page].equipment)
        hands = Hands(qtbot, page, runner)
        show(page)
        hands.idle()
        first = page.first_focus()
        if first is not None:
            first.setFocus()
        return hands

    return opening
