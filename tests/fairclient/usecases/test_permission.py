"""Permissions end offline, too: in words, with a way out, and not by a wrong clock of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import Unauthorised
from fairclient.base.home import Home
from fairclient.store import vault
from fairclient.store.slots import Cost
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.permission import over_words, permission, soon_words
from fairclient.usecases.save_bundle import save_bundle
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import AUTHOR, Fair, enrol, everything, open_here
from tests.fairclient.ui.pages.tent import laptop, register

DAY = 86_400


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """A laptop where somebody may work for seven days."""
    opened = laptop(tmp_path / "a", clock, fair, "A")
    until(opened, "operator", clock.today() + timedelta(days=7))
    yield opened
    opened.close()


def until(place: Workplace, table: str, day: date | None, *, revoked: bool = False) -> None:
    """Let the roster say how long somebody, or the laptop, may work."""
    with place.store.transaction() as connection:
        connection.exec_driver_sql(
            f"UPDATE {table} SET valid_until = ?, revoked = ?", (day.isoformat() if day else None, revoked)
        )
    place.store._remembered.clear()


def test_within_the_time_nothing_is_said_and_near_its_end_something_is(
    place: Workplace, clock: FixedClock
) -> None:
    found = permission(place.store, place.operator.id)
    assert found is not None and not found.over and not found.ends_soon
    clock.advance(6 * DAY)
    found = permission(place.store, place.operator.id)
    assert found is not None and found.ends_soon and "1 día" in soon_words(found)[0]
    register(place)


def test_after_it_nothing_is_written_and_the_way_out_is_said(
    place: Workplace, tmp_path: Path, clock: FixedClock
) -> None:
    done = register(place)
    clock.advance(8 * DAY)  # a day over: clocks and time zones are wrong by so much
    correct_attendee(place, done.attendee, {"neighbourhood": "Centro"}, base="")
    clock.advance(DAY)
    with pytest.raises(Unauthorised, match="venció") as told:
        register(place)
    assert told.value.code == "permission-over"
    assert "guardado" in told.value.safe and "Sincronice" in told.value.do
    with pytest.raises(Unauthorised):
        correct_attendee(place, done.attendee, {"neighbourhood": "Norte"}, base="")
    place.store.save_identity(replace(place.identity, server_url="http://127.0.0.1:1"))
    assert save_bundle(place, tmp_path).entries > 0  # the sealed stick is possible


def test_a_synchronisation_renews_it_at_once(place: Workplace, clock: FixedClock) -> None:
    clock.advance(10 * DAY)
    with pytest.raises(Unauthorised):
        register(place)
    until(place, "operator", clock.today() + timedelta(days=7))
    register(place)


def test_the_laptops_own_time_ends_too_and_what_was_withdrawn_ends_at_once(
    place: Workplace, clock: FixedClock
) -> None:
    until(place, "station", clock.today() - timedelta(days=3))
    with pytest.raises(Unauthorised, match="este equipo venció"):
        register(place)
    until(place, "station", None, revoked=True)
    found = permission(place.store, place.operator.id)
    assert found is not None and found.withdrawn and found.over
    assert over_words(found, "Ana")[0] == "La central retiró el permiso de este equipo."


def test_a_clock_that_was_turned_back_gains_nothing(place: Workplace, fair: Fair, clock: FixedClock) -> None:
    register(place)
    clock.advance(12 * DAY)
    StoreReplica(place.store).save_receipt(fair.receipt(everything(place.store)))  # the centre says its time
    clock.advance(-12 * DAY)
    with pytest.raises(Unauthorised, match="venció"):
        register(place)


def test_a_clock_far_ahead_is_told_by_its_date_and_mended(place: Workplace, clock: FixedClock) -> None:
    clock.advance(3650 * DAY)
    with pytest.raises(Unauthorised) as told:
        register(place)
    assert f"{clock.today():%d/%m/%Y}" in told.value.do and "corrija la fecha" in told.value.do
    clock.advance(-3650 * DAY)
    register(place)


def test_somebody_enters_after_her_time_to_carry_on_what_is_there(
    tmp_path: Path, clock: FixedClock, fair: Fair
) -> None:
    home = Home(tmp_path / "h")
    unlocked = vault.create(home, AUTHOR, "Ana de Ensayo", "una frase larga", Cost(1, 8, 1))
    with open_here(home, unlocked.data_key, clock) as store:
        enrol(store, fair, "A")
    clock.advance(3600)
    place = unlock(home, "una frase larga", clock)
    until(place, "operator", clock.today() - timedelta(days=5))
    place.close()
    again = unlock(home, "una frase larga", clock)
    with pytest.raises(Unauthorised, match="venció"):
        again.require("registrar")
    until(again, "operator", None, revoked=True)
    again.close()
    with pytest.raises(Unauthorised, match="terminó"):
        unlock(home, "una frase larga", clock)
