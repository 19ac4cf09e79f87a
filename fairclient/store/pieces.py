"""Many values for one statement: a few hundred at a time, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, TypeVar

T = TypeVar("T")

_AT_ONCE: Final = 400
"""SQLite takes some thousands of values; more at a time is no faster."""


def in_pieces(values: Collection[T]) -> Iterator[tuple[str, tuple[T, ...]]]:
    """Pieces of ``values``, each behind its question marks: ("?,?,?", (a, b, c))."""
    ordered = tuple(values)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        yield ",".join("?" * len(some)), some
