"""The long form of the fault tests (`make chaos`): bounded, stops by itself, prints what it counted.

Storms over laptops and a centre in one process; every byte of an exchange cut once between real processes;
laptops and servers killed at work, on SQLite and on PostgreSQL. Any promise that is broken ends it with what
was expected and the seed that shows it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.report import SyncReport
from sync.wire.attendee import Attendee
from tests.faults.blowing import blow
from tests.faults.processes import KillableCentre, agree, enrolled, lost_and_repeated, settle
from tests.faults.storm import Storm
from tests.faults.world import a_world
from tests.running_centre import running
from tests.sync.client.cutting import Way, cutting
from tests.sync.server import postgres

ENGINES: Final = ("sqlite", "postgresql")
WAYS: Final[tuple[Way, ...]] = ("up", "down")
OUT = Console()


@contextmanager
def a_centre(folder: Path, engine: str) -> Iterator[KillableCentre]:
    """A running server process on a new database."""
    if engine == "sqlite":
        with running(KillableCentre(folder)) as centre:
            yield centre
        return
    with postgres.running() as address:
        database = postgres.fresh_database(address, "chaos")
        with running(KillableCentre(folder, database)) as centre:
            yield centre


def kill_again_and_again(
    folder: Path, engine: str, rounds: int, seed: int, points: str = "AB"
) -> Counter[str]:
    """Kill laptops and the server in turn while they work; return what was counted."""
    draw = random.Random(seed)
    counts: Counter[str] = Counter(lost=0, repeated=0)
    with a_centre(folder, engine) as centre:
        laptops = [enrolled(folder, centre, point) for point in points]
        for number in range(rounds):
            laptop = laptops[number % len(laptops)]
            program = laptop.work(60)
            laptop.hear(program, draw.randrange(2, 14))
            if number % 2:
                centre.kill()
                laptop.hear(program, draw.randrange(2, 8))
                laptop.kill(program)
                centre.start()
            else:
                laptop.kill(program)
            counts["kills"] += 1
            laptop.look()
        settle(laptops)
        counts["people"] = agree(centre, laptops)
        counts["lost"], counts["repeated"] = lost_and_repeated(counts["people"], laptops)
        counts["entries"] = int(centre.state()["entries"])
    return counts


def cut_everywhere(folder: Path, engine: str, stride: int) -> Counter[str]:
    """Cut one whole exchange after every byte (or every so many), each way; the next pass makes up for it."""
    counts: Counter[str] = Counter(lost=0, repeated=0, stuck=0)
    with a_centre(folder, engine) as centre:
        laptop, other = enrolled(folder, centre, "A"), enrolled(folder, centre, "B")
        with laptop.open() as place, other.open() as beside:
            for way in WAYS:
                at, whole = 0, 1
                while at < whole:
                    cut = (way, at) if at else None
                    passed, broken = _one_exchange(place, beside, centre, cut)
                    whole = whole if at else passed[way]
                    report = _bring(place, centre.url)
                    assert report.problem is None and not report.left, (way, at, report.problem)
                    counts["exchanges cut"] += broken
                    counts["registered"] += 2
                    at += stride if at else 1
        settle([laptop, other])
        counts["people"] = agree(centre, [laptop, other])
        counts["lost"] = max(0, counts["registered"] - counts["people"])
        counts["repeated"] = max(0, counts["people"] - counts["registered"])
        counts["entries"] = int(centre.state()["entries"])
    return counts


def _one_exchange(
    place: Workplace, beside: Workplace, centre: KillableCentre, cut: tuple[Way, int] | None
) -> tuple[dict[Way, int], bool]:
    """Make a pass with one person to send and one to receive, through a proxy that cuts it."""
    _register(beside)
    assert _bring(beside, centre.url).problem is None
    _register(place)
    with cutting(int(centre.url.rsplit(":", 1)[1]), cut) as proxy:
        report = _bring(place, proxy.url)
    return proxy.passed, report.problem is not None


def _register(place: Workplace) -> None:
    person = Attendee(given_names="Ficticia", sex="F", profile="VP", birth_date=date(1990, 2, 3))
    register_attendee(place, Registration(person, ("SAL-AFIL",)))


def _bring(place: Workplace, url: str) -> SyncReport:
    identity = place.identity
    with HttpTransport(url, identity.station, identity.private_key, identity.server_public_key) as transport:
        return synchronise(StoreReplica(place.store), transport)


def storms(number: int, acts: int, seed: int) -> Counter[str]:
    """Let so many storms blow over five laptops."""
    counts: Counter[str] = Counter(lost=0, repeated=0, stuck=0)
    for one in range(seed, seed + number):
        with a_world("ABCDE") as world:
            storm = Storm(world)
            try:
                blow(storm, one, acts)
            except BaseException:
                OUT.print(f"storm {one} with {acts} acts broke a promise")
                raise
            counts["storms"] += 1
            counts["acts"] += acts
            counts["people"] += len(storm.witness.people)
            counts["entries"] += world.centre_state().entries
            counts.update({f"met: {weather}": times for weather, times in world.sky.met.items()})
    return counts


def main() -> int:
    """Run all of it; 0 when every promise held."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--storms", type=int, default=40)
    reading.add_argument("--acts", type=int, default=300)
    reading.add_argument("--kills", type=int, default=60, help="for each database")
    reading.add_argument("--stride", type=int, default=1, help="bytes between two cuts")
    reading.add_argument("--engines", default=",".join(ENGINES))
    asked = reading.parse_args()
    engines = asked.engines.split(",")
    _show("storms", lambda _folder: storms(asked.storms, asked.acts, asked.seed))
    for engine in engines:
        kill = partial(kill_again_and_again, engine=engine, rounds=asked.kills, seed=asked.seed)
        _show(f"killed, {engine}", kill)
    for engine in engines:
        _show(f"cut, {engine}", partial(cut_everywhere, engine=engine, stride=asked.stride))
    return 0


def _show(what: str, run: Callable[[Path], Counter[str]]) -> None:
    """Run one part in a folder of its own and print what it counted."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fair-chaos-") as folder:
        counts = run(Path(folder))
    table = Table(title=f"{what}: {time.monotonic() - start:.0f} s", show_header=False)
    for name, count in counts.items():
        table.add_row(name, str(count))
    OUT.print(table)


if __name__ == "__main__":
    sys.exit(main())
