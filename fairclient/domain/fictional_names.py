"""Names drawn by how common they are, for invented people only."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random
from typing import Final, Literal

from fairclient.domain.catalogues import names

Country = Literal["ve", "co"]

_TWO_GIVEN: Final = 0.62
"""Share of people with two given names; nobody counted it, it looks right."""


def given_names(draw: Random, country: Country, sex: str) -> str:
    """One or two given names as a person of that sex in that country may have."""
    catalogue = f"names_{country}_given_{'male' if sex == 'M' else 'female'}"
    first = _name(draw, catalogue)
    if draw.random() > _TWO_GIVEN:
        return first
    second = _name(draw, catalogue)
    return first if second == first else f"{first} {second}"


def surname(draw: Random, country: Country) -> str:
    """One surname."""
    return _name(draw, f"names_{country}_surnames")


def _name(draw: Random, catalogue: str) -> str:
    texts, weights = _weighted(catalogue)
    return draw.choices(texts, cum_weights=weights)[0]


@cache
def _weighted(catalogue: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    texts, weights = zip(*names(catalogue), strict=True)
    return texts, tuple(accumulate(weights))
