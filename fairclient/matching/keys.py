"""The keys of the likeness index: small numbers that two records of one person nearly always share.

Pairs of short sounds find a person whatever is missing, swapped or in the wrong field; a pair of whole sounds
keeps frequent names apart; the year with a name's sound, and the sorted figures of dates and papers, forgive
what hurried fingers do.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final
from zlib import crc32

from fairclient.matching.profile import Profile
from fairclient.matching.spanish import short_sound, sound

KEY_BITS: Final = 28
_MASK: Final = (1 << KEY_BITS) - 1
_MOST_WORDS: Final = 5


def keys_of(profile: Profile) -> frozenset[int]:
    """All keys of a person or of what was typed so far."""
    return frozenset([crc32(text.encode()) & _MASK for text in _texts(profile)])


def _texts(profile: Profile) -> list[str]:
    given, surnames = profile.given.split(), profile.surnames.split()
    sounds = sorted({short_sound(word) for word in (given + surnames)[:_MOST_WORDS]})
    known = [heard for heard in sounds if len(heard) > 1]
    texts = [f"p{one}.{other}" for one, other in combinations(known, 2)]
    if given and surnames:
        texts.append(f"f{sound(given[0])}.{sound(surnames[0])}")
    if profile.birth:
        texts += _of_birth(profile.birth, known)
    texts += ["d" + "".join(sorted(paper.number)) for paper in profile.papers]
    texts += ["t" + phone for phone in profile.phones]
    return texts


def _of_birth(birth: str, known: list[str]) -> list[str]:
    year, month, day = birth[:4], birth[4:6], birth[6:]
    return [f"b{year}{min(month, day)}{max(month, day)}", *[f"y{year}{heard}" for heard in known]]
