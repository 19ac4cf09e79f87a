"""All that tells something of one person, for erasing it; and what of her is left for counting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from fairclient.store import journal
from fairclient.store.queries.rows import facts, one
from sync.wire.attendee import Attendee
from sync.wire.erasing import homes
from sync.wire.slip import Slip

_ABOUT: Final = (
    "SELECT subject FROM authorisation WHERE attendee = ? ORDER BY subject",
    "SELECT subject FROM draft WHERE attendee = ? ORDER BY subject",
    "SELECT s.subject FROM sealed s CROSS JOIN referral r ON r.subject = s.about WHERE r.attendee = ?",
    "SELECT subject FROM distinction WHERE attendee = ?",
    "SELECT subject FROM distinction WHERE other = ?",
)
_MERGED: Final = "SELECT subject, merged_into FROM household WHERE merged_into IS NOT NULL"
_MEMBERS: Final = "SELECT subject FROM attendee WHERE household = ?"


@dataclass(frozen=True)
class Held:
    """What this laptop holds of a person.

    ``slips`` are (id, slip). ``others`` are the ids of her authorisations, parked forms, sealed notes and
    decisions about likeness; ``households`` those in which she is or was and nobody else is any more, and
    ``alone`` says that she lives in one of them. ``stays`` counts visits and referrals, which name nobody.
    """

    fact: Attendee
    slips: tuple[tuple[str, Slip], ...]
    others: tuple[str, ...]
    households: tuple[str, ...]
    alone: bool
    stays: int


def held(session: Session, attendee: str, hers: Collection[str] = ()) -> Held | None:
    """What is held of a person, or None where she isn't known here or was erased before.

    ``hers`` are further ids of the same person, who is nobody else in a home.
    """
    found = one(session, Attendee, attendee)
    if found is None or found[1].anonymous:
        return None
    connection = session.connection()
    others: dict[str, None] = {}
    for statement in _ABOUT:
        others |= dict.fromkeys(connection.exec_driver_sql(statement, (attendee,)).scalars())
    alone = _hers_alone(session, attendee, {attendee, *hers})
    return Held(
        fact=found[1],
        slips=tuple((kept.subject, slip) for kept, slip in facts(session, Slip, "attendee = ?", (attendee,))),
        others=tuple(others),
        households=alone,
        alone=found[1].household in alone,
        stays=_stays(session, attendee),
    )


def _hers_alone(session: Session, attendee: str, hers: Collection[str]) -> tuple[str, ...]:
    run = session.connection().exec_driver_sql
    merged = {str(subject): str(into) for subject, into in run(_MERGED)}
    bodies = [entry.body for entry in journal.of_subject(session, attendee) if entry.body is not None]
    alone: list[str] = []
    for group in homes(bodies, merged):
        members = {subject for home in group for subject in run(_MEMBERS, (home,)).scalars()}
        if members <= set(hers):
            alone += sorted(group)
    return tuple(alone)


def _stays(session: Session, attendee: str) -> int:
    found = session.connection().exec_driver_sql(
        "SELECT count(DISTINCT v.subject) + count(DISTINCT r.subject) FROM visit v "
        "LEFT JOIN referral r ON r.visit = v.subject WHERE v.attendee = ?",
        (attendee,),
    )
    return int(found.scalar_one())
