"""One whole exchange cut after every byte, each way: a real laptop, a real server process, a socket between.

Two laptops take turns. Whose turn it is has one entry to send and one of the other to receive; its pass goes
through a proxy that cuts the line at the next byte. Then it makes another pass, which has to end with nothing
left. At the end everybody has every entry once.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from datetime import date
from typing import Final

from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.workplace import Workplace
from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.report import SyncReport
from sync.wire.attendee import Attendee
from sync.wire.messages import Hello
from tests.faults.processes import KillableCentre, Killed, agree
from tests.sync.client.cutting import Way, cutting

LOOK_EVERY: Final = 500
"""Cuts between two looks at whether everything is at the centre once."""

PATIENCE: Final = 30
"""Times that a server may say when to come back."""


class _Kept(HttpTransport):
    """A line that keeps its session from pass to pass."""

    _is_open = False

    def open_session(self, hello: Hello) -> None:
        """Open it once."""
        if not self._is_open:
            super().open_session(hello)
            self._is_open = True


class Turns:
    """Two laptops at a running server, and how many entries they have written."""

    def __init__(self, stack: ExitStack, centre: KillableCentre, laptops: list[Killed]) -> None:
        self._centre = centre
        self._port = int(centre.url.rsplit(":", 1)[1])
        self._places = [stack.enter_context(laptop.open()) for laptop in laptops]
        self._lines = [stack.enter_context(_line(place, centre.url, _Kept)) for place in self._places]
        self.written = 0
        self._write(self._places[1])
        for place, line in zip(self._places, self._lines, strict=True):
            _to_the_end(place, line)

    def cut(self, cut: tuple[Way, int] | None) -> tuple[dict[Way, int], bool]:
        """Make an exchange that is cut, and the pass after it; give its length, and whether it was broken."""
        place, line = self._places[0], self._lines[0]
        self._write(place)
        with cutting(self._port, cut) as proxy, _line(place, proxy.url, HttpTransport) as through:
            report = synchronise(StoreReplica(place.store), through)
        if cut is None:
            _whole(report)
        _to_the_end(place, line)
        self._places.reverse()
        self._lines.reverse()
        return proxy.passed, report.problem is not None

    def _write(self, place: Workplace) -> None:
        person = Attendee(given_names="Ficticia", sex="F", profile="VP", birth_date=date(1990, 2, 3))
        with place.store.write(author=place.operator.id) as work:
            work.create(person)
        self.written += 1


def _to_the_end(place: Workplace, line: HttpTransport) -> None:
    """Make a pass that has to end with nothing left; a server that says when to come back is obeyed.

    Exchanges that are cut early follow each other faster than any laptop asks: its limits answer then.
    """
    for _try in range(PATIENCE):
        report = synchronise(StoreReplica(place.store), line)
        if report.problem is None or report.problem.code != "too-many":
            break
        time.sleep(report.problem.retry_after or 1)
    _whole(report)


def _whole(report: SyncReport) -> None:
    assert report.problem is None and not report.left, report


def _line(place: Workplace, url: str, kind: type[HttpTransport]) -> HttpTransport:
    identity = place.identity
    return kind(url, identity.station, identity.private_key, identity.server_public_key)


def cut_at_every_byte(
    centre: KillableCentre, laptops: list[Killed], way: Way, stride: int = 1
) -> Counter[str]:
    """Cut an exchange after every byte (or every so many) one way; the pass after each makes up for it."""
    counts: Counter[str] = Counter(lost=0, repeated=0, stuck=0)
    with ExitStack() as stack:
        turns = Turns(stack, centre, laptops)
        passed, _ = turns.cut(None)
        at, whole = 1, passed[way]
        while at <= whole:
            passed, broken = turns.cut((way, at))
            whole = max(whole, passed[way]) if not broken else whole
            counts["exchanges cut"] += broken
            if counts["exchanges cut"] % LOOK_EVERY == 0:
                _once(turns, centre)
            at += stride
        for place, line in zip(turns._places, turns._lines, strict=True):
            _to_the_end(place, line)
    there = agree(centre, laptops)
    counts["entries"] = turns.written
    counts["lost"], counts["repeated"] = max(0, turns.written - there), max(0, there - turns.written)
    counts["bytes"] = whole
    return counts


def _once(turns: Turns, centre: KillableCentre) -> None:
    people = centre.state()["counts"]["attendee"]
    assert people == turns.written, f"{people} at the centre of {turns.written}"
