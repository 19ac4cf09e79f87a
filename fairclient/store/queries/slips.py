"""Slips by their id and by their day."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from fairclient.store.queries.rows import facts, one
from sync.wire.slip import Slip


def by_id(session: Session, slip_id: str) -> tuple[Slip, str] | None:
    """The slip and its revision, or None where it isn't here."""
    found = one(session, Slip, slip_id)
    return None if found is None else (found[1], found[0].revision)


def of_day(session: Session, day: date) -> list[str]:
    """The ids of a day's slips in the order of their turns."""
    found = ((fact.turn, kept.subject) for kept, fact in facts(session, Slip, "day = ?", (day.isoformat(),)))
    return [subject for _turn, subject in sorted(found)]


def services_of(session: Session, slip_id: str) -> tuple[str, ...]:
    """The codes of the services that a slip asks for; none for a slip that isn't here."""
    found = by_id(session, slip_id)
    return () if found is None else found[0].services
