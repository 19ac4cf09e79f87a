"""How alike two people's documents and telephones are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from fairclient.matching.profile import Paper

_LEAST_NEAR: Final = 6


def papers(one: Sequence[Paper], other: Sequence[Paper]) -> str:
    """The category of two people's documents, "" where one has none or their kinds can't be compared.

    ``same`` (also where the kind wasn't said); ``same-number`` under another kind; ``near``: one figure, or
    two that changed places (``near-other`` under another kind); ``against``: another number of one same kind;
    ``unknown-other``: another number, the kind wasn't said. Another kind with another number says nothing:
    people come back with another paper.
    """
    found = ""
    for kind, number in one:
        for also, beside in other:
            found = max(
                found, _paper(kind == also, not kind or not also, number, beside), key=_RANK.__getitem__
            )
    return found


_RANK: Final = {
    "": 0,
    "unknown-other": 1,
    "against": 2,
    "near-other": 3,
    "near": 4,
    "same-number": 5,
    "same": 6,
}


def _paper(same_kind: bool, unsaid: bool, number: str, beside: str) -> str:
    if number == beside:
        return "same" if same_kind or unsaid else "same-number"
    if slipped(number, beside):
        return "near" if same_kind or unsaid else "near-other"
    if same_kind:
        return "against"
    return "unknown-other" if unsaid else ""


def phones(one: Sequence[str], other: Sequence[str]) -> str:
    """``same``, ``near``, ``other``, or "" where one has no telephone."""
    if not one or not other:
        return ""
    if not set(one).isdisjoint(other):
        return "same"
    return "near" if any(slipped(phone, beside) for phone in one for beside in other) else "other"


def slipped(one: str, other: str) -> bool:
    """Whether two numbers differ by one figure or by two neighbours that changed places."""
    if min(len(one), len(other)) < _LEAST_NEAR or abs(len(one) - len(other)) > 1:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1
