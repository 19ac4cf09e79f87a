"""Laptops, the server and the tent's hub are killed (-9) at work, again and again; everybody comes back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairclient.usecases.join_hub import join_hub
from fairclient.usecases.run_hub import RunningHub, as_text, start_hub
from fairclient.usecases.synchronise import synchronise, synchronise_with_hub
from fairclient.usecases.workplace import Workplace
from tests.faults.busy import nothing_announced
from tests.faults.processes import KillableCentre, Killed, agree, enrolled, lost_and_repeated, settle
from tests.running_centre import running
from tests.sync.server import postgres


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
            laptop.look()
        settle(laptops)
        return _counted(centre, laptops, Counter(kills=rounds, servers=rounds // 2))


def kill_hubs(folder: Path, engine: str, rounds: int, seed: int) -> Counter[str]:
    """Kill the tent's hub while a laptop works with it, and the laptop; the same hub comes back each time.

    What the laptops wrote reaches the centre by the hub and the laptop that runs it, and by no other way.
    """
    draw = random.Random(seed)
    with a_centre(folder, engine) as centre:
        host, *guests = [enrolled(folder, centre, point) for point in "ABC"]
        with host.open() as place:
            assert synchronise(place).problem is None
            hub = start_hub(place, "127.0.0.1")
            try:
                for guest in guests:
                    _join(place, hub, guest)
                for number in range(rounds):
                    hub = _one_death(place, hub, guests[number % len(guests)], draw)
                _settle_by_the_hub(place, guests)
            finally:
                hub.stop()
        return _counted(centre, [host, *guests], Counter(kills=rounds, hubs=rounds))


def _join(place: Workplace, hub: RunningHub, guest: Killed) -> None:
    assert synchronise_with_hub(place, look=nothing_announced).problem is None  # the hub gets the roster
    with guest.open() as other:
        assert join_hub(other, as_text(hub.invitation())).problem is None


def _one_death(place: Workplace, hub: RunningHub, guest: Killed, draw: random.Random) -> RunningHub:
    program = guest.work(60, "tent")
    guest.hear(program, draw.randrange(2, 14))
    hub.process.kill()
    hub.process.communicate()
    guest.hear(program, draw.randrange(1, 6))
    guest.kill(program)
    guest.look()
    again = start_hub(place, "127.0.0.1")
    assert synchronise_with_hub(place, look=nothing_announced).problem is None
    return again


def _settle_by_the_hub(place: Workplace, guests: list[Killed]) -> None:
    for _round in range(3):
        reports = []
        for guest in guests:
            with guest.open() as other:
                reports.append(synchronise_with_hub(other, look=nothing_announced))
        reports += [synchronise_with_hub(place, look=nothing_announced), synchronise(place)]
        reports.append(synchronise_with_hub(place, look=nothing_announced))
    assert all(report.problem is None and not report.left for report in reports), reports


def _counted(centre: KillableCentre, laptops: list[Killed], counts: Counter[str]) -> Counter[str]:
    people = agree(centre, laptops)
    lost, repeated = lost_and_repeated(people, laptops)
    counts.update(people=people, lost=lost, repeated=repeated, stuck=0)
    counts["entries"] = int(centre.state()["entries"])
    return counts
