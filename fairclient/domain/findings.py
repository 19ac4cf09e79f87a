"""What is worth telling about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["refuse", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about one answer.

    `field` is the key of the answer in the form; `refuse` can't be saved so, `warn` asks for a second look
    and never stops anybody. `code` is a stable English word for tests and scripts; `words` are in the
    user's language.
    """

    field: str
    level: Level
    code: str
    words: str


def refuse(field: str, code: str, words: str) -> Finding:
    """A finding that stands in the way of saving."""
    return Finding(field, "refuse", code, words)


def warn(field: str, code: str, words: str) -> Finding:
    """A finding that asks for a second look."""
    return Finding(field, "warn", code, words)
