"""What a desk sees: a slip with what is owed on it, and who is still waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fairclient.store.queries import reference, states
from fairclient.store.queries.rows import by_ids, facts, one
from fairclient.store.queries.states import ISSUED, RECEIVED, KeptOutcome, KeptSlip
from sync.wire.clock import milliseconds
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.slip import Slip

OPEN = (ISSUED, RECEIVED)


@dataclass(frozen=True)
class Owed:
    """A service that a slip asks for and its state: issued, received, served, not_served, referred_on, ..."""

    referral: str | None
    service: str
    name_es: str
    name_en: str
    state: str


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
    """A slip that is known here."""

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
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody whose slip asks a desk for something that is still open."""

    slip: str
    token_id: str
    code: str
    turn: str
    display_name: str
    services: tuple[str, ...]


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


def waiting(session: Session, desk: str, day: date) -> tuple[Waiting, ...]:
    """Who still waits on ``day`` for the desk with that letter ("*": for any), by turn."""
    offered = {
        service
        for _desk_id, known in reference.desks(session)
        if desk in ("*", known.letter)
        for service in known.services
    }
    of_day = states.slips(session, "day = ? AND void_reason = ''", (day.isoformat(),))
    open_services = _open_services(session, of_day)
    asked = {
        slip.id: tuple(service for service in open_services[slip.id] if service in offered) for slip in of_day
    }
    wanted = [slip.id for slip in of_day if asked[slip.id]]
    found = [
        Waiting(kept.subject, fact.token_id, fact.code, fact.turn, fact.display_name, asked[kept.subject])
        for kept, fact in by_ids(session, Slip, "subject", wanted)
    ]
    return tuple(sorted(found, key=lambda one_: (len(one_.turn), one_.turn, one_.slip)))


def _open_services(session: Session, of_day: Sequence[KeptSlip]) -> dict[str, tuple[str, ...]]:
    referrals = [referral for slip in of_day for referral in slip.referrals]
    tokens = [slip.token_id for slip in of_day]
    linked = states.by_referral(referrals, of_day, states.outcomes_of(session, referrals, tokens))
    return {
        slip.id: tuple(
            service
            for service, referral in zip(slip.services, slip.referrals, strict=False)
            if states.state_of(states.standing(linked.get(referral, ()))) in OPEN
        )
        for slip in of_day
    }


def _view(session: Session, condition: str, value: str) -> DeskView | None:
    found = next(facts(session, Slip, condition, (value,)), None)
    if found is None:
        return None
    kept, slip = found
    return DeskView(
        slip=kept.subject,
        attendee=slip.attendee,
        token_id=slip.token_id,
        code=slip.code,
        turn=slip.turn,
        display_name=slip.display_name,
        desks=slip.desks,
        day=slip.day,
        language=slip.language,
        void_reason=slip.void_reason,
        owed=_owed(session, slip),
    )


def _owed(session: Session, slip: Slip) -> tuple[Owed, ...]:
    """The services of a slip, with what any slip of the same visit says about them."""
    of_visit = [
        kept for kept in states.slips(session, "attendee = ?", (slip.attendee,)) if kept.visit == slip.visit
    ]
    tokens = [kept.token_id for kept in of_visit]
    found = states.outcomes_of(session, slip.referrals, tokens)
    linked = states.by_referral(slip.referrals, of_visit, found)
    here = {kept.subject: fact for kept, fact in by_ids(session, Referral, "subject", slip.referrals)}
    names = {service.code: service for _service_id, service in reference.services(session)}
    owed = []
    for service, referral in zip(slip.services, slip.referrals, strict=False):
        named = names.get(service)
        owed.append(
            Owed(
                referral=referral if referral in here else None,
                service=service,
                name_es=named.name_es if named else service,
                name_en=named.name_en if named else service,
                state=states.state_of(states.standing(linked.get(referral, ()))),
            )
        )
    return tuple(owed)


def _earlier(kept: KeptOutcome) -> EarlierOutcome:
    return EarlierOutcome(
        kept.id, kept.result, kept.reason, kept.desk, milliseconds(kept.created), kept.author, kept.station
    )
