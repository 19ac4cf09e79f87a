"""A fair in a temporary folder: a real centre, laptops with real encrypted stores, clocks that are moved."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import open_store
from fairclient.store.queries import state as store_state
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.enrol import identity_from
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace
from sync.client.engine import synchronise
from sync.client.http import HttpTransport
from sync.client.lessons import Lessons
from sync.client.report import SyncReport
from sync.server import enrolment, ledger, opening
from sync.server import state as server_state
from sync.server.app import create_app
from sync.server.enrolment import Grant
from sync.server.fair_file import FairFile
from sync.server.node import Node
from sync.wire import signing
from sync.wire.desk import Desk
from sync.wire.fair import Fair
from sync.wire.messages import EnrolRequest
from sync.wire.operator import Role
from sync.wire.service import Service
from tests.faults.line import Line, Server, Sky

KEY: Final = bytes(range(32))
SERVICES: Final = ("ORI", "SAL", "EMP")
ROLES: Final[tuple[Role, ...]] = ("registrar", "desk", "supervisor")
START_MS: Final = 2_000_000_000_000
"""In 2033: after whatever the machine that runs this takes for now, for the centre is set up by its clock."""
ADDRESS: Final = "https://centre.example"


def _fair(clock: FixedClock) -> FairFile:
    day = clock.today()
    return FairFile(
        fair=Fair(code="TORMENTA", name="Feria ficticia", starts=day, ends=day, fictional=True),
        services=tuple(Service(code=code, name_es=f"Servicio {code}") for code in SERVICES),
        desks=(
            Desk(letter="B", name="Mesa B", services=("ORI",), order=1),
            Desk(letter="C", name="Mesa C", services=("SAL", "EMP"), order=2),
        ),
    )


class Centre:
    """The server, which can be copied away and brought back older."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop, address: str = "") -> None:
        self.clock = FixedClock(START_MS)
        self._file = folder / "centre.db"
        self._address = address or f"sqlite:///{self._file}"
        self._loop = loop
        node, fair = opening.set_up(self._address, "Central ficticia", _fair(self.clock))
        assert fair is not None
        self.fair = fair
        self._serve(node)

    def _serve(self, node: Node) -> None:
        object.__setattr__(node, "now_ms", self.clock.now_ms)
        self.node = node
        self.server = Server(create_app(node), self._loop)

    def back_up(self, to: Path) -> None:
        """Copy the database as it stands, while it is in use."""
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)

    def bring_back(self, copy: Path) -> None:
        """Put an older copy in place of the database."""
        self.node.database.close()
        for path in self._file.parent.glob(f"{self._file.name}-*"):
            path.unlink()
        aside = self._file.with_suffix(".restored")
        shutil.copyfile(copy, aside)
        aside.replace(self._file)
        self._serve(opening.open_node(self._address))

    def close(self) -> None:
        """Stop."""
        self.node.database.close()


