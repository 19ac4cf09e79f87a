"""What a new slip takes from the fair: the turn, and the desks in the order in which the wait is shortest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from fairclient.store.database import Store
from fairclient.store.queries import load, reference, turns
from fairclient.store.queries.load import DeskLoad
from fairclient.store.queries.repeated import turn_of_day
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.fair import Fair


@dataclass(frozen=True)
class Walk:
    """A new slip's day, its turn, the letters of its desks in order, and services without a place left."""

    fair: Fair
    day: date
    turn: str
    desks: tuple[str, ...]
    full: tuple[str, ...] = ()


def count_waits(store: Store) -> None:
    """Count how long one waits at each desk, before a save holds the file, unless it was done a moment ago.

    Does nothing before the fair's data have come.
    """
    now_ms = store.clock.now_ms()
    with store.read() as session:
        for _fair_id, fair in reference.fairs(session):
            day = store.clock.today(fair.time_zone)
            if load.are_old(session, day, now_ms):
                load.count_again(session, day, now_ms)


def keep_counting(store: Store) -> None:
    """Count again while nobody waits for it, on a laptop that gives slips: others need no count."""
    with store.read() as session:
        for _fair_id, fair in reference.fairs(session):
            if load.was_counted(session):
                load.count_again(session, store.clock.today(fair.time_zone), store.clock.now_ms())


def next_walk(
    place: Workplace, session: Session, services: Sequence[str], returning: str | None = None
) -> Walk:
    """Read the turn and the way past the desks of `services`, where the slip will be written.

    A service whose places are gone has no desk on the slip. Somebody who is `returning` on the same day keeps
    her turn: a person has one.
    """
    fair = reference.fair(session)
    day = place.clock.today(fair.time_zone)
    full = tuple(service for service in services if is_full(place, session, day, service))
    given = [service for service in services if service not in full]
    letters = walking_order(reference.desks(session), given, count_in(place, session, day, given))
    turn = turn_of_day(session, returning, day) if returning else ""
    return Walk(fair, day, turn or turns.next_turn(session, day), letters, full)


def is_full(place: Workplace, session: Session, day: date, service: str) -> bool:
    """Whether no place is left that this operator may give: a supervisor also gives the others' share."""
    places = load.places(session, day, service)
    if places is None:
        return False
    return not (places.left_of_all if "supervisor" in place.operator.roles else places.left)


def count_in(place: Workplace, session: Session, day: date, services: Sequence[str]) -> dict[str, DeskLoad]:
    """The load of each desk; the person who now asks for `services` is counted in afterwards."""
    known = load.loads(session, day, place.clock.now_ms())
    before = {letter: replace(one) for letter, one in known.items()}
    for letter in walking_order(reference.desks(session), services, before):
        known[letter].waiting += 1
    return before


def walking_order(
    desks: Sequence[tuple[str, Desk]], services: Sequence[str], loads: Mapping[str, DeskLoad] | None = None
) -> tuple[str, ...]:
    """Return the letters of the desks that give some services: the shorter wait first, then the walk.

    Of several desks that give a service the one with the shorter wait is named. Waits that differ by little
    are equal (`load.STEP_MINUTES`). Without `loads` the order is that in which one walks past.
    """
    waits = {letter: one.step for letter, one in (loads or {}).items()}
    ordered = sorted(
        (desk for _desk_id, desk in desks),
        key=lambda desk: (waits.get(desk.letter, 0), desk.order, desk.letter),
    )
    wanted = {
        next((desk.letter for desk in ordered if service in desk.services), None) for service in services
    }
    return tuple(desk.letter for desk in ordered if desk.letter in wanted)
