"""The versions of the contract that this code speaks, each step dated and told."""

from __future__ import annotations

from typing import Final

MIN: Final = 1
MAX: Final = 1

HISTORY: Final[dict[int, tuple[str, str]]] = {
    1: (
        "2026-11-22",
        "First version: nineteen kinds of facts, digest chain, sealed batches, signed receipts.",
    ),
}


def common(other_min: int, other_max: int) -> int | None:
    """Return the highest version that both ends speak, or None where there is none."""
    best = min(MAX, other_max)
    return best if best >= max(MIN, other_min) else None