class Laptop:
    """A station with its encrypted store, an operator at work, and a line to the centre."""

    def __init__(self, folder: Path, centre: Centre, sky: Sky, point: str) -> None:
        self.clock = FixedClock(START_MS)
        self.home = Home(folder / point).create()
        self.sky = sky
        self.lessons = Lessons()
        self.point = point
        self._centre = centre
        self._key, operator = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        reply = enrolment.enrol(centre.node, _request(centre, self._key, operator, point))
        self.identity = identity_from(reply, self._key, ADDRESS)
        self._who = (reply.operator, f"Operadora ficticia {point}", operator)
        store = open_store(self.home, KEY, self.clock)
        store.save_identity(self.identity)
        self.place: Workplace = workplace(self.home, store, self.clock, self._who)

    @property
    def replica(self) -> StoreReplica:
        """The journals of this laptop."""
        return StoreReplica(self.place.store)

    def sync(self) -> SyncReport:
        """Make one pass under the sky as it is; a laptop that was restored begins anew and goes on."""
        report = self._pass()
        if report.problem is not None and report.problem.code == "new-incarnation":
            self.place.store.begin_incarnation()
            report = self._pass()
        return report

    def _pass(self) -> SyncReport:
        identity = self.place.identity
        line: Any = Line(self._centre.server, self.sky)
        transport = HttpTransport(
            ADDRESS, identity.station, self._key, identity.server_public_key, channel=line
        )
        return synchronise(self.replica, transport, lessons=self.lessons)

    def die(self) -> None:
        """Stop without a word and start again, as after a power cut between two acts."""
        self.place.store.close()
        self._open_again()

    def image(self, to: Path) -> None:
        """Copy the whole disk of the laptop."""
        self.place.store.close()
        shutil.copytree(self.home.dir, to)
        self._open_again()

    def come_back_from(self, image: Path) -> None:
        """Put an older image of the disk in place."""
        self.place.store.close()
        shutil.rmtree(self.home.dir)
        shutil.copytree(image, self.home.dir)
        self._open_again()

    def _open_again(self) -> None:
        """Open the store that lies on the disk now."""
        store = open_store(self.home, KEY, self.clock)
        self.place = workplace(self.home, store, self.clock, self._who)

    def state(self) -> dict[str, object]:
        """What stands here, and its digest."""
        with self.place.store.read() as session:
            return store_state.state(session)

    def close(self) -> None:
        """Stop."""
        self.place.store.close()


def _request(centre: Centre, key: Ed25519PrivateKey, operator: Ed25519PrivateKey, point: str) -> EnrolRequest:
    with centre.node.database.write() as connection:
        grant = Grant(centre.fair, ROLES, point=point)
        code, _until = enrolment.new_code(connection, centre.node, grant, 10)
    public, person = signing.public_bytes(key).hex(), signing.public_bytes(operator).hex()
    return EnrolRequest(
        code=code,
        public_key=public,
        proof=key.sign(signing.enrolment_message(code, public, person)).hex(),
        operator_name=f"Operadora ficticia {point}",
        operator_public_key=person,
    )


class World:
    """A centre and some laptops under one sky."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop, laptops: str, address: str) -> None:
        self.folder = folder
        self.sky = Sky()
        self.centre = Centre(folder, loop, address)
        self.laptops = [Laptop(folder, self.centre, self.sky, point) for point in laptops]
        for laptop in self.laptops:
            report = laptop.sync()
            assert report.problem is None, report.problem

    def settle(self, most: int = 12) -> int:
        """Let the network heal and every laptop try again; give the rounds until nothing was left to do."""
        self.sky.clear()
        self.centre.server.up = True
        for rounds in range(1, most + 1):
            reports = [laptop.sync() for laptop in self.laptops]
            if not any(report.problem or report.sent or report.received or report.left for report in reports):
                return rounds
        raise AssertionError(f"stuck: {[(report.problem, report.left) for report in reports]}")

    def centre_state(self) -> server_state.State:
        """What stands at the centre."""
        with self.centre.node.database.read() as connection:
            return server_state.state(connection, self.centre.fair)

    def centre_heads(self) -> dict[str, tuple[int, str]]:
        """How far the centre has each journal."""
        with self.centre.node.database.read() as connection:
            return ledger.heads(connection, self.centre.fair)

    def count(self, statement: str) -> int:
        """A number out of the centre's database."""
        with self.centre.node.database.read() as connection:
            return _scalar(connection, statement)

    def close(self) -> None:
        """Stop everything."""
        for laptop in self.laptops:
            laptop.close()
        self.centre.close()


def _scalar(connection: Connection, statement: str) -> int:
    return int(connection.exec_driver_sql(statement).scalar_one())


@contextmanager
def a_world(laptops: str = "ABC", address: str = "") -> Iterator[World]:
    """Give a world that goes with all its files when the block ends."""
    folder = Path(mkdtemp(prefix="fair-world-"))
    loop = asyncio.new_event_loop()
    world: World | None = None
    try:
        world = World(folder, loop, laptops, address)
        yield world
    finally:
        if world is not None:
            world.close()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        shutil.rmtree(folder)
