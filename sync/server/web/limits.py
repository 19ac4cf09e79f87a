"""How much one station, and all together, may ask of a server: who asks more is told when to come back."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from sync.wire.problem import WireError


class Rate(NamedTuple):
    """`burst` requests at once, then `per_s` a second."""

    burst: float
    per_s: float


STATION: Final = Rate(1500, 500)
"""Ten times what a laptop can write: it only stops one that runs wild."""
STRANGER: Final = Rate(400, 40)
"""For each network address without a session; a whole tent may share one."""
UNDER_WAY: Final = 160
"""Requests with a body that are read and answered at the same time: bounds the memory."""
MAX_KEPT: Final = 20_000
"""Askers that are remembered; the one seen longest ago is forgotten, and starts afresh."""


class TooMany(WireError):
    """An asker that must wait `retry_after` seconds."""

    def __init__(self, code: str, retry_after: int) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Limits:
    """The buckets of one process. Not for several threads: the event loop asks."""

    def __init__(
        self,
        now: Callable[[], float],
        station: Rate = STATION,
        stranger: Rate = STRANGER,
        under_way: int = UNDER_WAY,
    ) -> None:
        """`now` gives monotonic seconds."""
        self._now = now
        self._rates = {True: station, False: stranger}
        self._most = under_way
        self._under_way = 0
        self._left: OrderedDict[tuple[bool, str], tuple[float, float]] = OrderedDict()

    def ask(self, who: str, *, known: bool) -> None:
        """Let a request in; `known` says that `who` is a station with a session, else an address.

        Raises:
            TooMany: `too-many`.
        """
        rate, now = self._rates[known], self._now()
        left, at = self._left.pop((known, who), (rate.burst, now))
        left = min(rate.burst, left + (now - at) * rate.per_s)
        self._left[known, who] = (max(0.0, left - 1), now)
        if len(self._left) > MAX_KEPT:
            self._left.popitem(last=False)
        if left < 1:
            raise TooMany("too-many", max(1, math.ceil((1 - left) / rate.per_s)))

    def enter(self) -> None:
        """Begin a request with a body; each `enter` has its `leave`.

        Raises:
            TooMany: `busy`.
        """
        if self._under_way >= self._most:
            raise TooMany("busy", 2)
        self._under_way += 1

    def leave(self) -> None:
        """End it."""
        self._under_way -= 1
