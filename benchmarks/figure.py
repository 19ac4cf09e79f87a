"""A measured figure, and the arithmetic that figures share."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table; `peer` says what it is measured against, `budget` is what design asks for."""

    name: str
    value: float
    unit: str
    budget: str
    peer: str
    good: bool | None = None


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value below which `percent` of the values lie (nearest rank)."""
    ordered = sorted(values)
    rank = max(0, min(len(ordered) - 1, round(percent / 100 * len(ordered)) - 1))
    return ordered[rank]


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(
    ours: Callable[[int], object], peer: Callable[[int], object], rounds: int, warm: int = 3
) -> tuple[list[float], list[float]]:
    """Time two things in turn, so that a noisy machine is noisy for both; `warm` rounds are not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(-warm, rounds):
        for work, kept in zip((ours, peer), times, strict=True):
            taken = seconds(lambda work=work, number=number: work(number + warm))  # type: ignore[misc]
            if number >= 0:
                kept.append(taken)
    return times
