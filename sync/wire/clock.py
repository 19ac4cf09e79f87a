"""The hybrid logical clock: orders what happened on different laptops without trusting any of their clocks.

After Kulkarni, Demirbas, Madeppa, Avva and Leone, "Logical Physical Clocks and Consistent Snapshots in
Globally Distributed Databases" (2014). Readings from others are clamped to a day ahead, so that one laptop
whose clock is ten years fast does not drag the others along.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

ZERO: Final = "0" * 16
MAX_AHEAD_MS: Final = 24 * 3600 * 1000
_COUNTER_BITS: Final = 16
_MAX_READING: Final = (1 << 64) - 1


def pack(milliseconds: int, counter: int = 0) -> str:
    """Return a reading as 16 hex digits: 12 of Unix milliseconds, 4 of the counter."""
    return f"{(milliseconds << _COUNTER_BITS) | counter:016x}"


def milliseconds(hlc: str) -> int:
    """Return the Unix milliseconds of a reading, for showing."""
    return int(hlc, 16) >> _COUNTER_BITS


class HybridClock:
    """Gives readings that grow, whatever the wall clock does."""

    def __init__(self, wall_ms: Callable[[], int], last: str = ZERO) -> None:
        """Start after `last`, the greatest reading that this station has written or seen."""
        self._wall_ms = wall_ms
        self._last = int(last, 16)

    @property
    def last(self) -> str:
        """The greatest reading so far."""
        return f"{self._last:016x}"

    def tick(self) -> str:
        """Return a reading greater than all before it."""
        wall = max(0, self._wall_ms()) << _COUNTER_BITS
        self._last = min(max(self._last + 1, wall), _MAX_READING)
        return self.last

    def witness(self, hlc: str) -> None:
        """Take note of another station's reading; one more than a day ahead of this wall clock is clamped."""
        ceiling = (max(0, self._wall_ms()) + MAX_AHEAD_MS) << _COUNTER_BITS
        self._last = max(self._last, min(int(hlc, 16), ceiling))
