"""What waits while others are being done is done together: many small batches cost one commit, not many.

There is no timer: a lane that is free does at once whatever is there, alone or in company; what arrives while
all lanes are busy waits, and the first lane that is done takes as much of it as goes together. So a single
sender never waits for company, and the busier it gets, the larger the groups.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, Generic, TypeVar

from sync.wire.problem import WireError

Item = TypeVar("Item")
Done = TypeVar("Done")
Choose = Callable[[Sequence[Item]], set[int]]
"""Says which of the waiting items go together, by their places; place 0 is always one of them."""
Work = Callable[[Sequence[Item]], Sequence[Done | Exception]]
"""Does some items; what it returns stands in their order. What it raises is raised for each."""

MAX_WAITING: Final = 256
"""Items that may wait; more are told to come back."""
IDLE_SECONDS: Final = 10.0
"""A lane's thread that had nothing to do for so long ends; the next item starts another."""


class _Ticket(Generic[Item, Done]):
    """An item in the queue. Its owner waits in a thread (`called`), or on an event loop (`future`)."""

    def __init__(self, item: Item, choose: Choose[Item], work: Work[Item, Done]) -> None:
        self.item = item
        self.choose = choose
        self.work = work
        self.outcome: Done | Exception = WireError("busy", "The server was stopped before this was stored.")
        self.called: threading.Event | None = None
        self.future: asyncio.Future[Done] | None = None


class Gathering(Generic[Item, Done]):
    """Items of one process that may be done together, in at most `lanes` groups at the same time.

    Each lane is a thread of its own while there is work.
    """

    def __init__(self, lanes: int) -> None:
        self._guard = threading.Lock()
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._unstarted = lanes
        self._asleep = 0
        self._waiting: list[_Ticket[Item, Done]] = []

    def do(self, item: Item, choose: Choose[Item], work: Work[Item, Done]) -> Done:
        """Do an item, alone or with others; return what became of it, or raise it.

        Raises:
            WireError: `busy` when too many wait.
        """
        ticket = _Ticket(item, choose, work)
        ticket.called = threading.Event()
        self._queue(ticket)
        ticket.called.wait()
        if isinstance(ticket.outcome, Exception):
            raise ticket.outcome
        return ticket.outcome

    async def soon(self, item: Item, choose: Choose[Item], work: Work[Item, Done]) -> Done:
        """Do an item, as `do`, without holding up the event loop."""
        ticket = _Ticket(item, choose, work)
        ticket.future = asyncio.get_running_loop().create_future()
        self._queue(ticket)
        return await ticket.future

    def waiting(self) -> int:
        """Return how many items wait for their turn."""
        return len(self._waiting)

    def _queue(self, ticket: _Ticket[Item, Done]) -> None:
        """Queue up, and wake or start a lane if one is free."""
        with self._guard:
            if len(self._waiting) >= MAX_WAITING:
                raise WireError("busy", "Too many batches are waiting. Nothing of this one was stored.")
            self._waiting.append(ticket)
            if self._asleep:
                self._asleep -= 1
                self._bell.put(None)
            elif self._unstarted:
                self._unstarted -= 1
                threading.Thread(target=self._lane, name="lane", daemon=True).start()

    def _lane(self) -> None:
        """Do group after group; sleep while there is nothing, and end after a long sleep."""
        while True:
            group = self._next_group()
            if group:
                _do(group)
            elif not self._woken():
                return

    def _next_group(self) -> list[_Ticket[Item, Done]]:
        with self._guard:
            if len(self._waiting) < 2:
                group, self._waiting = self._waiting, []
                self._asleep += not group
                return group
            places = self._waiting[0].choose([ticket.item for ticket in self._waiting]) | {0}
            group = [ticket for place, ticket in enumerate(self._waiting) if place in places]
            self._waiting = [ticket for place, ticket in enumerate(self._waiting) if place not in places]
            return group

    def _woken(self) -> bool:
        """Sleep until the bell rings; say whether it did."""
        try:
            self._bell.get(timeout=IDLE_SECONDS)
        except Empty:
            with self._guard:
                if self._asleep:
                    self._asleep -= 1
                    self._unstarted += 1
                    return False
            self._bell.get()  # it is ringing just now
        return True


def _do(group: Sequence[_Ticket[Item, Done]]) -> None:
    """Do a group and tell its members."""
    try:
        outcomes = group[0].work([ticket.item for ticket in group])
        for ticket, outcome in zip(group, outcomes, strict=True):
            ticket.outcome = outcome
    except Exception as error:
        for ticket in group:
            ticket.outcome = error
    finally:
        _tell(group)


def _tell(group: Sequence[_Ticket[Item, Done]]) -> None:
    loops: defaultdict[asyncio.AbstractEventLoop, list[_Ticket[Item, Done]]] = defaultdict(list)
    for ticket in group:
        if ticket.future is not None:
            loops[ticket.future.get_loop()].append(ticket)
        elif ticket.called is not None:
            ticket.called.set()
    for loop, tickets in loops.items():
        with suppress(RuntimeError):  # its loop has ended
            loop.call_soon_threadsafe(_settle, tickets)


def _settle(tickets: Sequence[_Ticket[Item, Done]]) -> None:
    """Give the outcomes to who waits on this event loop."""
    for ticket in tickets:
        if ticket.future is None or ticket.future.done():
            continue
        if isinstance(ticket.outcome, Exception):
            ticket.future.set_exception(ticket.outcome)
        else:
            ticket.future.set_result(ticket.outcome)
