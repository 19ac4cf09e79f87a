"""What became of a referral: its state follows from what desks recorded, in any order of arrival.

What happened to a person comes before what was only counted: a service given at one desk stands, although
another laptop, which had not heard of it, marked the person as absent at closing time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from fairclient.store.pieces import in_pieces

ISSUED: Final = "issued"
RECEIVED: Final = "received"
POSTPONED: Final = "postponed"
SERVED: Final = "served"
NO_SHOW: Final = "no_show"
VOID: Final = "void"
OPEN: Final = (ISSUED, RECEIVED, POSTPONED)
"""States in which nothing final has been heard."""
_AT_DESKS: Final = (SERVED, "not_served", "referred_on")

_OUTCOMES: Final = (
    "SELECT subject, service, result, reason, desk, token_id, slip, referral, undoes, created, author, "
    "station FROM outcome WHERE "
)
_SLIPS: Final = (
    "SELECT subject, attendee, visit, token_id, turn, referrals, services, void_reason, replaces "
    "FROM slip WHERE "
)


class KeptOutcome(NamedTuple):
    """An outcome as it is needed for counting; ``created`` is its clock reading."""

    id: str
    service: str
    result: str
    reason: str
    desk: str
    token_id: str
    slip: str | None
    referral: str | None
    undoes: str | None
    created: str
    author: str
    station: str


class DayReferral(NamedTuple):
    """A referral as it is needed for counting."""

    id: str
    attendee: str
    service: str
    slip: str | None


class KeptSlip(NamedTuple):
    """A slip as it is needed for counting."""

    id: str
    attendee: str
    visit: str
    token_id: str
    turn: str
    referrals: tuple[str, ...]
    services: tuple[str, ...]
    void_reason: str
    replaces: str | None

    def referral_for(self, service: str) -> str | None:
        """The referral of this slip to a service."""
        return dict(zip(self.services, self.referrals, strict=False)).get(service)


def outcomes(session: Session, condition: str, values: Sequence[Any]) -> list[KeptOutcome]:
    """The outcomes that meet a condition on their columns, in the order of their clocks."""
    rows = session.connection().exec_driver_sql(f"{_OUTCOMES}{condition}", tuple(values))
    return sorted((KeptOutcome(*row) for row in rows), key=lambda kept: (kept.created, kept.id))


def slips(session: Session, condition: str, values: Sequence[Any]) -> list[KeptSlip]:
    """The slips that meet a condition on their columns."""
    rows = session.connection().exec_driver_sql(f"{_SLIPS}{condition}", tuple(values))
    return [_slip(*row) for row in rows]


def _slip(*row: Any) -> KeptSlip:
    kept = KeptSlip(*row)
    return kept._replace(
        referrals=tuple(json.loads(str(kept.referrals))), services=tuple(json.loads(str(kept.services)))
    )


def referrals_of(session: Session, day: date) -> list[DayReferral]:
    """The referrals of the people who came on a day."""
    rows = session.connection().exec_driver_sql(
        "SELECT r.subject, r.attendee, r.service, r.slip FROM visit v JOIN referral r ON r.visit = v.subject "
        "WHERE v.day = ?",
        (day.isoformat(),),
    )
    return [DayReferral(*row) for row in rows]


def outcomes_of(session: Session, referrals: Sequence[str], tokens: Sequence[str]) -> list[KeptOutcome]:
    """The outcomes that name one of some referrals or one of some slips' tokens."""
    found: dict[str, KeptOutcome] = {}
    for column, ids in (("referral", referrals), ("token_id", tokens)):
        for marks, some in in_pieces(ids):
            found |= {kept.id: kept for kept in outcomes(session, f"{column} IN ({marks})", some)}
    return sorted(found.values(), key=lambda kept: (kept.created, kept.id))


def by_referral(
    referrals: Iterable[str], of_slips: Iterable[KeptSlip], found: Iterable[KeptOutcome]
) -> Mapping[str, list[KeptOutcome]]:
    """Each referral's outcomes: those that name it, and those whose slip and service lead to it."""
    wanted = set(referrals)
    by_token = {slip.token_id: slip for slip in of_slips}
    linked: dict[str, list[KeptOutcome]] = defaultdict(list)
    for outcome in found:
        slip = by_token.get(outcome.token_id)
        referral = outcome.referral or (slip.referral_for(outcome.service) if slip else None)
        if referral in wanted and referral is not None:
            linked[referral].append(outcome)
    return linked


def standing(found: Sequence[KeptOutcome]) -> list[KeptOutcome]:
    """Those outcomes of one referral that nobody took back, in the order of their clocks."""
    undone = {outcome.undoes for outcome in found if outcome.undoes}
    kept: list[KeptOutcome] = []
    for outcome in found:
        if outcome.result == "reopened":
            if outcome.undoes is None:
                kept.clear()
        elif outcome.id not in undone:
            kept.append(outcome)
    return kept


def state_of(found: Sequence[KeptOutcome]) -> str:
    """The state of a referral by its standing outcomes."""
    results = [outcome.result for outcome in found]
    if SERVED in results:
        return SERVED
    at_desks = [result for result in results if result in _AT_DESKS]
    if at_desks:
        return at_desks[-1]
    at_hand = [result for result in results if result in (RECEIVED, POSTPONED)]
    return next((state for state in (NO_SHOW, VOID) if state in results), (at_hand or [ISSUED])[-1])
