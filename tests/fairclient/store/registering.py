"""Run as a program: registers people in a home without end, and says each id once it is saved.

Started by ``test_kill.py``, which pulls the plug; or, given the beginning of a statement, dies before the
third one that begins so, as a program does whose power is cut.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy import event

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import open_store
from tests.fairclient.store.making import AUTHOR, KEY, arrive


class _DeathAt:
    """Ends the process at once, with nothing tidied up."""

    def __init__(self, statement: str) -> None:
        self._statement = statement
        self._left = 3

    def __call__(self, connection: object, cursor: object, statement: str, *rest: object) -> None:
        self._left -= statement.startswith(self._statement)
        if self._left == 0:
            os._exit(9)


def main() -> None:
    """Register until killed; every tenth person is corrected, and now and then a copy is taken."""
    clock = FixedClock()
    store = open_store(Home(Path(sys.argv[1])), KEY, clock)
    if len(sys.argv) > 2:
        event.listen(store._writers, "before_cursor_execute", _DeathAt(sys.argv[2]))
    for number in range(100_000):
        clock.advance(0.01)
        with store.write(AUTHOR) as work:
            arrived = arrive(work, clock, turn=f"A-{number % 900 + 1:03d}")
            if number % 10 == 0:
                work.change("attendee", arrived.attendee, {"neighbourhood": "Centro"})
        print(arrived.attendee, flush=True)
        if number % 25 == 24:
            store.tend(every_minutes=0)


if __name__ == "__main__":
    main()
