"""Who has to be attended on another day: what the fair could not give although the person came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Session

from fairclient.domain.report_rows import CarriedRow
from fairclient.store.queries import waiting
from fairclient.store.queries.rows import by_ids
from fairclient.store.queries.states import NO_SHOW, OPEN
from fairclient.store.queries.waiting import Pending
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation

OURS: Final = frozenset({"FULL", "SYSTEM", "ABSENT"})
"""Reasons that lie with the fair (catalogue ``not_served_reasons``): no place, no system, nobody there."""
POSTPONED: Final = "POSTPONED"
UNSEEN: Final = "UNSEEN"
"""Why somebody is on the list whom no desk turned away: told to come back, or never seen."""


def carried(session: Session, day: date) -> tuple[CarriedRow, ...]:
    """The people of a day for the next one, each with a service, in the order in which they asked.

    A telephone is named only for those who allowed to be contacted afterwards and to whom a call is safe.
    """
    found = for_another_day(waiting.of_day(session, day))
    held = waiting.slips_held(session, day, [one for one, _why_ in found])
    turns = {visit: slip.turn for visit, slip in held.items()}
    ids = sorted({one.attendee for one, _why_ in found})
    people = {kept.subject: fact for kept, fact in by_ids(session, Attendee, "subject", ids)}
    may_call = _may_call(session, ids)
    return tuple(
        _row(one, why, people[one.attendee], turns.get(one.visit, ""), calls=one.attendee in may_call)
        for one, why in sorted(found, key=lambda pair: pair[0].since)
        if one.attendee in people
    )


def for_another_day(of_day: Iterable[Pending]) -> list[tuple[Pending, str]]:
    """Those of a day's referrals that the fair still owes, and why."""
    return [(one, why) for one in of_day if (why := _why(one))]


def _why(one: Pending) -> str:
    results = {outcome.result for outcome in one.standing}
    if one.state == "not_served":
        reason = next(outcome.reason for outcome in reversed(one.standing) if outcome.result == one.state)
        return reason if reason in OURS else ""
    if one.state not in (*OPEN, NO_SHOW):
        return ""
    if "postponed" in results:
        return POSTPONED
    return UNSEEN if one.state in OPEN else ""


def _may_call(session: Session, ids: list[str]) -> frozenset[str]:
    """Those whose latest authorisation allows to contact them afterwards."""
    found = sorted(
        (kept.created, kept.subject, fact) for kept, fact in by_ids(session, Authorisation, "attendee", ids)
    )
    latest = {fact.attendee: fact for _created, _subject, fact in found}
    return frozenset(attendee for attendee, fact in latest.items() if fact.follow_up)


def _row(one: Pending, why: str, person: Attendee, turn: str, *, calls: bool) -> CarriedRow:
    surnames = " ".join(filter(None, (person.first_surname, person.second_surname)))
    safe = calls and person.phones and person.safe_contact in ("", "S")
    return CarriedRow(
        turn=turn,
        given_names=person.given_names,
        surnames=surnames,
        service=one.service,
        why=why,
        phone=person.phones[0].number if safe else "",
        anonymous=person.anonymous,
    )
