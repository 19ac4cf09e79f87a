"""Answer a file of queries, a JSON object a line, with the people who look alike: the page's own look-up."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.usecases.look_alike import Candidate, Query, look_alike
from fairclient.usecases.workplace import Workplace

_LONGEST_LINE: Final = 64 * 1024
_TEXTS: Final = (
    "given_names",
    "first_surname",
    "second_surname",
    "document_type",
    "document_number",
    "phone",
    "sex",
    "municipality",
)
_LONGEST_TEXT: Final = 400


@dataclass(frozen=True)
class Answer:
    """What one line gave; ``ms`` is how long the look took."""

    line: int
    ms: float
    candidates: tuple[Candidate, ...]

    def as_dict(self) -> dict[str, Any]:
        """For a program to read."""
        return {
            "ms": self.ms,
            "candidates": [
                {
                    "attendee": found.attendee,
                    "score": found.score,
                    "why": list(found.why),
                    "level": found.level,
                }
                for found in self.candidates
            ],
        }


def answers(place: Workplace, source: Path) -> Iterator[Answer]:
    """Answer the lines of a file one after the other; empty lines are passed over.

    Raises BadInput for a file that can't be read or a line that is no query, in words that name the line.
    """
    try:
        with source.open("rb") as file:
            number = 0
            while raw := file.readline(_LONGEST_LINE + 1):
                number += 1
                if raw.strip():
                    yield _answer(place, number, _query(number, raw))
    except OSError as error:
        raise BadInput(
            _("No se pudo leer el archivo {name}.").format(name=source.name), code="unreadable-file"
        ) from error


def _answer(place: Workplace, line: int, query: Query) -> Answer:
    start = time.perf_counter()
    found = look_alike(place, query)
    return Answer(line, round((time.perf_counter() - start) * 1000, 3), tuple(found))


def _query(number: int, raw: bytes) -> Query:
    try:
        if len(raw) > _LONGEST_LINE:
            raise ValueError("too long")
        kept = json.loads(raw)
        if not isinstance(kept, dict):
            raise ValueError("no object")
        born = str(kept.get("birth_date") or "")
        return Query(
            **{name: str(kept.get(name) or "")[:_LONGEST_TEXT] for name in _TEXTS},  # type: ignore[arg-type]
            birth_date=date.fromisoformat(born[:10]) if born else None,
        )
    except (ValueError, RecursionError) as error:
        raise BadInput(
            _("La línea {n} no es una consulta.").format(n=number),
            _("No se cambió nada."),
            _("Cada línea es un objeto JSON, y birth_date se escribe así: 2001-04-09."),
            code="bad-query",
        ) from error
