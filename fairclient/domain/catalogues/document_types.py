"""The papers that people carry: who usually holds each, and what its number usually looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from fairclient.base.words import SOURCE, language
from fairclient.domain.catalogues.choices import Choice, choices

Use = Literal["offered", "historical", "number", "none"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of paper; every bound only ever warns, because the tables behind it are not the law.

    `use`: offered while registering, historical (no longer issued), a number that is no paper, or none (the
    person has no paper). `youngest`, `oldest`: whole years of its usual holder. `pattern` is matched
    against the normalised number (no blanks, dots or dashes; capitals).
    """

    choice: Choice
    use: Use
    issuer: str
    nationality: str
    expires: bool
    youngest: int | None
    oldest: int | None
    pattern: re.Pattern[str] | None

    @property
    def code(self) -> str:
        """The code that is stored."""
        return self.choice.code

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.choice.name

    @property
    def format_words(self) -> str:
        """What the number usually looks like, in words; "" where nobody knows."""
        extra = self.choice.extra
        return extra.get(f"format_{language()}") or extra[f"format_{SOURCE}"]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(_document_type(choice) for choice in choices("document_types"))


def document_type(code: str) -> DocumentType | None:
    """The one with this code; None where there is none."""
    return next((found for found in document_types() if found.code == code), None)


def _document_type(choice: Choice) -> DocumentType:
    extra = choice.extra
    return DocumentType(
        choice=choice,
        use=cast(Use, extra["use"]),
        issuer=extra["issuer"],
        nationality=extra["nationality"],
        expires=extra["expires"] == "yes",
        youngest=_years(extra["youngest"]),
        oldest=_years(extra["oldest"]),
        pattern=re.compile(extra["pattern"], re.ASCII) if extra["pattern"] else None,
    )


def _years(text: str) -> int | None:
    return int(text) if text else None
