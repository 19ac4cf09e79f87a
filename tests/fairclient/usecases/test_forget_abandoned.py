"""A registration that was given up is forgotten on every laptop, once a day is closed."""

from __future__ import annotations

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.store.replay import replay
from fairclient.usecases.close_day import close_day
from fairclient.usecases.find_parked import find_parked
from fairclient.usecases.park_registration import (
    HalfDone,
    ParkedSlip,
    abandon_registration,
    park_registration,
)
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, register

NAME = "Quetzalcanaria"


def park(place: Workplace, name: str = NAME) -> ParkedSlip:
    """Park the registration of a fictional person."""
    return park_registration(place, HalfDone({"given_names": name, "phone": "3995550142"}, ("ORI",)))


def bodies(place: Workplace) -> bytes:
    """All that the journals of a laptop say."""
    with place.store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT body FROM entry WHERE body IS NOT NULL")
        return b"".join(bytes(body) for body in rows.scalars())


def test_what_was_said_goes_with_the_closing_of_the_day(
    point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
) -> None:
    register(point_a)
    given_up, kept = park(point_a), park(point_a, "Otra")
    abandon_registration(point_a, given_up.draft)
    carry(point_a, point_b, fair)
    assert NAME.encode() in bodies(point_b)
    close_day(point_a)
    clock.advance(60)
    carry(point_a, point_b, fair)
    for place in (point_a, point_b):
        assert NAME.encode() not in bodies(place)
        assert replay(place.store).identical
        assert find_parked(place, given_up.code) is None
        waiting = find_parked(place, kept.code)
        assert waiting is not None and waiting.name == "Otra"
    with pytest.raises(BadInput, match="ya está cerrado"):
        close_day(point_a)


def test_nothing_is_written_where_nobody_gave_up(point_a: Workplace) -> None:
    register(point_a)
    park(point_a)
    close_day(point_a)
    with point_a.store.read() as session:
        run = session.connection().exec_driver_sql
        assert run("SELECT count(*) FROM entry WHERE kind = 'erasure'").scalar_one() == 0
