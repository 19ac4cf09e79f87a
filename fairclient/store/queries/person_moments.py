"""The line of time of one person: every entry about her, her papers, her services and her household."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from fairclient.domain.reserved import covered, without_reserved
from fairclient.store import journal, projection
from fairclient.store.projection import Written
from fairclient.store.queries import households, reference
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import by_ids
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.body import Body, decode
from sync.wire.distinction import Distinction
from sync.wire.entry import Entry
from sync.wire.fact import Fact
from sync.wire.problem import WireError


@dataclass(frozen=True)
class Moment:
    """One entry about a person: a fact, or ``changes`` with what stood there ``before``.

    ``hlc`` is its clock reading; ``author`` and ``station`` are names, "" where they aren't known here.
    Reserved answers are covered: a change of one has the value None.
    """

    hlc: str
    kind: str
    subject: str
    author: str
    station: str
    fact: Fact | None
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)


def moments(session: Session, attendee: str, about: Sequence[str]) -> tuple[Moment, ...]:
    """Everything about a person and about the subjects in ``about``, and what became of her households."""
    operators = {operator_id: operator.name for operator_id, operator in reference.operators(session)}
    stations = {station_id: station.name for station_id, station in reference.stations(session)}
    found = [
        moment
        for subject in dict.fromkeys((attendee, *about))
        for moment in _of_subject(session, subject, operators, stations)
    ]
    lived = _lived(moment for moment in found if moment.kind == "attendee")
    for household in _households(session, lived):
        found += [
            moment
            for moment in _of_subject(session, household, operators, stations)
            if moment.fact is None and _concerns(moment, lived)
        ]
    return in_order(found)


def in_order(found: Iterable[Moment]) -> tuple[Moment, ...]:
    """Moments in the order of their clocks."""
    return tuple(sorted(found, key=lambda moment: (moment.hlc, moment.kind, moment.subject)))


def names_in(session: Session, line: Sequence[Moment]) -> dict[str, str]:
    """The names of the people and households that a line of time speaks of, by id."""
    people, homes = set(), set()
    for moment in line:
        for name, value in (*moment.changes.items(), *moment.before.items()):
            if value and name in ("household", "merged_into"):
                homes.add(str(value))
            elif value and name == "representative":
                people.add(str(value))
        if isinstance(moment.fact, Distinction):
            people |= {moment.fact.attendee, moment.fact.other}
        if isinstance(moment.fact, Authorisation) and moment.fact.representative:
            people.add(moment.fact.representative)
    known = by_ids(session, Attendee, "subject", sorted(people))
    return {kept.subject: full_name(fact) for kept, fact in known} | {
        home: households.name_of(session, home) for home in sorted(homes)
    }


def _of_subject(
    session: Session, subject: str, operators: Mapping[str, str], stations: Mapping[str, str]
) -> Iterator[Moment]:
    so_far: list[Written] = []
    for entry in journal.of_subject(session, subject):
        body = _read(entry)
        if body is None:
            continue
        before = _before(entry.header.kind, so_far, body.change or {})
        so_far.append(Written(0, entry.header, entry.body or b"", body))
        header = entry.header
        yield Moment(
            hlc=header.hlc,
            kind=header.kind,
            subject=header.subject,
            author=operators.get(header.author, ""),
            station=stations.get(header.journal.station, ""),
            fact=without_reserved(body.fact) if isinstance(body.fact, Attendee) else body.fact,
            changes=covered(body.change or {}),
            before=covered(before),
        )


def _read(entry: Entry) -> Body | None:
    """What an entry says; None for a body that is withheld, erased or unreadable."""
    if entry.body is None:
        return None
    try:
        return decode(entry.header.kind, entry.body)
    except WireError:
        return None


def _before(kind: str, so_far: Sequence[Written], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    if not changes or not so_far:
        return {}
    state = projection.state_of(kind, so_far)
    dumped = state.folded.fact.model_dump(mode="json") if state else {}
    return {name: dumped[name] for name in changes if name in dumped}


def _lived(of_person: Iterator[Moment]) -> list[tuple[str, str]]:
    """From when on (a clock reading) she belonged to which household ("" for none), in time order."""
    found = []
    for moment in of_person:
        if isinstance(moment.fact, Attendee):
            found.append((moment.hlc, moment.fact.household or ""))
        elif "household" in moment.changes:
            found.append((moment.hlc, str(moment.changes["household"] or "")))
    return sorted(found)


def _households(session: Session, lived: Sequence[tuple[str, str]]) -> list[str]:
    """Every household that she was in, and those that were merged into one of them."""
    ids = dict.fromkeys(home for _since, home in lived if home)
    return sorted({one for home in ids for one in (home, *households.all_of(session, home))})


def _concerns(moment: Moment, lived: Sequence[tuple[str, str]]) -> bool:
    """Whether it befell the household in which she was then."""
    then = next((home for since, home in reversed(lived) if since <= moment.hlc), "")
    return bool(then) and then in (moment.subject, moment.changes.get("merged_into"))
