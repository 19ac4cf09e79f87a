"""How alike two names are: word beside word, told as one of a few categories."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from fairclient.base.resources import path
from fairclient.matching.spanish import sound

SAME, CLOSE, SHORT, OTHER = 3, 2, 1, 0
"""How two words compare: the same, misspelt, an initial or a pet name of the other, another word."""

_LEAST_FUZZY: Final = 4
_FAR_FUZZY: Final = 7
_ALIKE: Final = 0.93
_FAINT: Final = 0.72


class Aligned(NamedTuple):
    """Pairs (place in one, place in other, likeness), and how many words of each side have no partner."""

    pairs: tuple[tuple[int, int, int], ...]
    left: int
    right: int

    @property
    def weakest(self) -> int:
        """The likeness of the pair that is least alike."""
        return min((likeness for _one, _other, likeness in self.pairs), default=OTHER)


@cache
def pet_names() -> frozenset[tuple[str, str]]:
    """Pairs of a pet name and the name it stands for, both ways, in sounds."""
    with path("matching/pet_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["short"], row["name"]) for row in csv.DictReader(file)]
    heard = {(sound(short), sound(name)) for short, name in rows}
    return frozenset(heard | {(name, short) for short, name in heard})


@lru_cache(maxsize=60_000)
def likeness(one: str, other: str) -> int:
    """How alike two folded words are."""
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return SHORT if one[0] == other[0] else OTHER
    heard, also = sound(one), sound(other)
    if heard == also:
        return CLOSE
    if (heard, also) in pet_names():
        return SHORT
    return CLOSE if _misspelt(one, other) or _misspelt(heard, also) else OTHER


def _misspelt(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    if shortest < _LEAST_FUZZY:
        return shortest == _LEAST_FUZZY - 1 and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1
    allowed = 2 if shortest >= _FAR_FUZZY else 1
    if DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed:
        return True
    return JaroWinkler.similarity(one, other, score_cutoff=_ALIKE) >= _ALIKE


def align(one: Sequence[str], other: Sequence[str]) -> Aligned:
    """Each word of ``one`` beside the most alike of ``other`` that is still free, the surest pairs first."""
    free, taken = list(range(len(one))), list(range(len(other)))
    pairs = []
    for at, word in enumerate(one):
        place = next((place for place in (at, *taken) if place in taken and other[place] == word), None)
        if place is not None:
            free.remove(at)
            taken.remove(place)
            pairs.append((at, place, SAME))
    if free and taken:
        pairs += _align_rest(one, other, free, taken)
    return Aligned(tuple(sorted(pairs)), len(free), len(taken))


def _align_rest(
    one: Sequence[str], other: Sequence[str], free: list[int], taken: list[int]
) -> list[tuple[int, int, int]]:
    """Pair the words that aren't the same, and take the paired ones out of ``free`` and ``taken``."""
    every = [
        (alike, -abs(at - place), at, place)
        for at in free
        for place in taken
        if (alike := likeness(one[at], other[place]))
    ]
    pairs = []
    for alike, _near, at, place in sorted(every, reverse=True):
        if at in free and place in taken:
            free.remove(at)
            taken.remove(place)
            pairs.append((at, place, alike))
    return pairs


class Compared(NamedTuple):
    """A category of names ("" where nothing can be said), and the other side's words that have a partner."""

    category: str
    shared: tuple[str, ...] = ()


def given_names(one: Sequence[str], other: Sequence[str]) -> Compared:
    """How two people's given names compare.

    ``same``, ``misspelt``, ``short`` (an initial, a pet name); ``one-more`` and ``first-missing`` where a
    word stands on one side only; ``one-more-misspelt``; ``one-of-two`` where both have a word of their own;
    ``other``. The last two are ``one-unclear`` and ``unclear`` where the words left over are a little alike:
    two slips in one word, rather than a sister's name.
    """
    if not one or not other:
        return Compared("")
    found = align(one, other)
    faint = bool(found.left and found.right) and _faint(one, other, found)
    if not found.pairs:
        return Compared("unclear" if faint else "other")
    return Compared(_given(found, faint), _shared(found, other))


def _faint(one: Sequence[str], other: Sequence[str], found: Aligned) -> bool:
    """Whether any two words that found no partner are a little alike."""
    ours, theirs = {pair[0] for pair in found.pairs}, {pair[1] for pair in found.pairs}
    return any(
        JaroWinkler.similarity(word, beside) >= _FAINT
        for at, word in enumerate(one)
        if at not in ours
        for place, beside in enumerate(other)
        if place not in theirs
    )


def _given(found: Aligned, faint: bool) -> str:
    if found.left and found.right:
        return "one-unclear" if faint else "one-of-two"
    if not found.left and not found.right:
        return {SAME: "same", CLOSE: "misspelt", SHORT: "short"}[found.weakest]
    if found.weakest < SAME:
        return "one-more-misspelt"
    return "one-more" if found.pairs[0][:2] == (0, 0) else "first-missing"


def surnames(one: Sequence[str], other: Sequence[str]) -> Compared:
    """How two people's surnames compare.

    ``same``, ``misspelt``; ``swapped``; ``second-missing``, ``first-missing`` (what is there is the other's
    second); ``first-only``, ``second-only``, ``crossed`` where one is shared and one differs.
    """
    if not one or not other:
        return Compared("")
    found = align(one, other)
    if not found.pairs:
        return Compared("other")
    straight = all(at == place for at, place, _alike in found.pairs)
    return Compared(_surnames(found, straight), _shared(found, other))


def _surnames(found: Aligned, straight: bool) -> str:
    if found.left and found.right:
        if not straight:
            return "crossed"
        return "first-only" if found.pairs[0][0] == 0 else "second-only"
    if not found.left and not found.right:
        if not straight:
            return "swapped"
        return "same" if found.weakest == SAME else "misspelt"
    if not straight:
        return "first-missing"
    return "second-missing" if found.weakest == SAME else "second-missing-misspelt"


def moved(one: Sequence[str], other: Sequence[str]) -> Compared:
    """How all words of two names compare where the fields don't agree: words in the wrong field.

    ``all`` where each has its partner, ``some`` where only the shorter name's words do, "" otherwise.
    """
    found = align(one, other)
    if len(found.pairs) < 2 or (found.left and found.right) or found.weakest < CLOSE:
        return Compared("")
    return Compared("some" if found.left or found.right else "all", _shared(found, other))


def _shared(found: Aligned, other: Sequence[str]) -> tuple[str, ...]:
    return tuple(other[place] for _at, place, _alike in found.pairs)
