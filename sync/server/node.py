"""One running server: its database, its keys, its name and its clock, handed to whatever needs them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from sync.server.admission import Admission
from sync.server.changes import Changes
from sync.server.database.engine import Database
from sync.server.keys import Keys
from sync.wire.receipt import Tier


def wall_ms() -> int:
    """Return the machine's clock in Unix milliseconds."""
    return time.time_ns() // 1_000_000


class Authority(NamedTuple):
    """The centre whose journal says who may do what at a fair: its id and its public key."""

    server: str
    public_key: bytes


class Host(NamedTuple):
    """The station on whose machine a hub runs: it is believed before the fair's roster has come."""

    station: str
    fair: str
    public_key: bytes


@dataclass(frozen=True)
class Node:
    """A centre or a hub. Holds nothing that counts, so several processes may serve one database.

    `centre` and `host` are a hub's: whom it believes, and whose machine it runs on. `incarnation` is that of
    the server's own journals.
    """

    database: Database
    keys: Keys
    name: str
    tier: Tier
    now_ms: Callable[[], int] = field(default=wall_ms)
    centre: Authority | None = None
    host: Host | None = None
    incarnation: int = 1
    changes: Changes = field(default_factory=Changes)
    admission: Admission = field(default_factory=Admission)

    @property
    def server(self) -> str:
        """The server's id."""
        return self.keys.server

    @property
    def is_centre(self) -> bool:
        """Whether it writes the fair's reference journal itself; a hub believes another."""
        return self.tier == "centre"

    @property
    def authority(self) -> Authority:
        """Who writes the fair's reference journal: a centre itself, or the centre of a hub."""
        return self.centre or Authority(self.server, bytes.fromhex(self.keys.public_key))
