"""Waking those who wait for news: a batch or a receipt that was committed in this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from sync.wire.problem import WireError

MAX_WAITING = 500
"""Stations that may wait at the same time; more are told to come back."""

LOOK_AGAIN_S = 1.0
"""Another process of the same server may have committed: who waits looks again after so many seconds."""


class Changes:
    """Who waits, and the call that wakes them. Threads tell; coroutines wait.

    It only saves time: what counts is what stands in the database, which every waiter reads again.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: set[Callable[[], None]] = set()
        self._over = False

    def tell(self) -> None:
        """Wake everybody who waits; called after a commit, from any thread."""
        with self._guard:
            waiting, self._waiting = self._waiting, set()
        for wake in waiting:
            with suppress(RuntimeError):  # its loop has ended
                wake()

    def stop(self) -> None:
        """Wake everybody for good: the server is stopping."""
        self._over = True
        self.tell()

    def listen(self) -> Ticket:
        """Return a ticket; what is told from now on wakes it. Take it before reading the database.

        Raises:
            WireError: `busy` when too many wait.
        """
        ticket = Ticket(asyncio.get_running_loop())
        with self._guard:
            if len(self._waiting) >= MAX_WAITING:
                raise WireError("busy", "Too many stations are waiting for news.")
            self._waiting.add(ticket.wake)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Forget a ticket."""
        with self._guard:
            self._waiting.discard(ticket.wake)

    @property
    def is_over(self) -> bool:
        """Whether the server is stopping."""
        return self._over


class Ticket:
    """One waiter."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Wake the waiter, from any thread."""
        self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float) -> None:
        """Wait until somebody tells, or until the time is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
