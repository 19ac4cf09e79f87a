"""Spanish names as they sound: folded words without particles, one spelling for what sounds alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from fairclient.domain.normalise import fold

_PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "y", "da", "das", "do", "dos", "di"})
_MOST_WORDS: Final = 6
_LONGEST: Final = 24
_KEY: Final = 3

# In this order: what several letters write first, then single letters.
_SOUNDS: Final = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"),
        ("ch", "1"),
        ("sh", "s"),
        ("h", ""),
        ("ll", "y"),
        ("qu(?=[ei])", "k"),
        ("gu(?=[ei])", "9"),
        ("g(?=[eiy])", "j"),
        ("c(?=[eiy])", "s"),
        ("[ckq]+", "k"),
        ("[zx]", "s"),
        ("wu", "w"),
        ("[vw]", "b"),
        ("9", "g"),
        ("n(?=[bp])", "m"),
        ("^i(?=[aeou])", "y"),
        ("j", "y"),
        ("y(?![aeiou])", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a name without its particles, at most six; "De la Cruz" is ("cruz",)."""
    every = fold(text[:200]).split()
    kept = [word[:_LONGEST] for word in every if word not in _PARTICLES] or every
    return tuple(kept[:_MOST_WORDS])


@lru_cache(maxsize=40_000)
def sound(word: str) -> str:
    """How a folded word sounds: b as v and w, s as z and soft c, ll as y and j, no h, doubles once."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def short_sound(word: str) -> str:
    """The first three letters of the sound: what most misspellings leave alone."""
    return sound(word)[:_KEY]
