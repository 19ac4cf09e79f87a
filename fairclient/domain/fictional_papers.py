"""Papers for invented people: of kinds that fit, with numbers of series that were never given out."""

from __future__ import annotations

from random import Random
from typing import Final

from fairclient.domain.birth import ADULT
from sync.wire.attendee import Document

_YOUNGEST_TI: Final = 7

# Kind and share in a hundred of the papers that people of a group carry; "" is none. The permits' share
# follows the DANE migration survey (July 2023), the rest is our guess.
_VENEZUELAN_ADULT: Final = {"PPT": 57, "CV": 19, "PEP": 4, "PA": 4, "SC": 1, "": 15}
_VENEZUELAN_CHILD: Final = {"PPT": 54, "PN": 25, "": 21}
_COLOMBIAN_ADULT: Final = {"CC": 96, "": 4}
_COLOMBIAN_CHILD: Final = {"TI": 88, "RC": 8, "": 4}
_COLOMBIAN_SMALL: Final = {"RC": 94, "": 6}
_SECOND_PAPER: Final = 0.35
"""Share of Venezuelan adults with a permit who also show their card from home."""

# How a number begins, so that it is nobody's, and how many figures follow.
_SERIES: Final = {
    "CC": ("19", 8),
    "TI": ("19", 8),
    "RC": ("19", 8),
    "PPT": ("9", 6),
    "PEP": ("99", 13),
    "CV": ("V9", 7),
    "PA": ("ZZ", 7),
    "PN": ("9", 6),
    "SC": ("ZZ", 6),
}
_ISSUER: Final = {"CV": "VEN", "PN": "VEN", "PA": "VEN"}


class Papers:
    """Gives papers, no number twice."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._given: set[tuple[str, str]] = set()

    def of(self, nationality: str, age: int) -> tuple[Document, ...]:
        """The papers of a person of that nationality and age (whole years): none, one or two."""
        shares = _shares(nationality, age)
        kind = self._draw.choices(tuple(shares), tuple(shares.values()))[0]
        if not kind:
            return ()
        first = self._paper(kind)
        if kind == "PPT" and age >= ADULT and self._draw.random() < _SECOND_PAPER:
            return first, self._paper("CV")
        return (first,)

    def _paper(self, kind: str) -> Document:
        start, figures = _SERIES[kind]
        while True:
            number = f"{start}{self._draw.randrange(10**figures):0{figures}}"
            if (kind, number) not in self._given:
                self._given.add((kind, number))
                return Document(type=kind, number=number, country=_ISSUER.get(kind, "COL"))


def _shares(nationality: str, age: int) -> dict[str, int]:
    if nationality == "VEN":
        return _VENEZUELAN_ADULT if age >= ADULT else _VENEZUELAN_CHILD
    if age >= ADULT:
        return _COLOMBIAN_ADULT
    return _COLOMBIAN_CHILD if age >= _YOUNGEST_TI else _COLOMBIAN_SMALL
