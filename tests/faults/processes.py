"""Real processes: a server that can be killed and started again, laptops with homes, a hand at the plug."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.store.integrity import check
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.slots import Cost
from fairclient.usecases.enrol import Enrolment, enrol
from fairclient.usecases.synchronise import synchronise
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport

ROOT = Path(__file__).parents[2]
PASSPHRASE = "cuatro palabras para probar"
QUICK = Cost(1, 8, 1)


class KillableCentre(Centre):
    """`fairserver` as a process on any database."""

    def __init__(self, folder: Path, database: str = "") -> None:
        super().__init__(folder)
        self.database = database or self.database

    def kill(self) -> None:
        """Pull the plug."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None


@dataclass
class Killed:
    """A laptop that is started, killed and started again, and what it said until then."""

    home: Home
    saved: set[str] = field(default_factory=set)
    kills: int = 0
    passes: int = 0

    def work(self, most: int, *where: str) -> subprocess.Popen[str]:
        """Start registering and sending; ``where`` "tent" is to the hub that was joined."""
        environment = {**os.environ, "FAIRCLIENT_PASSPHRASE": PASSPHRASE, "FAIRCLIENT_KEYRING": "off"}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.busy", str(self.home.dir), str(most), *where],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
            text=True,
        )

    def hear(self, program: subprocess.Popen[str], lines: int) -> None:
        """Listen to so many lines, or to the end for a negative number."""
        assert program.stdout is not None
        while lines and (line := program.stdout.readline()):
            self._note(line)
            lines -= 1

    def kill(self, program: subprocess.Popen[str]) -> None:
        """Pull the plug; what was said before still counts."""
        program.kill()
        assert program.stdout is not None
        for line in program.stdout:
            if line.endswith("\n"):
                self._note(line)
        program.wait()
        program.stdout.close()
        self.kills += 1

    def finish(self, program: subprocess.Popen[str]) -> None:
        """Let it come to its end."""
        self.hear(program, -1)
        assert program.wait() == 0
        if program.stdout:
            program.stdout.close()

    def _note(self, line: str) -> None:
        what, _, rest = line.strip().partition(" ")
        if what == "saved":
            self.saved.add(rest)
        self.passes += what == "passed"

    @contextmanager
    def open(self) -> Iterator[Workplace]:
        """The laptop, in this process."""
        place = unlock(self.home, PASSPHRASE, SystemClock())
        try:
            yield place
        finally:
            place.close()

    def sync(self) -> SyncReport:
        """One pass on a whole line."""
        with self.open() as place:
            return synchronise(place)

    def look(self) -> dict[str, object]:
        """What stands here; the file is whole, rows and entries agree, everything that was said is there."""
        with self.open() as place:
            assert check(place.store) == []
            assert replay(place.store).identical
            with place.store.read() as session:
                rows = session.connection().exec_driver_sql("SELECT subject FROM attendee")
                assert self.saved <= {str(row[0]) for row in rows}
                return state(session)


def enrolled(folder: Path, centre: Centre, point: str) -> Killed:
    """A laptop that the running server has enrolled."""
    code = centre.enrolment_code(f"Punto {point}", point)
    given = Enrolment(centre.url, code, PASSPHRASE, f"Operadora ficticia {point}")
    place, report = enrol(Home(folder / point), given, SystemClock(), QUICK)
    assert report.problem is None, report.problem
    place.close()
    return Killed(Home(folder / point))


def settle(laptops: list[Killed]) -> None:
    """Let every laptop bring and fetch what it lacks."""
    for _round in range(3):
        reports = [laptop.sync() for laptop in laptops]
    assert all(report.problem is None and not report.left for report in reports), reports


def agree(centre: Centre, laptops: list[Killed]) -> int:
    """Everybody has the same, and what each laptop said is there; give the number of people."""
    there = centre.state()
    for laptop in laptops:
        here = laptop.look()
        assert here["state_digest"] == there["state_digest"], json.dumps([here, there])
    return int(there["counts"]["attendee"])


def lost_and_repeated(people: int, laptops: list[Killed]) -> tuple[int, int]:
    """How many of those that were said to be saved are missing, and how many rows nobody accounts for.

    What a kill cut off is whole or not there: at most one registration a kill was saved and not said.
    """
    said = {person for laptop in laptops for person in laptop.saved}
    kills = sum(laptop.kills for laptop in laptops)
    return max(0, len(said) - people), max(0, people - len(said) - kills)
