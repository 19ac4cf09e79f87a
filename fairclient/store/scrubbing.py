"""After an erasure or a purge the bytes themselves go: out of the log, and out of the copies beside the file.

The file overwrites what it deletes (``secure_delete``). What was already written to the log is gone once the
log is cut back, and what stands in older copies goes with them as soon as a newer one is proved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine

from fairclient.base.home import Home
from fairclient.store import meta

_KINDS = ("fair-*.db", "before-migration-*.db")


def wanted(connection: Connection) -> str:
    """What was noted when something was last taken away; "" where nothing is left to do."""
    return meta.get(connection, meta.TO_SCRUB) or ""


def cut_log(engine: Engine) -> bool:
    """Write the log back into the file and cut it to nothing; gives whether nobody was in the way."""
    with engine.connect() as connection:
        busy, _in_log, _written = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        connection.rollback()
    return not busy


def renew_copies(home: Home, take: Callable[[], Path], *, nothing_unsent: bool) -> Path:
    """Take a copy, then remove the older ones; damaged files that were put aside only where all was sent."""
    older = [path for kind in _KINDS for path in home.backups.glob(kind)]
    newest = take()
    if nothing_unsent:
        older += home.dir.glob("damaged-*")
    for path in older:
        if path != newest:
            with contextlib.suppress(OSError):  # another program holds it: the next round tries again
                path.unlink(missing_ok=True)
    return newest


def done(connection: Connection, noted: str) -> None:
    """Strike the note, unless more was taken away since."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = ? AND value = ?", (meta.TO_SCRUB, noted))
