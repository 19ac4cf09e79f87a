"""The answers of a form as the rules look at them: tidied, read, and nothing decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from fairclient.base.errors import BadInput
from fairclient.domain.birth import Birth, is_minor, parse_birth
from fairclient.domain.catalogues import DocumentType, document_type
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.normalise import tidy
from fairclient.domain.phones import normalise_phone

Form = Mapping[str, str]
"""What stands in the fields, by key.

A field of the fact goes by its own name, the parts of documents and phones as `documents.0.type` and
`phones.0.number`; several codes are joined by a semicolon. `household` and `representative` may say that the
person belongs to a family, or is represented by somebody.
"""

MOST_DOCUMENTS: Final = 12
MOST_PHONES: Final = 8
DIVIDER: Final = ";"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it was typed, its number normalised; `at` is its place in the form."""

    at: int
    type: str
    number: str
    country: str
    expires: str

    @property
    def kind(self) -> DocumentType | None:
        """What the catalogue knows about its type."""
        return document_type(self.type)

    def key(self, part: str) -> str:
        """The form's key of one of its parts."""
        return part_key("documents", self.at, part)


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone as it was typed, its number normalised; `at` is its place in the form."""

    at: int
    number: str
    owner: str

    @property
    def key(self) -> str:
        """The form's key of its number."""
        return part_key("phones", self.at, "number")


@dataclass(frozen=True)
class Answers:
    """A form on a day; readings are made once, when a rule first asks."""

    form: Form
    today: date

    def text(self, key: str) -> str:
        """An answer on one line, without what can't be seen; "" where nothing was answered."""
        return tidy(self.form.get(key, ""))

    def many(self, key: str) -> tuple[str, ...]:
        """The codes of an answer of several, each once, in order."""
        codes = (code.strip() for code in self.text(key).split(DIVIDER))
        return tuple(dict.fromkeys(code for code in codes if code))

    def places(self, key: str) -> tuple[str, ...]:
        """The codes of an answer whose places mean something; "" where one of them was not answered."""
        text = self.text(key)
        return tuple(code.strip() for code in text.split(DIVIDER)) if text.strip(f"{DIVIDER} ") else ()

    @cached_property
    def birth(self) -> Birth | None:
        """When the person was born; None where there is no answer or it can't be read."""
        try:
            return parse_birth(self.text("birth_date"), self.today)
        except BadInput:
            return None

    @property
    def age(self) -> int | None:
        """Whole years today."""
        return self.birth.age(self.today) if self.birth else None

    @property
    def is_minor(self) -> bool:
        """Whether the person is known to be under age."""
        return is_minor(self.birth.day if self.birth else None, self.today)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents of which anything was typed."""
        papers = (self._paper(at) for at in range(MOST_DOCUMENTS) if self._has("documents", at))
        return tuple(paper for paper in papers if paper.type or paper.number)

    @cached_property
    def telephones(self) -> tuple[Telephone, ...]:
        """The telephones of which a number was typed."""
        telephones = (self._telephone(at) for at in range(MOST_PHONES) if self._has("phones", at))
        return tuple(telephone for telephone in telephones if telephone.number)

    def _has(self, field: str, at: int) -> bool:
        return any(part_key(field, at, part) in self.form for part in ("type", "number"))

    def _paper(self, at: int) -> Paper:
        kind = self.text(part_key("documents", at, "type")).upper()
        return Paper(
            at,
            kind,
            normalise_number(kind, self.form.get(part_key("documents", at, "number"), "")),
            self.text(part_key("documents", at, "country")).upper(),
            self.text(part_key("documents", at, "expires")),
        )

    def _telephone(self, at: int) -> Telephone:
        return Telephone(
            at,
            normalise_phone(self.form.get(part_key("phones", at, "number"), "")),
            self.text(part_key("phones", at, "owner")),
        )


def part_key(field: str, at: int, part: str) -> str:
    """The form's key for a part of the ``at``-th document or phone (from 0)."""
    return f"{field}.{at}.{part}"
