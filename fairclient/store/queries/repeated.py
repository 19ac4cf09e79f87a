"""What somebody already asked for and still waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from fairclient.store.queries import states
from fairclient.store.queries.rows import facts
from sync.wire.referral import Referral

_OF_VISITS = "visit IN (SELECT subject FROM visit WHERE attendee = ?)"


class StillOpen(NamedTuple):
    """An open referral of a person, and the turn of the slip that names it ("" where none is here)."""

    referral: str
    service: str
    turn: str


def still_open(session: Session, attendee: str, services: Sequence[str]) -> list[StillOpen]:
    """A person's open referrals to some of ``services``, the first one first."""
    referrals = sorted(
        (kept.created, kept.subject, fact)
        for kept, fact in facts(session, Referral, _OF_VISITS, (attendee,))
        if fact.service in services
    )
    if not referrals:
        return []
    ids = [subject for _created, subject, _fact in referrals]
    slips = states.slips(session, "attendee = ?", (attendee,))
    linked = states.by_referral(ids, slips, states.outcomes_of(session, ids, [one.token_id for one in slips]))
    turns = {referral: slip.turn for slip in slips if not slip.void_reason for referral in slip.referrals}
    return [
        StillOpen(subject, fact.service, turns.get(subject, ""))
        for _created, subject, fact in referrals
        if states.state_of(states.standing(linked.get(subject, ()))) in states.OPEN
    ]


def turn_of_day(session: Session, attendee: str, day: date) -> str:
    """The turn that a person has on a day already, "" where none is known here."""
    found = session.connection().exec_driver_sql(
        "SELECT turn FROM slip WHERE attendee = ? AND day = ? AND void_reason = '' ORDER BY subject LIMIT 1",
        (attendee, day.isoformat()),
    )
    return str(found.scalar() or "")
