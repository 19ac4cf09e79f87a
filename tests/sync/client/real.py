"""The real server under uvicorn on a free port of loopback, and laptops that are enrolled with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.enrol import enrol
from sync.client.http import HttpTransport
from sync.server import enrolment, ledger, opening
from sync.server.enrolment import Grant
from sync.server.fair_file import FairFile
from sync.server.node import Node
from sync.server.web.app import create_app
from sync.wire.entry import Entry
from sync.wire.fair import Fair
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from tests.sync.client.memory import Journal, MemoryReplica

FAIR_FILE = FairFile(
    fair=Fair(
        code="FICTICIA",
        name="Feria ficticia",
        starts=date(2026, 3, 14),
        ends=date(2026, 3, 14),
        fictional=True,
    )
)


class Station(MemoryReplica):
    """A laptop in memory that the real server enrolled."""

    def __init__(self, centre: RealCentre, number: int) -> None:
        super().__init__(number, Ed25519PrivateKey.generate())
        operator = Ed25519PrivateKey.generate()
        reply = enrol(centre.url, centre.code(), self.key, operator, "Operadora ficticia")
        self.journals.clear()
        self.station, self.fair = reply.station, reply.fair
        self.own = JournalId(reply.station, reply.incarnation, reply.fair)
        self.journals.of(self.own)
        self.enrolled_at = reply.server
        self.server_key = bytes.fromhex(reply.server_public_key)
        self.keys = {reply.server: self.server_key}

    @property
    def centre(self) -> str:
        return self.enrolled_at

    def transport(self, url: str) -> HttpTransport:
        """Return a line to that address."""
        return HttpTransport(url, self.station, self.key, self.server_key)

    @property
    def entries(self) -> list[Entry]:
        """What this laptop wrote."""
        return self.journals[str(self.own)].entries


@dataclass
class RealCentre:
    """A running server."""

    node: Node
    fair: str
    port: int
    _numbers: Iterator[int]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def code(self, minutes: float = 10) -> str:
        """Return a new enrolment code."""
        with self.node.database.write() as connection:
            grant = Grant(self.fair, ("registrar",))
            return enrolment.new_code(connection, self.node, grant, minutes)[0]

    def station(self) -> Station:
        """Return a newly enrolled laptop."""
        return Station(self, next(self._numbers))

    def heads(self) -> Heads:
        """Return how far the server has each journal."""
        with self.node.database.read() as connection:
            return ledger.heads(connection, self.fair)

    def has(self, journal: Journal) -> bool:
        """Say whether the server's copy is the very same."""
        return self.heads().get(str(journal.id), (0, "")) == journal.head

    def rows(self, table: str) -> int:
        """Return how many rows a table has."""
        with self.node.database.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one())


class _Announced(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@contextmanager
def running(folder: Path) -> Iterator[RealCentre]:
    """Run a server on a new SQLite file for as long as the block lasts."""
    node, fair = opening.set_up(f"sqlite:///{folder / 'centre.db'}", "Central ficticia", FAIR_FILE)
    config = uvicorn.Config(create_app(node), log_config=None, lifespan="off", ws="none")
    server = _Announced(config)
    # asyncio turns off Nagle's delay only on sockets that say TCP; without this every reply waits 40 ms
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        port = listening.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert server.up.wait(60)
        try:
            yield RealCentre(node, fair or "", port, count(1))
        finally:
            server.should_exit = True
            thread.join()
            node.database.close()
