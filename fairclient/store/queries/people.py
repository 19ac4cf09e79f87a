"""Finding people: by any part of their names, a document, a telephone or the code on their slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from fairclient.store.queries.names import full_name
from fairclient.store.queries.person import PersonPage, ReferralState, person
from fairclient.store.queries.person_moments import Moment
from fairclient.store.queries.rows import by_ids
from fairclient.store.search_keys import DOCUMENT, NAME, PHONE, compact, digits, words
from sync.wire.attendee import Attendee

__all__ = ["FoundPerson", "Moment", "PersonPage", "ReferralState", "find", "full_name", "person"]

_AFTER: Final = "\U0010ffff"
_LEAST: Final = {"document": 3, "phone": 5, "slip": 5}
"""How many characters make a search worth its answer."""

_BEFORE: Final = ("", "v", "e", "0", "00")
"""What may stand before the figures of a document's number."""

_WHOLE_CODE: Final = 9
"""Characters of a slip's code. One in thirty has no digit, and then only a whole one is told from a name."""

_CROCKFORD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters that a hand-written code confuses with digits (Crockford's base 32)."""


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who fits; ``why`` is "name", "document", "phone" or "slip": what the text was found in."""

    attendee: str
    name: str
    birth_date: date | None
    birth_estimated: bool
    sex: str
    nationality: str
    document: str
    municipality: str
    why: str


def find(session: Session, text: str, limit: int = 20) -> list[FoundPerson]:
    """The people whom ``text`` fits, at most ``limit``; an empty text fits nobody."""
    why: dict[str, str] = {}
    for reason, subjects in _searches(session, text, limit):
        for subject in subjects:
            if len(why) < limit:
                why.setdefault(subject, reason)
    found = {kept.subject: fact for kept, fact in by_ids(session, Attendee, "subject", list(why))}
    return [_found(subject, found[subject], reason) for subject, reason in why.items() if subject in found]


def by_id(session: Session, attendee: str, why: str) -> list[FoundPerson]:
    """One person as if she had been searched for; nobody where she isn't known here."""
    found = by_ids(session, Attendee, "subject", [attendee])
    return [_found(kept.subject, fact, why) for kept, fact in found]


def _searches(session: Session, text: str, limit: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Each way in which ``text`` may be meant, the most exact first."""
    typed = words(text)
    if not typed:
        return
    has_digit = any(letter.isdigit() for letter in text)
    number = compact(text)
    if (has_digit and len(number) >= _LEAST["slip"]) or len(number) == _WHOLE_CODE:
        yield "slip", _by_slip(session, number.upper().translate(_CROCKFORD), limit)
    if has_digit and len(number) >= _LEAST["document"]:
        for written in _as_written(number):
            yield "document", _by_key(session, DOCUMENT + written, (), limit)
    if len(digits(text)) >= _LEAST["phone"] and not any(letter.isalpha() for letter in text):
        yield "phone", _by_key(session, PHONE + digits(text), (), limit)
    yield "name", _by_name(session, typed, limit)


def _as_written(number: str) -> Iterable[str]:
    """A number as it may stand on papers: people leave out the letter of a Venezuelan card, and noughts."""
    bare = number.lstrip("0")
    if not bare.isdigit():
        return (number,)
    return dict.fromkeys((number, *(before + bare for before in _BEFORE)))


def _by_name(session: Session, typed: list[str], limit: int) -> list[str]:
    """The longest word leads into the tree; the same keys show whether the others fit as well."""
    lead = max(typed, key=len)
    others = list(typed)
    others.remove(lead)
    return _by_key(session, NAME + lead, others, limit)


def _by_key(session: Session, prefix: str, others: Sequence[str], limit: int) -> list[str]:
    # A person has a key for each word of her name and may be met twice in one range.
    statement = "SELECT subject FROM search_key WHERE key >= ? AND key < ?" + " AND key LIKE ?" * len(others)
    values = (prefix, prefix + _AFTER, *(f"% {word}%" for word in others))
    return _run(session, f"{statement} LIMIT {3 * limit}", values)


def _by_slip(session: Session, code: str, limit: int) -> list[str]:
    return _run(
        session,
        f"SELECT attendee FROM slip WHERE code >= ? AND code < ? LIMIT {limit}",
        (code, code + _AFTER),
    )


def _run(session: Session, statement: str, values: tuple[Any, ...]) -> list[str]:
    return list(dict.fromkeys(session.connection().exec_driver_sql(statement, values).scalars()))


def _found(subject: str, fact: Attendee, why: str) -> FoundPerson:
    first = next(iter(fact.documents), None)
    return FoundPerson(
        attendee=subject,
        name=full_name(fact),
        birth_date=fact.birth_date,
        birth_estimated=fact.birth_estimated,
        sex=fact.sex,
        nationality=fact.nationality,
        document=f"{first.type} {first.number}" if first else "",
        municipality=fact.municipality,
        why=why,
    )
