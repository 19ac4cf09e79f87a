"""Everything about one person on one page, with the line of what happened when and who wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlmodel import Session

from fairclient.store import journal, projection
from fairclient.store.projection import Written
from fairclient.store.queries import reference, states
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import facts, one
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.body import decode
from sync.wire.entry import Entry
from sync.wire.fact import Fact
from sync.wire.household import Household
from sync.wire.problem import WireError
from sync.wire.referral import Referral
from sync.wire.slip import Slip
from sync.wire.visit import Visit

_OF_VISITS: Final = "visit IN (SELECT v.subject FROM visit v WHERE v.attendee = ?)"


@dataclass(frozen=True)
class ReferralState:
    """A referral, its state, and what the last desk said; ``name_*`` fall back on the service's code."""

    referral: str
    service: str
    name_es: str
    name_en: str
    state: str
    reason: str
    desk: str
    slip: str | None
    origin: str | None


@dataclass(frozen=True)
class Moment:
    """One entry about a person: a fact, or ``changes`` with what stood there ``before``.

    ``hlc`` is its clock reading; ``author`` and ``station`` are names, "" where they aren't known here.
    """

    hlc: str
    kind: str
    subject: str
    author: str
    station: str
    fact: Fact | None
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonPage:
    """A person with her household, referrals, slips (the newest first) and the line of time."""

    attendee: str
    fact: Attendee
    revision: str
    household: Household | None
    family: tuple[tuple[str, str], ...]
    referrals: tuple[ReferralState, ...]
    slips: tuple[tuple[str, Slip], ...]
    authorisations: tuple[Authorisation, ...]
    moments: tuple[Moment, ...]
    conflicts: tuple[str, ...]


def person(session: Session, attendee: str) -> PersonPage | None:
    """The page of a person, or None where she isn't known here."""
    found = one(session, Attendee, attendee)
    if found is None:
        return None
    kept, fact = found
    slips = sorted(
        ((row.subject, slip) for row, slip in facts(session, Slip, "attendee = ?", (attendee,))), reverse=True
    )
    referrals = list(facts(session, Referral, _OF_VISITS, (attendee,)))
    authorisations = list(facts(session, Authorisation, "attendee = ?", (attendee,)))
    ids = [row.subject for row, _referral in referrals]
    outcomes = states.outcomes_of(session, ids, [slip.token_id for _id, slip in slips])
    visits = [row.subject for row, _visit in facts(session, Visit, "attendee = ?", (attendee,))]
    about = [attendee, *visits, *ids, *(row.subject for row, _authorisation in authorisations)]
    about += [subject for subject, _slip in slips] + [outcome.id for outcome in outcomes]
    return PersonPage(
        attendee=attendee,
        fact=fact,
        revision=kept.revision,
        household=_household(session, fact),
        family=_family(session, attendee, fact),
        referrals=_states(session, attendee, referrals, outcomes),
        slips=tuple(slips),
        authorisations=tuple(authorisation for _row, authorisation in authorisations),
        moments=_moments(session, about),
        conflicts=_conflicts(session, attendee),
    )


def _household(session: Session, fact: Attendee) -> Household | None:
    found = one(session, Household, fact.household) if fact.household else None
    return None if found is None else found[1]


def _family(session: Session, attendee: str, fact: Attendee) -> tuple[tuple[str, str], ...]:
    if not fact.household:
        return ()
    members = facts(session, Attendee, "household = ?", (fact.household,))
    return tuple(
        sorted(
            ((row.subject, full_name(member)) for row, member in members if row.subject != attendee),
            key=lambda member: member[1],
        )
    )


def _states(
    session: Session,
    attendee: str,
    referrals: Sequence[tuple[Any, Referral]],
    outcomes: Sequence[states.KeptOutcome],
) -> tuple[ReferralState, ...]:
    slips = states.slips(session, "attendee = ?", (attendee,))
    linked = states.by_referral([row.subject for row, _referral in referrals], slips, outcomes)
    names = {service.code: service for _id, service in reference.services(session)}
    found = []
    for row, referral in sorted(referrals, key=lambda pair: pair[0].created):
        standing = states.standing(linked.get(row.subject, ()))
        last = standing[-1] if standing else None
        named = names.get(referral.service)
        found.append(
            ReferralState(
                referral=row.subject,
                service=referral.service,
                name_es=named.name_es if named else referral.service,
                name_en=named.name_en if named else referral.service,
                state=states.state_of(standing),
                reason=last.reason if last else "",
                desk=last.desk if last else "",
                slip=referral.slip,
                origin=referral.origin,
            )
        )
    return tuple(found)


def _conflicts(session: Session, attendee: str) -> tuple[str, ...]:
    rows = session.connection().exec_driver_sql(
        "SELECT field FROM conflict WHERE kind = 'attendee' AND subject = ? ORDER BY field", (attendee,)
    )
    return tuple(rows.scalars())


def _moments(session: Session, about: Sequence[str]) -> tuple[Moment, ...]:
    operators = {operator_id: operator.name for operator_id, operator in reference.operators(session)}
    stations = {station_id: station.name for station_id, station in reference.stations(session)}
    found = []
    for subject in dict.fromkeys(about):
        so_far: list[Written] = []
        for entry in journal.of_subject(session, subject):
            moment = _moment(entry, so_far, operators, stations)
            if moment is not None:
                found.append(moment)
    return tuple(sorted(found, key=lambda moment: (moment.hlc, moment.kind, moment.subject)))


def _moment(
    entry: Entry, so_far: list[Written], operators: Mapping[str, str], stations: Mapping[str, str]
) -> Moment | None:
    """One entry in words' raw material; None for a body that is withheld, erased or unreadable."""
    header = entry.header
    if entry.body is None:
        return None
    try:
        body = decode(header.kind, entry.body)
    except WireError:
        return None
    before = _before(header.kind, so_far, body.change or {})
    so_far.append(Written(0, header, entry.body, body))
    return Moment(
        hlc=header.hlc,
        kind=header.kind,
        subject=header.subject,
        author=operators.get(header.author, ""),
        station=stations.get(header.journal.station, ""),
        fact=body.fact,
        changes=body.change or {},
        before=before,
    )


def _before(kind: str, so_far: Sequence[Written], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    if not changes or not so_far:
        return {}
    state = projection.state_of(kind, so_far)
    dumped = state.folded.fact.model_dump(mode="json") if state else {}
    return {name: dumped[name] for name in changes if name in dumped}
