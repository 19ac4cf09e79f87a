"""A day's people and counts, as the reports want them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from fairclient.base.clock import day_of
from fairclient.domain.catalogues import municipality_label
from fairclient.domain.report_rows import (
    AttendanceRow,
    DayFigures,
    DeskOpen,
    FairHeading,
    ReferralCount,
    ServiceOffered,
    State,
)
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import households, reference, states
from fairclient.store.queries.carried import carried
from fairclient.store.queries.distinctions import one_for_all
from fairclient.store.queries.rows import Kept, by_ids, facts
from sync.wire.age import age_on
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.clock import milliseconds
from sync.wire.visit import Visit

_CODE = 8


def of_day(session: Session, day: date) -> DayFigures:
    """Everything that the reports of one day need."""
    fair = reference.fair(session)
    slips = states.slips(session, "day = ?", (day.isoformat(),))
    visits = _visits(session, day)
    people = _people(session, day, visits, fair.time_zone)
    closings = day_queries.closings(session, day)
    operators = dict(reference.operators(session))
    approver = operators.get(closings[-1].author) if closings else None
    return DayFigures(
        heading=FairHeading(
            fair.name,
            fair.organiser,
            municipality_label(fair.municipality) if fair.municipality else "",
            fair.place,
            fair.fictional,
        ),
        day=day,
        people=people,
        services=tuple(
            ServiceOffered(service.code, service.name_es, service.name_en, service.sensitive)
            for _id, service in reference.services(session)
        ),
        desks=tuple(
            DeskOpen(desk.letter, desk.name, desk.services) for _id, desk in reference.desks(session)
        ),
        referrals=_referrals(session, day, closed=bool(closings)),
        households=len({person.household for person in people if person.household}),
        slips=len(slips),
        slips_void=sum(bool(slip.void_reason) for slip in slips),
        stations=len({kept.station for kept, _visit in visits}),
        closed_by=approver.name if approver else "",
        four_eyes=closings[-1].fact.four_eyes if closings else None,
        carried=carried(session, day),
    )


def _visits(session: Session, day: date) -> list[tuple[Kept, Visit]]:
    """The first visit of each person who came that day, in the order in which they came.

    Who was registered twice, and found to be one person, came once.
    """
    stands = one_for_all(session)
    found = sorted(
        facts(session, Visit, "day = ?", (day.isoformat(),)),
        key=lambda pair: (pair[0].created, pair[0].subject),
    )
    first: dict[str, tuple[Kept, Visit]] = {}
    for kept, visit in found:
        first.setdefault(stands.get(visit.attendee, visit.attendee), (kept, visit))
    return list(first.values())


def _people(
    session: Session, day: date, visits: Sequence[tuple[Kept, Visit]], time_zone: str
) -> tuple[AttendanceRow, ...]:
    ids = [visit.attendee for _kept, visit in visits]
    known = {kept.subject: (kept, fact) for kept, fact in by_ids(session, Attendee, "subject", ids)}
    said = _authorised(session, ids)
    homes = households.given_up(session)
    return tuple(
        _row(subject, *known[subject], day, time_zone, said.get(subject), homes)
        for subject in ids
        if subject in known
    )


def _authorised(session: Session, ids: Sequence[str]) -> Mapping[str, Authorisation]:
    """The latest authorisation of each person."""
    found = list(by_ids(session, Authorisation, "attendee", ids))
    found.sort(key=lambda pair: (pair[0].created, pair[0].subject))
    return {fact.attendee: fact for _kept, fact in found}


def _row(
    subject: str,
    kept: Kept,
    fact: Attendee,
    day: date,
    time_zone: str,
    said: Authorisation | None,
    homes: Mapping[str, str],
) -> AttendanceRow:
    return AttendanceRow(
        code=_code(subject),
        given_names=fact.given_names,
        surnames=" ".join(part for part in (fact.first_surname, fact.second_surname) if part),
        sex=fact.sex,
        age=_age(fact.birth_date, day),
        age_band=fact.age_band,
        anonymous=fact.anonymous,
        profile=fact.profile,
        documents=tuple((document.type, document.number) for document in fact.documents),
        disability=fact.disability,
        phone=fact.phones[0].number if fact.phones else "",
        household=_code(homes.get(fact.household, fact.household)) if fact.household else "",
        ethnicity=fact.ethnicity,
        municipality=fact.municipality,
        neighbourhood=fact.neighbourhood,
        returning=day_of(milliseconds(kept.created), time_zone) < day,
        authorised=None if said is None else said.general,
        image=None if said is None else said.image,
    )


def _referrals(session: Session, day: date, *, closed: bool) -> tuple[ReferralCount, ...]:
    """The counts; those of protected services are told at the day's end only (DP-17)."""
    reserved, letters = reference.sensitive_codes(session), reference.letters(session)
    found: Counter[tuple[str, str, State, str]] = Counter()
    for service, desk, state, reason in day_queries.outcomes_by_referral(session, day):
        if service in reserved and not closed:
            continue
        found[service, desk or letters.get(service, ""), state, reason] += 1
    return tuple(
        ReferralCount(service, desk, state, count, reason)
        for (service, desk, state, reason), count in sorted(found.items())
    )


def _age(born: date | None, day: date) -> int | None:
    """Whole years on a day; None where the birth date isn't known or is later."""
    return None if born is None or born > day else age_on(born, day)


def _code(subject: str) -> str:
    """An opaque code: the random end of an id."""
    return subject.replace("-", "")[-_CODE:].upper()
