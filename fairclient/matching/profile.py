"""What of a person is compared, folded once and packed into one short text for the index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from fairclient.matching.spanish import words
from sync.wire.attendee import Attendee

_FIELD: Final = "|"
_PART: Final = ";"
_APART: Final = re.compile(r"[^0-9A-Z]+")
_LOCAL: Final = 10
"""Figures of a Colombian telephone number; foreign prefixes before them are left away."""
_LETTER_BEFORE: Final = re.compile(r"^[VEP](?=[0-9]{5,}$)")
_LEAST_PAPER: Final = 4
_LEAST_PHONE: Final = 7
_MOST: Final = 4
"""Papers and telephones of one person that are compared."""


class Paper(NamedTuple):
    """A document: its kind ("" where nobody said) and its number in plain capitals and figures."""

    kind: str
    number: str


class Profile(NamedTuple):
    """A person as compared: names as folded words, birth as "20010409" or ""."""

    given: str
    first: str
    second: str
    birth: str
    sex: str
    papers: tuple[Paper, ...]
    phones: tuple[str, ...]
    municipality: str

    @property
    def surnames(self) -> str:
        """Both surnames in one line; which field they stood in is not remembered well by people."""
        return f"{self.first} {self.second}".strip()


def profile_of(attendee: Attendee) -> Profile:
    """The profile of a registered person."""
    return make(
        (attendee.given_names, attendee.first_surname, attendee.second_surname),
        birth="" if attendee.birth_date is None else attendee.birth_date.isoformat().replace("-", ""),
        sex=attendee.sex,
        papers=((document.type, document.number) for document in attendee.documents),
        phones=(phone.number for phone in attendee.phones),
        municipality=attendee.municipality,
    )


def make(
    names: tuple[str, str, str],
    birth: str = "",
    sex: str = "",
    papers: Iterable[tuple[str, str]] = (),
    phones: Iterable[str] = (),
    municipality: str = "",
) -> Profile:
    """A profile from what was typed; numbers that say nothing ("0", "999999999") are left out."""
    given, first, second = (" ".join(words(name)) for name in names)
    numbers = (Paper(kind, paper_number(number)) for kind, number in papers)
    calls = (phone_number(phone) for phone in phones)
    return Profile(
        given,
        first,
        second,
        birth,
        sex,
        tuple(dict.fromkeys(paper for paper in numbers if paper.number))[:_MOST],
        tuple(dict.fromkeys(call for call in calls if call))[:_MOST],
        municipality,
    )


def paper_number(text: str) -> str:
    """A document number without signs and the letter of the nationality; "" for one that says nothing."""
    plain = _LETTER_BEFORE.sub("", _APART.sub("", text.upper()[:64]))
    return plain if len(plain) >= _LEAST_PAPER and len(set(plain)) > 1 else ""


def phone_number(text: str) -> str:
    """The last ten figures of a telephone number; "" for one that says nothing ("3000000000")."""
    figures = "".join(letter for letter in text if "0" <= letter <= "9")[-_LOCAL:]
    return figures if len(figures) >= _LEAST_PHONE and len(set(figures[-_LEAST_PHONE:])) > 1 else ""


def pack(profile: Profile) -> str:
    """One line of text; ``unpack`` gives the profile back."""
    papers = _PART.join(f"{kind}:{number}" for kind, number in profile.papers)
    return _FIELD.join(
        (
            profile.given,
            profile.first,
            profile.second,
            profile.birth,
            profile.sex,
            papers,
            _PART.join(profile.phones),
            profile.municipality,
        )
    )


def unpack(text: str) -> Profile:
    """The profile of a line that ``pack`` wrote."""
    given, first, second, birth, sex, papers, phones, municipality = text.split(_FIELD)
    return Profile(given, first, second, birth, sex, papers_of(papers), phones_of(phones), municipality)


def papers_of(packed: str) -> tuple[Paper, ...]:
    """The documents of a packed profile's field."""
    if not packed:
        return ()
    return tuple(Paper(*paper.split(":", 1)) for paper in packed.split(_PART))


def phones_of(packed: str) -> tuple[str, ...]:
    """The telephones of a packed profile's field."""
    return tuple(packed.split(_PART)) if packed else ()
