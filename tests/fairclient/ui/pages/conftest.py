"""Two laptops of one fair that have not met: point A, where people register, and point B, where a desk is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.ui.pages.page import Page
from fairclient.ui.runner import Runner
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import Hands, Lent, hear_of, laptop

Open = Callable[[type[Page], Workplace], Hands]


@pytest.fixture
def fair(clock: FixedClock) -> Fair:
    """A fictional centre: services ORI, SAL and EMP; desk B gives ORI, desk C the others."""
    return Fair(clock)


@pytest.fixture
def point_a(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """Where people are registered."""
    place = laptop(tmp_path / "a", clock, fair, "A")
    yield place
    place.close()


@pytest.fixture
def point_b(tmp_path: Path, clock: FixedClock, fair: Fair, point_a: Workplace) -> Iterator[Workplace]:
    """Another laptop; both know of each other's keys, neither has heard what the other wrote."""
    place = laptop(tmp_path / "b", clock, fair, "B")
    hear_of(point_a, fair)
    yield place
    place.close()


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
