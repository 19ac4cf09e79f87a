"""A hub of a world in one process: the real server on a laptop's encrypted file."""

from __future__ import annotations

import asyncio
from typing import Final

from fairclient.base.clock import FixedClock
from fairclient.store import hub_link
from fairclient.usecases import run_hub
from fairclient.usecases.workplace import Workplace
from sync.server import hub
from sync.server.node import Node
from sync.server.web.app import create_app
from sync.wire.invitation import Invitation
from tests.faults.line import Server

ADDRESS: Final = "https://hub.example"
CERTIFICATE: Final = "0c" * 32
"""Nobody checks it here: a made-up line has no TLS. Keys and codes are checked as ever."""


class Tent:
    """The hub of one laptop. Its file lies on that laptop's disk and shares its fate."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.server = Server(loop)
        self.node: Node | None = None

    @property
    def is_running(self) -> bool:
        """Whether it can be reached."""
        return self.node is not None

    def start(self, place: Workplace, clock: FixedClock) -> None:
        """Start it as the window does, from the laptop's own secret; the same file is the same hub."""
        if self.node is not None:
            return
        with place.store.transaction() as connection:
            root = hub_link.own_root(connection)
        setting = hub.read_setting(run_hub._setting(place, root, f"Concentrador {place.identity.point}"))
        self.node = hub.open_hub(place.home.dir / run_hub.FOLDER, setting)
        object.__setattr__(self.node, "now_ms", clock.now_ms)
        self.server.app = create_app(self.node)

    def stop(self) -> None:
        """End it, or let it die: what it has committed is on the disk, codes to join it are gone."""
        if self.node is not None:
            self.server.app = None
            self.node.database.close()
            self.node = None

    def invitation(self, fair: str) -> str:
        """The text of its QR."""
        assert self.node is not None
        told = Invitation(
            hub=self.node.server,
            name=self.node.name,
            fair=fair,
            key=self.node.keys.public_key,
            certificate=CERTIFICATE,
            addresses=(ADDRESS,),
            code=self.node.admission.new_code(self.node.now_ms()),
        )
        return run_hub.as_text(told)
