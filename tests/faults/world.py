"""A fair in a temporary folder: a real centre, laptops with real stores and hubs, clocks that are moved."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Connection

from fairclient.usecases import synchronise as passing
from sync.client.report import SyncReport
from sync.server import ledger
from sync.server import state as server_state
from tests.faults import sticks
from tests.faults.centre import SERVICES, START_MS, Centre
from tests.faults.laptop import Laptop
from tests.faults.line import Server, Sky

__all__ = ["SERVICES", "START_MS", "Laptop", "World", "a_world"]


class World:
    """A centre and some laptops under one sky."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop, laptops: str) -> None:
        self.folder = folder
        self.sky = Sky()
        self.centre = Centre(folder, loop)
        self._nobody = Server(loop)
        self.laptops = [Laptop(folder, self.centre, self.sky, point, self._hub) for point in laptops]
        self.host: Laptop | None = None
        """The laptop whose hub is the tent's."""
        self.shut_out: set[Laptop] = set()
        """Laptops whose access was withdrawn: no server lets them in, they hand in their work on a stick."""
        for laptop in self.laptops:
            report = laptop.sync()
            assert report.problem is None, report.problem

    def _hub(self, server: str) -> Server:
        """The running hub with that id."""
        for laptop in self.laptops:
            if laptop.tent.node is not None and laptop.tent.node.server == server:
                return laptop.tent.server
        return self._nobody

    @property
    def let_in(self) -> list[Laptop]:
        """The laptops that servers let in."""
        return [laptop for laptop in self.laptops if laptop not in self.shut_out]

    def settle(self, most: int = 12) -> int:
        """Let the network heal and every laptop try again; give the rounds until nothing was left to do."""
        self.sky.clear()
        self.centre.server.up = True
        for rounds in range(1, most + 1):
            handed_in = [self._hand_in(laptop) for laptop in sorted(self.shut_out, key=lambda one: one.point)]
            reports = [laptop.sync() for laptop in self.let_in]
            if not any(handed_in) and not any(map(_did_something, reports)):
                return rounds
        raise AssertionError(f"stuck: {[(report.problem, report.left) for report in reports]}")

    def settle_in_the_tent(self, most: int = 12) -> int:
        """Let all laptops meet the hub alone; what the centre lacks goes by the last laptop."""
        if self.host not in self.let_in:  # nobody stays with the hub of a laptop that was shut out
            self.host = self.let_in[-1]
        self.sky.clear()
        self.centre.server.up = True
        for laptop in sorted(self.laptops, key=lambda one: one is self.host):
            if laptop.has_hub or laptop is self.host:  # what only a hub of before has is collected, too
                self._move_to(laptop)
        for rounds in range(1, most + 1):
            reports = [self._meet(laptop) for laptop in self.let_in]
            reports.append(self.let_in[-1].sync())
            if not any(map(_did_something, reports)):
                return rounds
        raise AssertionError(f"stuck in the tent: {[(report.problem, report.left) for report in reports]}")

    def _move_to(self, host: Laptop) -> None:
        host.tent.start(host.place, host.clock)
        carrier = self.let_in[-1]
        carrier.join(host.tent.invitation(self.centre.fair))
        carrier.sync_in_the_tent()

    def _meet(self, laptop: Laptop) -> SyncReport:
        assert self.host is not None
        link = passing.joined(laptop.place)
        if link is None or self._hub(link.hub) is not self.host.tent.server or link.code:
            laptop.join(self.host.tent.invitation(self.centre.fair))
        return laptop.sync_in_the_tent()

    def _hand_in(self, laptop: Laptop) -> bool:
        """Bring the whole work of a laptop that no server lets in to the centre; say whether any was new."""
        before = sum(seq for seq, _digest in self.centre_heads().values())
        stick = sticks.save(laptop, self.folder / f"{laptop.point}.age", everything=True)
        if stick is not None:
            sticks.to_the_centre(self.centre, stick, laptop)
        after = sum(seq for seq, _digest in self.centre_heads().values())
        return after != before or laptop.replica.left() > 0

    def centre_state(self) -> server_state.State:
        """What stands at the centre."""
        with self.centre.node.database.read() as connection:
            return self.state_of(connection)

    def state_of(self, connection: Connection) -> server_state.State:
        """What stands in a server's database."""
        return server_state.state(connection, self.centre.fair)

    def centre_heads(self) -> dict[str, tuple[int, str]]:
        """How far the centre has each journal."""
        with self.centre.node.database.read() as connection:
            return ledger.heads(connection, self.centre.fair)

    def count(self, statement: str) -> int:
        """A number out of the centre's database."""
        return int(self.centre.rows(statement)[0][0])

    def close(self) -> None:
        """Stop everything."""
        for laptop in self.laptops:
            laptop.close()
        self.centre.close()


def _did_something(report: SyncReport) -> bool:
    return bool(report.problem or report.sent or report.received or report.carried or report.left)


@contextmanager
def a_world(laptops: str = "ABC") -> Iterator[World]:
    """Give a world that goes with all its files when the block ends."""
    folder = Path(mkdtemp(prefix="fair-world-"))
    loop = asyncio.new_event_loop()
    world: World | None = None
    try:
        world = World(folder, loop, laptops)
        yield world
    finally:
        if world is not None:
            world.close()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        shutil.rmtree(folder)
