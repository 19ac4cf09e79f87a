"""Run as a program: prints what waits in a home, and dies as if the power were cut where it is told to.

    python -m tests.fairclient.usecases.printing_home HOME ADDRESS STEP

Started by ``test_print_queue.py``. STEP is before-claim, after-claim, mid-bytes, after-bytes, in-settle or
after-settle.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.printers import address
from fairclient.printers.line import LineWay
from fairclient.printers.opening import open_way
from fairclient.printers.way import Handed, Patience, Way
from fairclient.slips.layout import SlipContent
from fairclient.store import print_jobs
from fairclient.usecases.print_next import PrintWith, print_next
from fairclient.usecases.workplace import OperatorAtWork, Workplace
from tests.fairclient.store.making import AUTHOR, KEY, open_here

PATIENCE = Patience(connect=2.0, answer=0.5, write=3.0, finish=1.0)


def made(contents: Sequence[SlipContent]) -> bytes:
    """Bytes that name their slip and are a few pieces long."""
    return b"".join(b"\x1b@" + content.code.encode() + bytes(12_000) for content in contents)


def die(*_: object, **_more: object) -> Any:
    """What a power cut does."""
    os._exit(9)


class DyingWay:
    """A way that dies at some step of a slip."""

    def __init__(self, way: Way, step: str) -> None:
        self._way, self._step = way, step

    def look(self) -> Any:
        """Look, or die when the printer has said that it is well."""
        found = self._way.look()
        return die() if self._step == "before-claim" else found

    def send(self, data: bytes, name: str) -> Handed:
        """Send all, a half, or nothing."""
        if self._step == "after-claim":
            die()
        if self._step == "mid-bytes":
            assert isinstance(self._way, LineWay)
            self._way._line.write(data[:5000])
            die()
        handed = self._way.send(data, name)
        return die() if self._step == "after-bytes" else handed

    def close(self) -> None:
        """Let go."""
        self._way.close()


def main(home: Home, where: str, step: str) -> None:
    """Print until nothing waits."""
    clock = FixedClock()
    operator = OperatorAtWork(AUTHOR, "Ana de Ensayo", frozenset(), Ed25519PrivateKey.generate())
    place = Workplace(open_here(home, KEY, clock), operator, clock, home)
    if step == "in-settle":
        print_jobs.settle = die
    printer = PrintWith(where, lambda: DyingWay(open_way(address.read(where), PATIENCE), step), made)
    print_next(place, printer)
    if step == "after-settle":
        die()
    place.close()


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])), *sys.argv[2:])
