"""Who waits on a day for some services, since when, and who has been called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from fairclient.store.queries import reference, states
from fairclient.store.queries.rows import by_ids
from fairclient.store.queries.states import ISSUED, OPEN, POSTPONED, RECEIVED, KeptOutcome
from sync.wire.clock import milliseconds
from sync.wire.slip import Slip

ANY: Final = "*"
"""Stands for every desk."""
ANSWER_MS: Final = 3_600_000
"""After so long a desk should have said something."""

_REFERRALS: Final = (
    "SELECT r.subject, r.service, r.attendee, r.visit, r.slip, r.created FROM visit v "
    "JOIN referral r ON r.visit = v.subject WHERE v.day = ?"
)
_NOT_CLOSED: Final = (
    " AND (NOT EXISTS (SELECT 1 FROM outcome o WHERE o.referral = r.subject "
    "AND o.result NOT IN ('received', 'postponed', 'reopened')) "
    "OR EXISTS (SELECT 1 FROM outcome o WHERE o.referral = r.subject AND o.result = 'reopened'))"
)
_SLIPS: Final = "SELECT subject, visit, token_id, turn, void_reason, replaces FROM slip WHERE day = ?"


class DaySlip(NamedTuple):
    """A slip as far as a queue has to know it."""

    id: str
    visit: str
    token_id: str
    turn: str
    void_reason: str
    replaces: str | None


class Pending(NamedTuple):
    """A referral of a day with what stands recorded about it; clock readings are texts that sort.

    ``since`` is when it was issued, or last postponed or reopened: the place in the queue.
    """

    referral: str
    service: str
    attendee: str
    visit: str
    slip: str | None
    since: str
    state: str
    standing: tuple[KeptOutcome, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing final has been heard."""
        return self.state in OPEN

    def called_at(self) -> tuple[str, str] | None:
        """The letter of the desk that has called this person, and when; None where none has."""
        if self.state != RECEIVED:
            return None
        call = next(one for one in reversed(self.standing) if one.result == RECEIVED)
        return call.desk, call.created


@dataclass(frozen=True)
class Waiting:
    """Somebody whose slip asks a desk for something that is still open; ``since_ms`` is in ms since 1970.

    ``referrals`` belong to ``services``, one each.
    """

    slip: str
    attendee: str
    token_id: str
    code: str
    turn: str
    display_name: str
    services: tuple[str, ...]
    referrals: tuple[str, ...]
    state: str
    since_ms: int


def services_of_desk(session: Session, letter: str) -> tuple[str, ...]:
    """The codes of the services that the desk with that letter gives (``ANY``: all of them)."""
    found = [
        service
        for _desk_id, desk in reference.desks(session)
        if letter in (ANY, desk.letter)
        for service in desk.services
    ]
    return tuple(dict.fromkeys(found))


def waiting(session: Session, letter: str, day: date) -> tuple[Waiting, ...]:
    """Who still waits on ``day`` for a desk, who has waited longest first. A person has one place."""
    return queue(session, day, still_open(session, day, services_of_desk(session, letter)))


def queue(session: Session, day: date, pending: Iterable[Pending]) -> tuple[Waiting, ...]:
    """The people of some open referrals with the slip that they hold, who has waited longest first."""
    held = slips_held(session, day)
    by_slip: dict[str, list[Pending]] = defaultdict(list)
    for one in pending:
        slip = held.get(one.visit)
        if slip is not None:
            by_slip[slip.id].append(one)
    found = [
        _waiting(kept.subject, fact, by_slip[kept.subject])
        for kept, fact in by_ids(session, Slip, "subject", list(by_slip))
    ]
    return tuple(sorted(found, key=lambda one: (one.since_ms, len(one.turn), one.turn, one.slip)))


def still_open(session: Session, day: date, services: Sequence[str] | None = None) -> list[Pending]:
    """The day's referrals of which nothing final has been heard, to some services only, if named."""
    return [one for one in of_day(session, day, services, condition=_NOT_CLOSED) if one.is_open]


def unanswered(
    session: Session, day: date, now_ms: int, services: Sequence[str] | None = None
) -> list[Pending]:
    """The open referrals that were issued an hour ago or earlier, and of which nobody has said a word."""
    return [
        one
        for one in still_open(session, day, services)
        if one.state == ISSUED and not one.standing and now_ms - milliseconds(one.since) >= ANSWER_MS
    ]


def of_day(
    session: Session, day: date, services: Sequence[str] | None = None, *, condition: str = ""
) -> list[Pending]:
    """The day's referrals (to some services only, if named), open or not, with what became of them."""
    rows = _referrals(session, day, services, condition)
    slips = {slip.token_id: slip.visit for slip in day_slips(session, day)}
    visits = {row[3] for row in rows}
    tokens = [token for token, visit in slips.items() if visit in visits]
    asked = {(row[3], row[1]): row[0] for row in rows}
    linked: dict[str, list[KeptOutcome]] = defaultdict(list)
    for outcome in states.outcomes_of(session, [row[0] for row in rows], tokens):
        referral = outcome.referral or asked.get((slips.get(outcome.token_id, ""), outcome.service))
        if referral is not None:
            linked[referral].append(outcome)
    return [_pending(row, linked) for row in rows]


def day_slips(session: Session, day: date) -> list[DaySlip]:
    """All slips of a day, the void and the replaced ones too."""
    rows = session.connection().exec_driver_sql(_SLIPS, (day.isoformat(),))
    return [DaySlip(*row) for row in rows]


def slips_held(session: Session, day: date) -> dict[str, DaySlip]:
    """The slip that the person of each visit holds: not void, and the latest of those that replace others."""
    good = [slip for slip in day_slips(session, day) if not slip.void_reason]
    replaced = {slip.replaces for slip in good}
    return {slip.visit: slip for slip in sorted(good, key=lambda slip: slip.id) if slip.id not in replaced}


def _referrals(session: Session, day: date, services: Sequence[str] | None, condition: str) -> list[Any]:
    if services is not None:
        condition += f" AND r.service IN ({','.join('?' * len(services))})"
    values = (day.isoformat(), *(services or ()))
    return list(session.connection().exec_driver_sql(_REFERRALS + condition, values))


def _pending(row: Any, linked: Mapping[str, Sequence[KeptOutcome]]) -> Pending:
    referral, service, attendee, visit, slip, created = row
    outcomes = linked.get(referral, ())
    standing = tuple(states.standing(outcomes))
    moved = [one.created for one in outcomes if one.result in (POSTPONED, "reopened")]
    since = max(moved, default=created)
    return Pending(referral, service, attendee, visit, slip, since, states.state_of(standing), standing)


def _waiting(slip_id: str, fact: Slip, pending: Sequence[Pending]) -> Waiting:
    state = next(
        (wanted for wanted in (RECEIVED, ISSUED) for one in pending if one.state == wanted), POSTPONED
    )
    asked = sorted(pending, key=lambda one: one.since)
    return Waiting(
        slip_id,
        fact.attendee,
        fact.token_id,
        fact.code,
        fact.turn,
        fact.display_name,
        tuple(one.service for one in asked),
        tuple(one.referral for one in asked),
        state,
        milliseconds(asked[0].since),
    )
