"""All that tells something of one person, for erasing it; and what of her is left for counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from fairclient.store.queries.rows import facts, one
from sync.wire.attendee import Attendee
from sync.wire.slip import Slip

_ABOUT: Final = (
    "SELECT subject FROM authorisation WHERE attendee = ? ORDER BY subject",
    "SELECT subject FROM draft WHERE attendee = ? ORDER BY subject",
    "SELECT s.subject FROM sealed s CROSS JOIN referral r ON r.subject = s.about WHERE r.attendee = ?",
    "SELECT subject FROM distinction WHERE attendee = ?",
    "SELECT subject FROM distinction WHERE other = ?",
)


@dataclass(frozen=True)
class Held:
    """What this laptop holds of a person.

    ``slips`` are (id, slip). ``others`` are the ids of her authorisations, parked forms, sealed notes and
    decisions about likeness; ``household`` is hers where nobody else is in it. ``stays`` counts the visits
    and referrals, which name nobody.
    """

    fact: Attendee
    slips: tuple[tuple[str, Slip], ...]
    others: tuple[str, ...]
    household: str | None
    stays: int


def held(session: Session, attendee: str) -> Held | None:
    """What is held of a person, or None where she isn't known here or was erased before."""
    found = one(session, Attendee, attendee)
    if found is None or found[1].anonymous:
        return None
    connection = session.connection()
    others: dict[str, None] = {}
    for statement in _ABOUT:
        others |= dict.fromkeys(connection.exec_driver_sql(statement, (attendee,)).scalars())
    return Held(
        fact=found[1],
        slips=tuple((kept.subject, slip) for kept, slip in facts(session, Slip, "attendee = ?", (attendee,))),
        others=tuple(others),
        household=_hers_alone(session, attendee, found[1].household),
        stays=_stays(session, attendee),
    )


def _hers_alone(session: Session, attendee: str, household: str | None) -> str | None:
    if household is None:
        return None
    others = session.connection().exec_driver_sql(
        "SELECT 1 FROM attendee WHERE household = ? AND subject <> ? LIMIT 1", (household, attendee)
    )
    return household if others.first() is None else None


def _stays(session: Session, attendee: str) -> int:
    found = session.connection().exec_driver_sql(
        "SELECT count(DISTINCT v.subject) + count(DISTINCT r.subject) FROM visit v "
        "LEFT JOIN referral r ON r.visit = v.subject WHERE v.attendee = ?",
        (attendee,),
    )
    return int(found.scalar_one())
