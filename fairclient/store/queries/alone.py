"""Children who came without an adult, for those who must look after them (DP-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fairclient.store.queries import states
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import by_ids, facts
from fairclient.store.queries.states import ISSUED
from sync.wire.attendee import Attendee
from sync.wire.clock import milliseconds
from sync.wire.referral import Referral
from sync.wire.slip import Slip


@dataclass(frozen=True)
class Alone:
    """A child of the protection route: who, her turn and the letters of her desk, since when (ms since 1970).

    `state` is that of her referral to protection; "" where the fair has no such desk.
    """

    attendee: str
    given_name: str
    sex: str
    birth_date: date | None
    turn: str
    desks: tuple[str, ...]
    point: str
    since_ms: int
    state: str


def alone(session: Session, since: date) -> tuple[Alone, ...]:
    """The children who came without an adult from the day ``since`` on, the longest waiting first."""
    ids = (
        session.connection()
        .exec_driver_sql(
            "SELECT DISTINCT a.subject FROM visit v JOIN attendee a ON a.subject = v.attendee "
            "WHERE v.day >= ? AND a.unaccompanied",
            (since.isoformat(),),
        )
        .scalars()
        .all()
    )
    found = [
        _alone(session, kept.subject, fact, milliseconds(kept.created))
        for kept, fact in by_ids(session, Attendee, "subject", ids)
    ]
    return tuple(sorted(found, key=lambda one: (one.since_ms, one.attendee)))


def _alone(session: Session, attendee: str, fact: Attendee, since_ms: int) -> Alone:
    slips = [slip for _kept, slip in facts(session, Slip, "attendee = ? AND void_reason = ''", (attendee,))]
    last = slips[-1] if slips else None
    return Alone(
        attendee=attendee,
        given_name=full_name(fact) if fact.anonymous else fact.given_names,
        sex=fact.sex,
        birth_date=fact.birth_date,
        turn=last.turn if last else "",
        desks=last.desks if last else (),
        point=last.turn.partition("-")[0] if last else "",
        since_ms=since_ms,
        state=_state(session, attendee),
    )


def _state(session: Session, attendee: str) -> str:
    """The state of the urgent referral that stands longest open."""
    of_visits = "visit IN (SELECT v.subject FROM visit v WHERE v.attendee = ?) AND priority = 'urgent'"
    ids = [kept.subject for kept, _referral in facts(session, Referral, of_visits, (attendee,))]
    slips = states.slips(session, "attendee = ?", (attendee,))
    outcomes = states.outcomes_of(session, ids, [slip.token_id for slip in slips])
    linked = states.by_referral(ids, slips, outcomes)
    found = [states.state_of(states.standing(linked.get(one, ()))) for one in ids]
    return next(
        (state for state in found if state in (ISSUED, "received", "postponed")), found[0] if found else ""
    )
