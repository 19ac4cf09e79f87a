"""Connections to the encrypted file: the key, the settings that make a commit durable, and how one begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

BUSY_SECONDS: Final = 5.0
"""How long a statement waits for a file that something else holds: an antivirus, a backup program."""

_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a commit is on the disk when it returns
    "foreign_keys = ON",
    "temp_store = MEMORY",  # nothing readable ever reaches a temporary file
    "trusted_schema = OFF",
    "secure_delete = ON",  # what is deleted is overwritten: a right to be erased is one to the bytes as well
    # A checkpoint belongs between two people, not under a save: `Store.tend` makes them. This is the limit.
    "wal_autocheckpoint = 16000",
    "cache_size = -8000",  # KiB for each connection; the system keeps the file's pages as well
)


def connect(path: Path, data_key: bytes) -> Any:
    """A raw connection to ``path`` with the raw 256-bit key, usable from any one thread at a time.

    Transactions begin where we say so: the driver's own guessing is off.
    """
    if not path.exists():
        _make_private(path)
    connection = dbapi2.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")  # wiping every page halves the speed
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """Make the file one that only its owner may read; where it can't be made, SQLite says so."""
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def engine(path: Path, data_key: bytes, *, begin: str, size: int) -> Engine:
    """An engine of at most ``size`` connections whose transactions start with the statement ``begin``."""

    def creator() -> Any:
        return connect(path, data_key)

    made = create_engine(
        "sqlite://",
        creator=creator,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,  # values never reach an error's text
    )
    event.listen(made, "begin", _beginner(begin))
    return made


def _beginner(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
