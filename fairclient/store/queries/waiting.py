"""Who waits on a day for some services, since when, and who has been called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from fairclient.store.pieces import in_pieces
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
_SLIP: Final = "subject, visit, token_id, turn, void_reason, replaces"
_SLIPS: Final = f"SELECT {_SLIP} FROM slip WHERE day = ?"
_SLIPS_OF: Final = f"SELECT {_SLIP} FROM slip WHERE attendee IN "
_FEW: Final = 3000
"""Up to so many people their slips are looked up one by one, beyond all slips of the day are read."""


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


class Place(NamedTuple):
    """A person's place in a queue: her slip, and what she waits for there, the first thing first."""

    slip: DaySlip
    asked: tuple[Pending, ...]

    @property
    def since_ms(self) -> int:
        """Since when, in ms since 1970."""
        return milliseconds(self.asked[0].since)


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
    places = queue(session, day, still_open(session, day, services_of_desk(session, letter)))
    return tuple(named(session, places))


def queue(session: Session, day: date, pending: Sequence[Pending]) -> list[Place]:
    """The people of some open referrals by the slip that they hold, who has waited longest first."""
    held = slips_held(session, day, pending)
    by_slip: dict[DaySlip, list[Pending]] = defaultdict(list)
    for one in pending:
        slip = held.get(one.visit)
        if slip is not None:
            by_slip[slip].append(one)
    places = [Place(slip, tuple(sorted(asked, key=lambda one: one.since))) for slip, asked in by_slip.items()]
    return sorted(places, key=lambda one: (one.since_ms, len(one.slip.turn), one.slip.turn, one.slip.id))


def named(session: Session, places: Sequence[Place]) -> Iterator[Waiting]:
    """Who the people of these places are."""
    ids = [place.slip.id for place in places]
    slips = {kept.subject: fact for kept, fact in by_ids(session, Slip, "subject", ids)}
    yield from (_waiting(place, slips[place.slip.id]) for place in places)


def still_open(session: Session, day: date, services: Sequence[str] | None = None) -> list[Pending]:
    """The day's referrals of which nothing final has been heard, to some services only, if named."""
    return [one for one in of_day(session, day, services, condition=_NOT_CLOSED) if one.is_open]


def without_answer(pending: Iterable[Pending], now_ms: int) -> list[Pending]:
    """Those that were issued an hour ago or earlier, and of which nobody has said a word."""
    return [
        one
        for one in pending
        if one.state == ISSUED and not one.standing and now_ms - milliseconds(one.since) >= ANSWER_MS
    ]


def of_day(
    session: Session, day: date, services: Sequence[str] | None = None, *, condition: str = ""
) -> list[Pending]:
    """The day's referrals (to some services only, if named), open or not, with what became of them."""
    rows = _referrals(session, day, services, condition)
    visits = {row[3] for row in rows}
    slips = {
        slip.token_id: slip.visit
        for slip in _slips(session, day, {row[2] for row in rows})
        if slip.visit in visits
    }
    tokens = list(slips)
    asked = {(row[3], row[1]): row[0] for row in rows}
    linked: dict[str, list[KeptOutcome]] = defaultdict(list)
    for outcome in states.outcomes_of(session, [row[0] for row in rows], tokens):
        referral = outcome.referral or asked.get((slips.get(outcome.token_id, ""), outcome.service))
        if referral is not None:
            linked[referral].append(outcome)
    return [_pending(row, linked) for row in rows]


def slips_held(session: Session, day: date, pending: Iterable[Pending]) -> dict[str, DaySlip]:
    """The slip that the person of each visit holds: not void, and the latest of those that replace others."""
    people = {one.attendee for one in pending}
    good = [slip for slip in _slips(session, day, people) if not slip.void_reason]
    replaced = {slip.replaces for slip in good}
    return {slip.visit: slip for slip in sorted(good, key=lambda slip: slip.id) if slip.id not in replaced}


def _referrals(session: Session, day: date, services: Sequence[str] | None, condition: str) -> list[Any]:
    if services is not None:
        condition += f" AND r.service IN ({','.join('?' * len(services))})"
    values = (day.isoformat(), *(services or ()))
    return _rows(session, _REFERRALS + condition, values)


def _slips(session: Session, day: date, people: Collection[str]) -> list[DaySlip]:
    """The slips of some people of a day, and maybe others; the void and the replaced ones too."""
    if len(people) > _FEW:
        return [DaySlip(*row) for row in _rows(session, _SLIPS, (day.isoformat(),))]
    return [
        DaySlip(*row)
        for marks, some in in_pieces(people)
        for row in _rows(session, f"{_SLIPS_OF}({marks})", some)
    ]


def _rows(session: Session, statement: str, values: Sequence[Any]) -> list[Any]:
    """Plain tuples: there may be ten thousand, and each page that follows the day reads them."""
    return list(session.connection().exec_driver_sql(statement, tuple(values)).cursor.fetchall())


def _pending(row: Any, linked: Mapping[str, Sequence[KeptOutcome]]) -> Pending:
    referral, service, attendee, visit, slip, created = row
    outcomes = linked.get(referral)
    if not outcomes:
        return Pending(referral, service, attendee, visit, slip, created, ISSUED, ())
    standing = tuple(states.standing(outcomes))
    moved = [one.created for one in outcomes if one.result in (POSTPONED, "reopened")]
    since = max(moved, default=created)
    return Pending(referral, service, attendee, visit, slip, since, states.state_of(standing), standing)


def _waiting(place: Place, fact: Slip) -> Waiting:
    known = {one.state for one in place.asked}
    return Waiting(
        place.slip.id,
        fact.attendee,
        fact.token_id,
        fact.code,
        fact.turn,
        fact.display_name,
        tuple(one.service for one in place.asked),
        tuple(one.referral for one in place.asked),
        next((state for state in (RECEIVED, ISSUED) if state in known), POSTPONED),
        place.since_ms,
    )
