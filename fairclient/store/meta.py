"""What the file knows about itself, by key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

IDENTITY: Final = "identity"
SERVER: Final = "server"
"""The server whose journal holds the reference data of the fair."""
OPENED: Final = "opened"
"""How often the file was opened, closed or copied; ``Home.mark`` keeps the same number beside it."""
DEVICE: Final = "device"
"""Which computer and which file on its disk this is."""
TO_SCRUB: Final = "to_scrub"
"""Set while copies and the log may still hold what was erased or purged (``fairclient.store.scrubbing``)."""


def get(connection: Connection, key: str) -> str | None:
    """The value of ``key``, or None."""
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).scalar()
    return None if found is None else str(found)


def put(connection: Connection, key: str, value: str) -> None:
    """Keep ``value``."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
