"""One running server: its database, its keys, its name and its clock, handed to whatever needs them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.server.database import Database
from sync.server.keys import Keys
from sync.wire.receipt import Tier


def wall_ms() -> int:
    """Return the machine's clock in Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Node:
    """A centre or a hub. Holds no state of its own, so several processes may serve one database."""

    database: Database
    keys: Keys
    name: str
    tier: Tier
    now_ms: Callable[[], int] = field(default=wall_ms)

    @property
    def server(self) -> str:
        """The server's id."""
        return self.keys.server
