"""What is odd about a day: things that a supervisor looks at before approving it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from fairclient.base.clock import zone
from fairclient.store.queries import reference, states
from fairclient.store.queries.states import SERVED, DayReferral, KeptOutcome, KeptSlip
from sync.wire.clock import pack

_STRANGERS: Final = (
    "created >= ? AND created < ? AND result <> 'no_show' AND token_id <> '' "
    "AND NOT EXISTS (SELECT 1 FROM slip WHERE slip.token_id = outcome.token_id) "
    "AND NOT EXISTS (SELECT 1 FROM referral WHERE referral.subject = outcome.referral)"
)


@dataclass(frozen=True)
class Oddity:
    """One odd thing.

    Codes: ``served-twice``; ``told-apart``, served at one desk and not at another; ``served-void``, served on
    a slip that was void; ``absent-and-seen``, seen at a desk after being marked as absent; ``open``;
    ``unknown-slip``, an outcome for a slip that has not come here. ``detail`` names desks, never people.
    """

    code: str
    referral: str | None
    slip: str | None
    turn: str
    service: str
    detail: str


def odd(
    session: Session,
    day: date,
    referrals: Sequence[DayReferral],
    slip_of: Mapping[str, KeptSlip],
    outcomes: Mapping[str, Sequence[KeptOutcome]],
    waiting: Sequence[DayReferral],
) -> tuple[Oddity, ...]:
    """All that is odd about a day, by turn."""
    found: list[Oddity] = []
    for referral in referrals:
        standing = states.standing(outcomes.get(referral.id, ()))
        slip = slip_of.get(referral.id)
        found += [_oddity(code, referral, slip, _desks(standing)) for code in _codes(standing, slip)]
    found += [_oddity("open", referral, slip_of.get(referral.id), "") for referral in waiting]
    found += _strangers(session, day)
    return tuple(sorted(found, key=lambda one: (one.code == "open", len(one.turn), one.turn, one.service)))


def _codes(standing: Sequence[KeptOutcome], slip: KeptSlip | None) -> Iterator[str]:
    results = [outcome.result for outcome in standing]
    if results.count(SERVED) > 1:
        yield "served-twice"
    if SERVED in results and "not_served" in results:
        yield "told-apart"
    if SERVED in results and slip is not None and slip.void_reason:
        yield "served-void"
    if _seen_after_absence(standing):
        yield "absent-and-seen"


def _seen_after_absence(standing: Sequence[KeptOutcome]) -> bool:
    """Whether a desk saw the person after she was marked as absent.

    Seen before is nothing odd: the laptop on which the day was closed had only not heard of it yet.
    """
    absent = min((outcome.created for outcome in standing if outcome.result == "no_show"), default=None)
    seen = {SERVED, "not_served", "referred_on"}
    return absent is not None and any(
        outcome.result in seen and outcome.created > absent for outcome in standing
    )


def _oddity(code: str, referral: DayReferral, slip: KeptSlip | None, detail: str) -> Oddity:
    turn = slip.turn if slip else ""
    return Oddity(code, referral.id, slip.id if slip else referral.slip, turn, referral.service, detail)


def _strangers(session: Session, day: date) -> Iterator[Oddity]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone(reference.fair(session).time_zone))
    window = [pack(round(moment.timestamp() * 1000)) for moment in (midnight, midnight + timedelta(days=1))]
    for outcome in states.outcomes(session, _STRANGERS, window):
        yield Oddity("unknown-slip", None, outcome.slip, "", outcome.service, outcome.desk)


def _desks(standing: Sequence[KeptOutcome]) -> str:
    return ", ".join(sorted({outcome.desk for outcome in standing if outcome.desk}))
