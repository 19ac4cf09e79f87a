"""The order in which codes stand in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def in_order(order: Sequence[str], found: Iterable[str]) -> tuple[str, ...]:
    """What was found, in the order given; what has no place in it comes last."""
    there = set(found)
    known = [code for code in order if code in there]
    return tuple(known + sorted(there.difference(known)))
