"""The frozen parameters of likeness: how often each category is seen, and how common words are."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from fairclient.base.resources import path
from fairclient.matching.spanish import sound

RARE_BITS: Final = 13.0
"""Bits of a word that no list of common names has: about one person in eight thousand."""
_STEPS: Final = (6.0, 9.0, 12.0, 16.0)
FIELDS: Final = ("given", "surnames", "moved", "birth", "sex", "papers", "phones", "municipality")


class Odds(NamedTuple):
    """How likely a category is between records of one person, a family, strangers (natural logarithms)."""

    match: float
    family: float
    stranger: float


NOTHING: Final = Odds(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Weights:
    """What benchmarks/estimate_likeness.py found out and keeps in resources/matching/weights.json."""

    prior_family: float
    prior_stranger: float
    sure: float
    look: float
    bits: Mapping[str, float]
    tables: Mapping[str, Mapping[str, Odds]]

    def odds(self, field: str, category: str) -> Odds:
        """What a category of a field says; a category nobody has met says nothing."""
        return self.tables[field].get(category, NOTHING) if category else NOTHING

    def rarity(self, words: tuple[str, ...]) -> int:
        """How rare some words are together, in five steps."""
        total = sum(self.bits.get(sound(word), RARE_BITS) for word in words)
        return sum(total >= step for step in _STEPS)

    def total(self, odds: list[Odds]) -> float:
        """The evidence of independent fields in bits: positive where one person is the likeliest reading."""
        match, family, stranger = 0.0, self.prior_family, self.prior_stranger
        for one in odds:
            match += one[0]
            family += one[1]
            stranger += one[2]
        most = max(family, stranger)
        against = most + math.log1p(math.exp(-abs(family - stranger)))
        return (match - against) / math.log(2)


@cache
def weights() -> Weights:
    """The parameters that this version ships."""
    return read(json.loads(path("matching/weights.json").read_text(encoding="utf-8")))


def read(kept: Mapping[str, object]) -> Weights:
    """The parameters of a file's content."""
    tables = kept["tables"]
    assert isinstance(tables, dict)
    bits = kept["bits"]
    assert isinstance(bits, dict)
    return Weights(
        prior_family=float(str(kept["prior_family"])),
        prior_stranger=float(str(kept["prior_stranger"])),
        sure=float(str(kept["sure"])),
        look=float(str(kept["look"])),
        bits={word: float(value) for word, value in bits.items()},
        tables={
            field: {category: Odds(*values) for category, values in table.items()}
            for field, table in tables.items()
        },
    )
