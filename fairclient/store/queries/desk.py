"""What a desk sees of a slip: whose it is, what is owed on it, and what was done before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fairclient.store.queries import reference, states
from fairclient.store.queries.rows import by_ids, facts, one
from fairclient.store.queries.states import KeptOutcome, KeptSlip
from sync.wire.clock import milliseconds
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.service import Service
from sync.wire.slip import Slip


@dataclass(frozen=True)
class Owed:
    """A service that a slip asks for and its state: issued, received, postponed, served, not_served, ...

    A ``sensitive`` one is for the eyes of protection focal points only.
    """

    referral: str | None
    service: str
    name_es: str
    name_en: str
    state: str
    sensitive: bool = False


@dataclass(frozen=True)
class EarlierOutcome:
    """What somebody recorded before; ``at_ms`` is in ms since 1970, author and station are ids."""

    outcome: str
    result: str
    reason: str
    desk: str
    at_ms: int
    author: str
    station: str


@dataclass(frozen=True)
class DeskView:
    """A slip that is known here; ``replaced``: another one was asked for, which this one replaced."""

    slip: str
    attendee: str
    token_id: str
    code: str
    turn: str
    display_name: str
    desks: tuple[str, ...]
    day: date
    language: str
    void_reason: str
    replaced: bool
    owed: tuple[Owed, ...]


def by_token(session: Session, token_id: str) -> DeskView | None:
    """The slip with that token, or None where it has not come here."""
    return _view(session, "token_id = ?", token_id)


def by_code(session: Session, code: str) -> DeskView | None:
    """The slip with that human code (nine characters, no dashes), or None."""
    return _view(session, "code = ?", code)


def by_slip(session: Session, text: str) -> DeskView | None:
    """The slip with that token id or human code, or None."""
    return by_token(session, text) or by_code(session, text)


def outcomes_of(
    session: Session, token_id: str, service: str, referral: str | None = None
) -> tuple[EarlierOutcome, ...]:
    """What stands recorded for one service of a slip, in the order of the clocks."""
    found = states.outcomes_of(session, [referral] if referral else [], [token_id] if token_id else [])
    of_service = [kept for kept in found if kept.service == service]
    return tuple(_earlier(kept) for kept in states.standing(of_service))


def outcome(session: Session, outcome_id: str) -> Outcome | None:
    """One outcome, or None where it isn't here."""
    found = one(session, Outcome, outcome_id)
    return None if found is None else found[1]


def _view(session: Session, condition: str, value: str) -> DeskView | None:
    found = next(facts(session, Slip, condition, (value,)), None)
    if found is None:
        return None
    kept, slip = found
    of_visit = [
        other
        for other in states.slips(session, "attendee = ?", (slip.attendee,))
        if other.visit == slip.visit
    ]
    newest = kept.subject if slip.void_reason else _newest(kept.subject, of_visit)
    if newest != kept.subject:
        slip = next(fact for _kept, fact in by_ids(session, Slip, "subject", [newest]))
    return DeskView(
        slip=newest,
        attendee=slip.attendee,
        token_id=slip.token_id,
        code=slip.code,
        turn=slip.turn,
        display_name=slip.display_name,
        desks=slip.desks,
        day=slip.day,
        language=slip.language,
        void_reason=slip.void_reason,
        replaced=newest != kept.subject,
        owed=_owed(session, slip, of_visit),
    )


def _newest(slip: str, of_visit: Sequence[KeptSlip]) -> str:
    """The slip that replaced this one, or the one that replaced that one."""
    by_replaced = {other.replaces: other.id for other in of_visit if other.replaces and not other.void_reason}
    seen = {slip}
    while (following := by_replaced.get(slip)) is not None and following not in seen:
        slip = following
        seen.add(slip)
    return slip


def _owed(session: Session, slip: Slip, of_visit: Sequence[KeptSlip]) -> tuple[Owed, ...]:
    """The services of a slip, and what else is open for its visit, with what any slip says of them.

    Of two referrals to one service the later one counts: somebody was sent back.
    """
    referrals = facts(session, Referral, "visit = ?", (slip.visit,))
    of_this_visit = {kept.subject: fact for kept, fact in referrals}
    elsewhere = {referral for other in of_visit for referral in other.referrals}
    added = [referral for referral in of_this_visit if referral not in elsewhere]
    asked = [*zip(slip.services, slip.referrals, strict=False)]
    asked += [(of_this_visit[referral].service, referral) for referral in added]
    tokens = [kept.token_id for kept in of_visit]
    ids = [referral for _service, referral in asked]
    linked = states.by_referral(ids, of_visit, states.outcomes_of(session, ids, tokens))
    names = {service.code: service for _service_id, service in reference.services(session)}
    found = []
    for service, referral in dict(asked).items():
        state = states.state_of(states.standing(linked.get(referral, ())))
        if referral in slip.referrals or state in states.OPEN:
            found.append(_one_owed(service, referral if referral in of_this_visit else None, state, names))
    return tuple(found)


def _one_owed(service: str, referral: str | None, state: str, names: Mapping[str, Service]) -> Owed:
    named = names.get(service)
    return Owed(
        referral=referral,
        service=service,
        name_es=named.name_es if named else service,
        name_en=named.name_en if named else service,
        state=state,
        sensitive=named is not None and named.sensitive,
    )


def _earlier(kept: KeptOutcome) -> EarlierOutcome:
    return EarlierOutcome(
        kept.id, kept.result, kept.reason, kept.desk, milliseconds(kept.created), kept.author, kept.station
    )
