"""Run as a program: registers people in a home without end, and says each id once it is saved.

Started by ``test_kill.py``, which pulls the plug.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import open_store
from tests.fairclient.store.making import AUTHOR, KEY, arrive


def main() -> None:
    """Register until killed; every tenth person is corrected, and now and then a copy is taken."""
    clock = FixedClock()
    store = open_store(Home(Path(sys.argv[1])), KEY, clock)
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
