"""The centre of a world in one process: the real server, its copies, and what its keeper does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final

from fairclient.base.clock import FixedClock
from sync.server import backup, bundle, erase_person, erasing, opening, reference, requeue, tombstones
from sync.server.fair_file import FairFile
from sync.server.node import Node
from sync.server.reference import Statement
from sync.server.requeue import Requeued
from sync.server.web.app import create_app
from sync.wire import receipts_file
from sync.wire.desk import Desk
from sync.wire.fair import Fair
from sync.wire.service import Service
from tests.faults.line import Server

SERVICES: Final = ("ORI", "SAL", "EMP")
START_MS: Final = 2_000_000_000_000
"""In 2033: after whatever the machine that runs this takes for now, for the centre is set up by its clock."""


class Centre:
    """The server, which can be copied away and brought back older."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.clock = FixedClock(START_MS)
        self._file = folder / "centre.db"
        self._address = f"sqlite:///{self._file}"
        node, fair = opening.set_up(self._address, "Central ficticia", _fair(self.clock))
        assert fair is not None
        self.fair = fair
        self.server = Server(loop)
        self._serve(node)

    def _serve(self, node: Node) -> None:
        object.__setattr__(node, "now_ms", self.clock.now_ms)
        self.node = node
        self.server.app = create_app(node)

    def back_up(self, to: Path) -> None:
        """Copy the database as it stands, while it is in use (`fairserver backup`)."""
        with to.open("wb") as file:
            backup.write(self.node, file)

    def bring_back(self, copy: Path) -> None:
        """Put an older copy in place of the database (`fairserver restore`)."""
        self.node.database.close()
        for name in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + name).unlink(missing_ok=True)
        backup.read(copy, self._address, self.clock.now_ms)
        self._serve(opening.open_node(self._address))

    def withdraw(self, kind: str, subject: str) -> None:
        """Withdraw the access of a laptop or of an operator."""
        self._publish(Statement(kind, subject, change={"revoked": True}))

    def give_back(self, kind: str, subject: str) -> Requeued:
        """It was a mistake: access is given back, and what was put aside meanwhile is judged anew."""
        self._publish(Statement(kind, subject, change={"revoked": False}))
        return requeue.requeue(self.node, self.fair)

    def _publish(self, statement: Statement) -> None:
        with self.node.database.write() as connection:
            reference.publish(connection, self.node, self.fair, [statement])

    def erase(self, who: str) -> None:
        """Erase a person (`fairserver erase`). Raises Refusal for somebody who is not here."""
        with self.node.database.write() as connection:
            erase_person.erase(connection, self.node, who, "request")
        tombstones.keep(self.node, self.fair)
        erasing.scrub(self.node.database)

    def take_stick(self, path: Path) -> bytes:
        """Import a bundle (`fairserver import-bundle`); give the file of receipts that goes back, or b""."""
        found = bundle.read(path, (self.node.keys.age,))
        done = bundle.take(self.node, path, found)
        return receipts_file.encode(done.receipts) if done.receipts else b""

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows out of the database."""
        with self.node.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def close(self) -> None:
        """Stop."""
        self.node.database.close()


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
