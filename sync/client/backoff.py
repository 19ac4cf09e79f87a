"""How long to wait before the next pass: longer after each failure, never for long, never all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FIRST_S: Final = 1.0
CAP_S: Final = 30.0
"""Half of the minute within which a healed network must see the queue empty; the rest is for the pass."""
SERVER_CAP_S: Final = 300.0
"""However long a server asks to be left alone, it is asked again after five minutes."""


class Backoff:
    """Waits grow from 1 s by doubling to 30 s, each drawn from the upper half of its range.

    The draw keeps forty laptops that lost the network together from coming back together. What a server asks
    for with Retry-After is honoured up to `SERVER_CAP_S`. Pure: neither sleeps nor reads a clock by itself.
    """

    def __init__(self, now: Callable[[], float], draw: Callable[[], float], cap_s: float = CAP_S) -> None:
        """`now` gives monotonic seconds; `draw` a number in [0, 1), such as `random.random`."""
        self._now = now
        self._draw = draw
        self._cap_s = cap_s
        self._failures = 0
        self._due = now()

    @property
    def failures(self) -> int:
        """Failures in a row."""
        return self._failures

    def failed(self, retry_after: float | None = None) -> float:
        """Take note of a failure; return the seconds until the next try, and keep them for `wait_s`."""
        ceiling = min(self._cap_s, FIRST_S * 2.0 ** min(self._failures, 32))
        wait = ceiling * (1 + self._draw()) / 2
        if retry_after is not None:
            wait = max(wait, min(retry_after, SERVER_CAP_S))
        self._failures += 1
        self._due = self._now() + wait
        return wait

    def reset(self) -> None:
        """Forget all failures: a pass went well, the network changed, or a person pressed Sync."""
        self._failures = 0
        self._due = self._now()

    def wait_s(self) -> float:
        """Return the seconds until the next try is due, 0 when it is now."""
        return max(0.0, self._due - self._now())
