"""Everything about one person on one page, with the line of what happened when and who wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session

from fairclient.domain.reserved import RESERVED, told_in_reserve, without_reserved
from fairclient.store.queries import households, reference, states
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.queries.person_moments import Moment, in_order, moments, names_in
from fairclient.store.queries.prints import prints
from fairclient.store.queries.rows import facts, one
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.distinction import Distinction
from sync.wire.household import Household
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
class PersonPage:
    """A person with her household, referrals, slips (the newest first) and the line of time.

    What is reserved about her is covered: `fact` has it as never asked, `reserved` names what was answered.
    `conflicts` are fields of which two laptops wrote different values, `choices` their values (none for
    what is reserved). `names` are those of the people and households of the line of time, by id.
    """

    attendee: str
    fact: Attendee
    revision: str
    home: HouseholdPage | None
    referrals: tuple[ReferralState, ...]
    slips: tuple[tuple[str, Slip], ...]
    authorisations: tuple[Authorisation, ...]
    moments: tuple[Moment, ...]
    conflicts: tuple[str, ...]
    choices: Mapping[str, tuple[Any, ...]]
    reserved: frozenset[str]
    names: Mapping[str, str]

    @property
    def household(self) -> Household | None:
        """What her household shares."""
        return None if self.home is None else self.home.fact

    @property
    def family(self) -> tuple[tuple[str, str], ...]:
        """The others of her household: their ids and names, the oldest first."""
        members = () if self.home is None else self.home.members
        return tuple((one.attendee, one.name) for one in members if one.attendee != self.attendee)


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
    authorisations = sorted(facts(session, Authorisation, "attendee = ?", (attendee,)), key=_by_time)
    ids = [row.subject for row, _referral in referrals]
    outcomes = states.outcomes_of(session, ids, [slip.token_id for _id, slip in slips])
    visits = [row.subject for row, _visit in facts(session, Visit, "attendee = ?", (attendee,))]
    about = [*visits, *ids, *(row.subject for row, _authorisation in authorisations)]
    about += [subject for subject, _slip in slips] + [outcome.id for outcome in outcomes]
    line = moments(session, attendee, [*about, *_distinctions(session, attendee)])
    line = in_order((*line, *prints(session, [subject for subject, _slip in slips])))
    open_fields = choices(session, attendee)
    return PersonPage(
        attendee=attendee,
        fact=without_reserved(fact),
        revision=kept.revision,
        home=households.page(session, fact.household) if fact.household else None,
        referrals=_states(session, attendee, referrals, outcomes),
        slips=tuple(slips),
        authorisations=tuple(authorisation for _row, authorisation in authorisations),
        moments=line,
        conflicts=tuple(open_fields),
        choices=open_fields,
        reserved=told_in_reserve(fact),
        names=names_in(session, line) | _homes(session, open_fields),
    )


def _homes(session: Session, open_fields: Mapping[str, tuple[Any, ...]]) -> dict[str, str]:
    """The names of the households between which somebody has to decide."""
    return {home: households.name_of(session, home) for home in open_fields.get("household", ()) if home}


def _by_time(pair: tuple[Any, Authorisation]) -> tuple[str, str]:
    return pair[0].created, pair[0].subject


def _distinctions(session: Session, attendee: str) -> list[str]:
    found = facts(session, Distinction, "attendee = ? OR other = ?", (attendee, attendee))
    return [kept.subject for kept, _distinction in found]


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


def choices(session: Session, attendee: str) -> dict[str, tuple[Any, ...]]:
    """The values kept of each field of a person that is open; none of what is reserved."""
    rows = session.connection().exec_driver_sql(
        "SELECT field, choices FROM conflict WHERE kind = 'attendee' AND subject = ? ORDER BY field",
        (attendee,),
    )
    return {field: () if field in RESERVED else tuple(json.loads(values)) for field, values in rows}
