"""Whether somebody who is known is here a second time: people like her of whom nobody has decided."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store.queries.distinctions import decided
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import by_ids, one
from fairclient.usecases.look_alike import Candidate, Query, look_in
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee

_MOST = 3


@dataclass(frozen=True)
class Twice:
    """Those to be looked at, the likeliest first; and who was found to be the same person (id, name)."""

    look: tuple[Candidate, ...]
    same: tuple[tuple[str, str], ...]


def look_twice(place: Workplace, attendee: str) -> Twice:
    """Look for people who may be this one.

    Only those so alike that the registration desk would warn; never one of whom somebody has said that she
    isn't the same (or is), from whichever side.
    """
    with place.store.read() as session:
        found = one(session, Attendee, attendee)
        if found is None or found[1].anonymous:
            return Twice((), ())
        told = decided(session, attendee)
        query = query_of(found[1], frozenset({attendee, *told}))
        alike = look_in(session, place.clock, query, _MOST)
        same = [other for other, is_same in told.items() if is_same]
        names = tuple(
            (kept.subject, full_name(fact)) for kept, fact in by_ids(session, Attendee, "subject", same)
        )
        return Twice(tuple(candidate for candidate in alike if candidate.level != "maybe"), names)


def query_of(person: Attendee, apart: frozenset[str]) -> Query:
    """What is known of a person, as it would have been typed."""
    papers = [(paper.type, paper.number) for paper in person.documents]
    kind, number = papers[0] if papers else ("", "")
    return Query(
        given_names=person.given_names,
        first_surname=person.first_surname,
        second_surname=person.second_surname,
        birth_date=person.birth_date,
        document_type=kind,
        document_number=number,
        other_documents=tuple(papers[1:]),
        phone=person.phones[0].number if person.phones else "",
        sex=person.sex,
        municipality=person.municipality,
        apart=apart,
    )
