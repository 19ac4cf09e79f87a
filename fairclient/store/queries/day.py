"""The count of a day: what was issued against what became of it, and what is odd about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlmodel import Session

from fairclient.domain.report_rows import STATES, State
from fairclient.store.queries import states
from fairclient.store.queries.distinctions import one_for_all
from fairclient.store.queries.oddities import Oddity, odd
from fairclient.store.queries.rows import facts
from fairclient.store.queries.states import OPEN, VOID, DayReferral, KeptOutcome, KeptSlip
from fairclient.store.tables.journal import place
from sync.wire.catalogue import REFERENCE
from sync.wire.clock import milliseconds
from sync.wire.day_closed import DayClosed
from sync.wire.journal import JournalId

_STATES: Final[dict[str, State]] = {state: state for state in STATES}
_FINAL: Final = ("served", "not_served", "referred_on", "no_show", "void")


class OpenReferral(NamedTuple):
    """A referral of which nothing final has been heard."""

    referral: str
    attendee: str
    service: str
    slip: str | None
    token_id: str


@dataclass(frozen=True)
class Closing:
    """An approval of a day: who gave it (an operator's id) and when, in ms since 1970."""

    author: str
    at_ms: int
    fact: DayClosed


@dataclass(frozen=True)
class Reconciliation:
    """The day's referrals by what became of them: ``issued`` is the sum of the others up to ``open``.

    ``registered`` counts people (who was found to be written twice is one), ``slips`` visits that got one (a
    slip issued anew is not another).
    """

    day: date
    registered: int
    slips: int
    issued: int
    served: int
    not_served: int
    referred_on: int
    no_show: int
    void: int
    open: int
    odd: tuple[Oddity, ...]

    @property
    def adds_up(self) -> bool:
        """Whether every referral is somewhere."""
        figures = self.totals()
        return figures["issued"] == sum(figures[state] for state in (*_FINAL, "open"))

    def totals(self) -> dict[str, int]:
        """The figures that a closing approves."""
        return {name: getattr(self, name) for name in ("registered", "slips", "issued", *_FINAL, "open")}


class _Day(NamedTuple):
    """All that a day's count needs."""

    referrals: list[DayReferral]
    slips: list[KeptSlip]
    slip_of: Mapping[str, KeptSlip]
    outcomes: Mapping[str, list[KeptOutcome]]

    def state(self, referral: DayReferral) -> str:
        """What became of a referral; void where only void slips name it and no desk did anything."""
        state = states.state_of(states.standing(self.outcomes.get(referral.id, ())))
        slip = self.slip_of.get(referral.id)
        return VOID if state in OPEN and slip is not None and slip.void_reason else state


def reconcile(session: Session, day: date) -> Reconciliation:
    """Count a day."""
    seen = _load(session, day)
    found = Counter(seen.state(referral) for referral in seen.referrals)
    waiting = [referral for referral in seen.referrals if seen.state(referral) in OPEN]
    return Reconciliation(
        day=day,
        registered=_people(session, day),
        slips=len({slip.visit for slip in seen.slips}),
        issued=len(seen.referrals),
        served=found["served"],
        not_served=found["not_served"],
        referred_on=found["referred_on"],
        no_show=found["no_show"],
        void=found[VOID],
        open=len(waiting),
        odd=odd(session, day, seen.referrals, seen.slip_of, seen.outcomes, waiting),
    )


def open_referrals(session: Session, day: date) -> list[OpenReferral]:
    """The day's referrals of which nothing final has been heard: no-shows, if the day is closed now."""
    seen = _load(session, day)
    found = []
    for referral in seen.referrals:
        if seen.state(referral) in OPEN:
            slip = seen.slip_of.get(referral.id)
            found.append(
                OpenReferral(
                    referral.id,
                    referral.attendee,
                    referral.service,
                    slip.id if slip else referral.slip,
                    slip.token_id if slip else "",
                )
            )
    return found


def outcomes_by_referral(session: Session, day: date) -> Iterator[tuple[str, str, State, str]]:
    """Each referral of the day as (service, letter of the desk or "", state, reason for not serving)."""
    seen = _load(session, day)
    for referral in seen.referrals:
        state = seen.state(referral)
        told = [one for one in states.standing(seen.outcomes.get(referral.id, ())) if one.result == state]
        reason = told[-1].reason if told and state == "not_served" else ""
        yield referral.service, told[-1].desk if told else "", _STATES.get(state, "open"), reason


def registered_by(session: Session, day: date, operator: str) -> int:
    """How many people an operator registered on a day."""
    return _one_number(session, "SELECT count(*) FROM visit WHERE day = ? AND author = ?", day, operator)


def closed_since_last_entry(session: Session, day: date) -> bool:
    """Whether the day is closed and nothing that people do has been written or heard of since."""
    approvals = closings(session, day)
    if not approvals:
        return False
    approved = approvals[-1].fact.heads
    kinds = ("day_closed", *sorted(REFERENCE))
    connection = session.connection()
    journals = connection.exec_driver_sql("SELECT number, station, incarnation, fair FROM journal").all()
    for number, *name in journals:
        seq, _digest = approved.get(str(JournalId(*name)), (0, ""))
        later = connection.exec_driver_sql(
            "SELECT 1 FROM entry WHERE place > ? AND place < ? "
            f"AND kind NOT IN ({','.join('?' * len(kinds))}) LIMIT 1",
            (place(number, seq), place(number + 1, 0), *kinds),
        )
        if later.first() is not None:
            return False
    return True


def closings(session: Session, day: date) -> list[Closing]:
    """The approvals of a day, the first one first."""
    found = list(facts(session, DayClosed, "day = ?", (day.isoformat(),)))
    found.sort(key=lambda pair: (pair[0].created, pair[0].subject))
    return [Closing(kept.author, milliseconds(kept.created), fact) for kept, fact in found]


def days(session: Session) -> list[date]:
    """The days on which somebody came, the latest first."""
    found = session.connection().exec_driver_sql("SELECT DISTINCT day FROM visit ORDER BY day DESC")
    return [date.fromisoformat(text) for text in found.scalars()]


def _load(session: Session, day: date) -> _Day:
    referrals = states.referrals_of(session, day)
    slips = states.slips(session, "day = ?", (day.isoformat(),))
    ids = [referral.id for referral in referrals]
    found = states.outcomes_of(session, ids, [slip.token_id for slip in slips])
    return _Day(referrals, slips, _slips_by_referral(slips), states.by_referral(ids, slips, found))


def _slips_by_referral(slips: list[KeptSlip]) -> dict[str, KeptSlip]:
    """The slip that names each referral: one that isn't void, where there is one."""
    named: dict[str, KeptSlip] = {}
    for slip in sorted(slips, key=lambda slip: (not slip.void_reason, slip.id)):
        named.update(dict.fromkeys(slip.referrals, slip))
    return named


def _people(session: Session, day: date) -> int:
    came = session.connection().exec_driver_sql(
        "SELECT DISTINCT attendee FROM visit WHERE day = ?", (day.isoformat(),)
    )
    stands = one_for_all(session)
    return len({stands.get(attendee, attendee) for attendee in came.scalars()})


def _one_number(session: Session, statement: str, day: date, *values: str) -> int:
    found = session.connection().exec_driver_sql(statement, (day.isoformat(), *values))
    return int(found.scalar_one())
