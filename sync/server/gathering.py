"""What waits while others are being done is done together: many small batches cost one commit, not many.

There is no timer and no thread of its own. Whoever comes first does its own item at once; what arrives in the
meantime waits, and the first of those does all of it. So a single sender never waits for company, and the
busier it gets, the larger the groups.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
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


class _Ticket(Generic[Item, Done]):
    """An item in the queue; `called` when it is done, or when its owner is to lead `group`."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.called = threading.Event()
        self.group: list[_Ticket[Item, Done]] = []
        self.outcome: Done | Exception | None = None


class Gathering(Generic[Item, Done]):
    """Items of one process that may be done together, in at most `lanes` groups at the same time."""

    def __init__(self, lanes: int) -> None:
        self._guard = threading.Lock()
        self._free = lanes
        self._waiting: list[_Ticket[Item, Done]] = []

    def do(self, item: Item, choose: Choose[Item], work: Work[Item, Done]) -> Done:
        """Do an item, alone or with others; return what became of it, or raise it.

        Raises:
            WireError: `busy` when too many wait.
        """
        ticket: _Ticket[Item, Done] = _Ticket(item)
        if not self._leads(ticket):
            ticket.called.wait()
        if ticket.group:
            self._lead(ticket.group, choose, work)
        if ticket.outcome is None:
            raise WireError("busy", "The server was stopped before this batch was stored.")
        if isinstance(ticket.outcome, Exception):
            raise ticket.outcome
        return ticket.outcome

    def waiting(self) -> int:
        """Return how many items wait for their turn."""
        return len(self._waiting)

    def _leads(self, ticket: _Ticket[Item, Done]) -> bool:
        """Take a free lane, or queue up."""
        with self._guard:
            if self._free:
                self._free -= 1
                ticket.group = [ticket]
                return True
            if len(self._waiting) >= MAX_WAITING:
                raise WireError("busy", "Too many batches are waiting. Nothing of this one was stored.")
            self._waiting.append(ticket)
            return False

    def _lead(
        self, group: Sequence[_Ticket[Item, Done]], choose: Choose[Item], work: Work[Item, Done]
    ) -> None:
        """Do a group and tell its members; then the next in the queue leads the next group."""
        try:
            for ticket, outcome in zip(group, work([ticket.item for ticket in group]), strict=True):
                ticket.outcome = outcome
        except Exception as error:
            for ticket in group:
                ticket.outcome = error
        finally:
            self._hand_over(choose)
            for ticket in group:
                ticket.called.set()

    def _hand_over(self, choose: Choose[Item]) -> None:
        with self._guard:
            if not self._waiting:
                self._free += 1
                return
            places = choose([ticket.item for ticket in self._waiting]) | {0}
            group = [ticket for place, ticket in enumerate(self._waiting) if place in places]
            self._waiting = [ticket for place, ticket in enumerate(self._waiting) if place not in places]
            group[0].group = group
            group[0].called.set()
