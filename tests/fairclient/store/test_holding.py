"""Entries that wait for the day to be closed: an approval lets go what it names, and itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.store.queries import holding
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.close_day import close_day
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, laptop, register


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fair that holds its entries."""
    monkeypatch.setattr(holding, "holds", lambda _session: True)


def seq(place: Workplace) -> int:
    return StoreReplica(place.store).heads()[str(place.identity.journal)][0]


def held(place: Workplace) -> int:
    with place.store.read() as session:
        return holding.held(session)


def test_a_fair_that_does_not_hold_lets_everything_go(tmp_path: Path, clock: FixedClock) -> None:
    place = laptop(tmp_path / "a", clock, Fair(clock), "A")
    register(place)
    assert StoreReplica(place.store).sendable(place.identity.journal) == seq(place) > 0
    assert held(place) == 0
    place.close()


def test_what_was_approved_goes_and_what_comes_later_waits(
    tmp_path: Path, clock: FixedClock, holds: None
) -> None:
    fair = Fair(clock)
    place, desk = laptop(tmp_path / "a", clock, fair, "A"), laptop(tmp_path / "b", clock, fair, "B")
    register(place)
    replica = StoreReplica(place.store)
    assert replica.sendable(place.identity.journal) == 0
    assert held(place) == seq(place)
    assert replica.sendable(fair.journal) == replica.heads()[str(fair.journal)][0] > 0, (
        "the centre's never waits"
    )
    register(desk)
    carry(desk, place, fair)
    close_day(place)
    assert replica.sendable(place.identity.journal) == seq(place), "the approval itself goes too"
    assert replica.sendable(desk.identity.journal) == seq(desk)
    assert held(place) == 0
    approved = seq(place)
    clock.advance(60)
    register(place, given_names="Otra Ficticia")
    assert replica.sendable(place.identity.journal) == approved
    assert held(place) == seq(place) - approved
    place.close()
    desk.close()
