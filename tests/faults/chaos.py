"""The long form of the fault tests (`make chaos`): bounded, stops by itself, prints what it counted.

Storms over laptops, their hubs and a centre in one process; laptops, servers and hubs killed at work; every
byte of an exchange cut once between real processes; on SQLite and on PostgreSQL. Any promise that is broken
ends it with what was expected and the seed that shows it again. `--jobs` parts run at a time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table

from tests.faults.blowing import blow
from tests.faults.cuts import cut_at_every_byte
from tests.faults.kills import a_centre, kill_again_and_again, kill_hubs
from tests.faults.processes import enrolled
from tests.faults.storm import Storm
from tests.faults.world import a_world
from tests.sync.client.cutting import Way

ENGINES: Final = ("sqlite", "postgresql")
WAYS: Final[tuple[Way, ...]] = ("up", "down")
OUT: Final = Console()

Part: TypeAlias = Callable[[Path], Counter[str]]


def storms(_folder: Path, seeds: range, acts: int) -> Counter[str]:
    """Let a storm blow over five laptops for each seed."""
    counts: Counter[str] = Counter(lost=0, repeated=0, stuck=0)
    for seed in seeds:
        with a_world("ABCDE") as world:
            storm = Storm(world)
            try:
                blow(storm, seed, acts)
            except BaseException as error:
                raise AssertionError(f"storm {seed} with {acts} acts broke a promise: {error}") from error
            counts.update(storms=1, acts=acts, people=len(storm.witness.people))
            counts["entries"] += world.centre_state().entries
            counts["erased"] += len(storm.witness.erased)
            counts["bad weather"] += sum(times for what, times in world.sky.met.items() if what != "fine")
    return counts


def cuts(folder: Path, engine: str, way: Way, stride: int) -> Counter[str]:
    """Cut an exchange with a server of its own after every byte one way."""
    with a_centre(folder, engine) as centre:
        return cut_at_every_byte(centre, [enrolled(folder, centre, point) for point in "AB"], way, stride)


def parts(asked: argparse.Namespace) -> Iterator[tuple[str, Part]]:
    """Name all parts, the longest first."""
    engines = asked.engines.split(",")
    for way in reversed(WAYS):
        for engine in engines:
            yield f"cut, {way}, {engine}", partial(cuts, engine=engine, way=way, stride=asked.stride)
    for engine in engines:
        kill = partial(kill_again_and_again, engine=engine, rounds=asked.kills, seed=asked.seed)
        yield f"laptops and servers killed, {engine}", kill
        yield f"hubs killed, {engine}", partial(kill_hubs, engine=engine, rounds=asked.hubs, seed=asked.seed)
    end = asked.seed + asked.storms
    for first in range(asked.seed, end, 10):
        last = min(first + 10, end)
        yield f"storms {first} to {last - 1}", partial(storms, seeds=range(first, last), acts=asked.acts)


def main() -> int:
    """Run all of it; 0 when every promise held."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--storms", type=int, default=60)
    reading.add_argument("--acts", type=int, default=250)
    reading.add_argument("--kills", type=int, default=40, help="for each database")
    reading.add_argument("--hubs", type=int, default=20, help="hubs killed, for each database")
    reading.add_argument("--stride", type=int, default=1, help="bytes between two cuts")
    reading.add_argument("--engines", default=",".join(ENGINES))
    reading.add_argument("--jobs", type=int, default=2, help="parts that run at a time")
    reading.add_argument("--only", default="", help="the parts with this in their name")
    asked = reading.parse_args()
    start = time.monotonic()
    whole: Counter[str] = Counter()
    with ProcessPoolExecutor(asked.jobs, multiprocessing.get_context("spawn")) as pool:
        wanted = [(name, part) for name, part in parts(asked) if asked.only in name]
        running = {pool.submit(_run, part): name for name, part in wanted}
        for done in as_completed(running):
            if done.exception() is not None:
                pool.shutdown(wait=False, cancel_futures=True)
                OUT.print(f"{running[done]}: a promise was broken")
            counts, seconds = done.result()
            _show(f"{running[done]}: {seconds:.0f} s", counts)
            whole.update(counts)
    _show(f"all of it: {time.monotonic() - start:.0f} s", whole)
    return 0


def _run(part: Part) -> tuple[Counter[str], float]:
    """Run one part in a folder of its own; give its counts and the seconds that it took."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fair-chaos-") as folder:
        return part(Path(folder)), time.monotonic() - start


def _show(title: str, counts: Counter[str]) -> None:
    table = Table(title=title, show_header=False)
    for name, count in counts.items():
        table.add_row(name, str(count))
    OUT.print(table)


if __name__ == "__main__":
    sys.exit(main())
