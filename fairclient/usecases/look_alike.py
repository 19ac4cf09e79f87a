"""Who is already here: the people whom this laptop knows and who may be the one being typed, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sqlmodel import Session

from fairclient.base.clock import Clock
from fairclient.base.words import _, ngettext
from fairclient.matching import profile
from fairclient.matching.keys import keys_of
from fairclient.matching.profile import Profile
from fairclient.matching.reasons import reasons
from fairclient.matching.score import Comparer, Scored
from fairclient.matching.weights import weights
from fairclient.store.queries import cards, likeness, reference
from fairclient.store.queries.names import full_name
from fairclient.store.queries.rows import Kept, by_ids
from fairclient.store.search_keys import compact
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.clock import milliseconds
from sync.wire.people import Card

Level = Literal["sure", "look", "maybe"]
COMPARED: Final = 120
"""People who are compared field by field: those who share the most telling keys."""
_BEGUN: Final = 10
"""People who are brought up for a word or number of which only the beginning is known."""
_LEAST_BITS: Final = -7.0
"""Less than this is no likeness at all, where more than a name was given."""
_MINUTE_MS: Final = 60_000
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True)
class Query:
    """What is known of the person so far, as it was typed.

    ``other_documents`` are (type, number); ``typing`` names the field with the cursor; ``apart`` the people
    of whom somebody has said that they aren't this one.
    """

    given_names: str = ""
    first_surname: str = ""
    second_surname: str = ""
    birth_date: date | None = None
    document_type: str = ""
    document_number: str = ""
    other_documents: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    sex: str = ""
    municipality: str = ""
    typing: str = ""
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """Somebody who looks like the one being typed.

    ``score`` is the evidence in bits that they are one person: each bit doubles the odds. ``why`` has
    sentences; ``level`` says whether to warn: "sure" and "look" do, "maybe" is only shown. ``card``: she is
    known from another fair and isn't registered at this one.
    """

    attendee: str
    name: str
    birth_date: date | None
    birth_estimated: bool
    documents: tuple[str, ...]
    municipality: str
    where_when: str
    score: float
    why: tuple[str, ...]
    level: Level
    card: bool = False


def look_alike(place: Workplace, query: Query, limit: int = 5) -> list[Candidate]:
    """The people who look like ``query``, at most ``limit``. Raises DamagedStore."""
    with place.store.read() as session:
        return look_in(session, place.clock, query, limit)


def look_in(session: Session, clock: Clock, query: Query, limit: int = 5) -> list[Candidate]:
    """The same in a session that is open."""
    told = _profile(query)
    best = _best(session, told, query, limit)
    ids = [attendee for attendee, _scored in best]
    rows = {kept.subject: (kept, fact) for kept, fact in by_ids(session, Attendee, "subject", ids)}
    lent = cards.by_ids(session, [attendee for attendee in ids if attendee not in rows])
    return [
        _candidate(session, clock, *rows[attendee], scored)
        if attendee in rows
        else _candidate_of_card(lent[attendee], scored)
        for attendee, scored in best
        if attendee in rows or attendee in lent
    ]


def _profile(query: Query) -> Profile:
    return profile.make(
        (query.given_names, query.first_surname, query.second_surname),
        birth="" if query.birth_date is None else query.birth_date.strftime("%Y%m%d"),
        sex=query.sex,
        papers=[(query.document_type, query.document_number), *query.other_documents],
        phones=[query.phone] if query.phone else [],
        municipality=query.municipality,
    )


def _best(session: Session, told: Profile, query: Query, limit: int) -> list[tuple[str, Scored]]:
    comparer = Comparer(told, weights(), query.typing)
    scored = [
        (attendee, comparer.score(packed))
        for attendee, packed in _brought_up(session, told, query)
        if attendee not in query.apart
    ]
    scored.sort(key=lambda pair: -pair[1].bits)
    much = sum(map(bool, (told.given, told.surnames, told.birth, told.papers, told.phones))) > 2
    return [pair for pair in scored[:limit] if not much or pair[1].bits > _LEAST_BITS]


def _brought_up(session: Session, told: Profile, query: Query) -> Iterator[tuple[str, str]]:
    """Ids and packed profiles of people worth comparing, each once."""
    met: set[str] = set()
    for listed in likeness.bring_up(session, keys_of(told), COMPARED):
        met.add(listed.attendee)
        yield listed.attendee, listed.profile
    for attendee, fact in likeness.begun(session, _beginning(told, query, alone=not met), _BEGUN):
        if attendee not in met:
            yield attendee, profile.pack(profile.profile_of(fact))


def _beginning(told: Profile, query: Query, *, alone: bool) -> tuple[str, str]:
    """A kind of search key and the beginning to look it up by; two empty texts where it isn't needed."""
    if query.typing == "document_number":
        return "document", compact(query.document_number)
    words = f"{told.given} {told.surnames}".split()
    if alone and words:
        return "name", max(words, key=len)
    return "", ""


def _candidate(session: Session, clock: Clock, kept: Kept, fact: Attendee, scored: Scored) -> Candidate:
    return Candidate(
        attendee=kept.subject,
        name=full_name(fact),
        birth_date=fact.birth_date,
        birth_estimated=fact.birth_estimated,
        documents=tuple(f"{paper.type} {paper.number}" for paper in fact.documents),
        municipality=fact.municipality,
        where_when=_where_when(session, clock, kept),
        score=round(scored.bits, 3),
        why=reasons(scored.categories),
        level=_level(scored.bits),
    )


def _candidate_of_card(card: Card, scored: Scored) -> Candidate:
    """Somebody known from another fair."""
    names = (card.given_names, card.first_surname, card.second_surname)
    return Candidate(
        attendee=card.subject,
        name=" ".join(filter(None, names)),
        birth_date=card.birth_date,
        birth_estimated=False,
        documents=tuple(f"{paper.type} {paper.number}" for paper in card.documents),
        municipality=card.municipality,
        where_when=_("Conocida de una feria anterior"),
        score=round(scored.bits, 3),
        why=reasons(scored.categories),
        level=_level(scored.bits),
        card=True,
    )


def _level(bits: float) -> Level:
    frozen = weights()
    if bits >= frozen.sure:
        return "sure"
    return "look" if bits >= frozen.look else "maybe"


def _where_when(session: Session, clock: Clock, kept: Kept) -> str:
    """When and where she was registered: "Registrada hace 11 minutos en el punto B"."""
    at = milliseconds(kept.created)
    point = next((one.point for station, one in reference.stations(session) if station == kept.station), "")
    when = _ago(max(0, clock.now_ms() - at) // _MINUTE_MS)
    if not point:
        return _("Registro {when}").format(when=when)
    return _("Registro {when}, punto {point}").format(when=when, point=point)


def _ago(minutes: int) -> str:
    if minutes < 1:
        return _("de hace un momento")
    if minutes < _HOUR:
        return ngettext("de hace {n} minuto", "de hace {n} minutos", minutes).format(n=minutes)
    if minutes < _DAY:
        hours = minutes // _HOUR
        return ngettext("de hace {n} hora", "de hace {n} horas", hours).format(n=hours)
    days = timedelta(minutes=minutes).days
    return ngettext("de hace {n} día", "de hace {n} días", days).format(n=days)


def warned(candidates: Sequence[Candidate]) -> bool:
    """Whether the registrar should look before saving: somebody is likely to be this very person."""
    return any(candidate.level != "maybe" for candidate in candidates)
