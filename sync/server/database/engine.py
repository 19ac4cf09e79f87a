"""The server's database: one engine for an address, and the two kinds of transactions on it."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlcipher3 import dbapi2

from sync.server.database import direct
from sync.server.database.gathering import Gathering
from sync.server.recall import Recall
from sync.server.words import Refusal
from sync.wire.problem import WireError

BUSY_SECONDS: Final = 20
"""How long a write waits for another to end before the caller is told to come back."""

KEPT_SECONDS: Final = 600
"""How long a connection to PostgreSQL is kept for writing before a fresh one is taken."""

LANES: Final = 2
"""Groups of batches that a process writes at the same time: while one waits for the disk, another is read."""

_LOOK_UP: Final = (
    "enable_seqscan = off",
    "enable_hashjoin = off",
    "enable_mergejoin = off",
    "enable_material = off",
    "join_collapse_limit = 1",
    "jit = off",
)
"""PostgreSQL plans a prepared statement once, maybe while the tables are empty, and would then read them
whole for hours. What is asked here is to be looked up by an index, table by table as it is written."""

_POSTGRES: Final = ("postgres", "postgresql", "postgresql+psycopg")


class Database:
    """An engine, with transactions for reading (one snapshot) and for writing (all or nothing)."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._reading = self._glancing = engine
        if not self.is_sqlite:  # there every transaction reads one state anyway
            self._reading = engine.execution_options(isolation_level="REPEATABLE READ")
            self._glancing = engine.execution_options(**{direct.GLANCE: True})
        self._turn = threading.Lock()
        self._spare: list[tuple[Connection, float]] = []
        self.recall = Recall()
        self.gathering: Gathering[Any, Any] = Gathering(1 if self.is_sqlite else LANES)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one committed state from start to end."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """Give a connection on which each statement sees the state of its moment; saves two round trips."""
        with self._glancing.connect() as connection:
            try:
                yield connection
            finally:
                direct.forget(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose work is committed at the end, or undone whole when an error passes.

        SQLite has one writer at a time, so threads of this process queue here in turn rather than poll the
        file; PostgreSQL sorts its writers out by row locks.

        Raises:
            WireError: `busy` when the turn does not come in time.
        """
        if not self.is_sqlite:
            with self._kept() as connection:
                yield connection
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise WireError("busy", "Too many writers are waiting for the database.")
        try:
            with self.engine.connect().execution_options(fair_write=True) as connection, connection.begin():
                yield connection
        finally:
            self._turn.release()

    @contextmanager
    def _kept(self) -> Iterator[Connection]:
        """Give a PostgreSQL connection for a transaction; one that went well is kept for the next.

        Taking it from the engine and giving it back takes longer than many a batch's statements.
        """
        connection, since = self._taken()
        try:
            with connection.begin():
                try:
                    yield connection
                finally:
                    direct.forget(connection)
                direct.commit(connection)
        except BaseException:
            direct.hang_up(connection)
            raise
        if len(self._spare) < LANES and time.monotonic() - since < KEPT_SECONDS:
            self._spare.append((connection, since))
        else:
            connection.close()

    def _taken(self) -> tuple[Connection, float]:
        """Return a connection and since when it is kept."""
        try:
            return self._spare.pop()
        except IndexError:
            return self.engine.connect(), time.monotonic()

    def close(self) -> None:
        """Close all connections."""
        while self._spare:
            self._spare.pop()[0].close()
        self.engine.dispose()


def parse(address: str) -> URL:
    """Read a database's address: `sqlite:///file.db`, the name of a file, or `postgresql://user@host/name`.

    Raises:
        Refusal: when it is none of these.
    """
    text = address if "://" in address else f"sqlite:///{address}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Refusal(
            "The database's address can't be read. Write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise Refusal("The database must be sqlite:///FILE or postgresql://USER@HOST/NAME.")


def connect(address: str) -> Database:
    """Open the database at an address; nothing is created but an empty SQLite file.

    Raises:
        Refusal: when the address or its folder is wrong.
    """
    url = parse(address)
    if url.drivername == "sqlite":
        folder = Path(url.database or "").absolute().parent
        if not folder.is_dir():
            raise Refusal(f"The folder {folder} for the database does not exist. Create it first.")
        _make_private(Path(url.database or ""))
        engine = create_engine(url, hide_parameters=True, pool_size=16, max_overflow=32)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=12,
            max_overflow=12,
            pool_timeout=BUSY_SECONDS,
            pool_recycle=1800,
        )
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "before_cursor_execute", direct.settle)
    return Database(engine)


def connect_encrypted(path: Path, key: bytes) -> Database:
    """Open, or make, an SQLite file that SQLCipher encrypts with a raw 256-bit key.

    A wrong key is noticed by the first statement that reads.
    """
    _make_private(path)

    def creator() -> Any:
        # isolation_level None: transactions are ours to begin
        raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        raw.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        return raw

    engine = create_engine(
        "sqlite://",
        creator=creator,
        module=dbapi2,
        poolclass=QueuePool,
        hide_parameters=True,
        pool_size=16,
        max_overflow=32,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _make_private(path: Path) -> None:
    """Make a new file one that only its owner may read: people's data stand in it, in plain text.

    SQLite gives the files beside it the same mode. Where the file can't be made, SQLite says so.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    """Make commits durable (FULL), readers free of writers (WAL), and transactions ours to begin."""
    connection: sqlite3.Connection = raw
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a lock taken half-way could not wait and would fail instead."""
    writing = connection.get_execution_options().get("fair_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _prepare_postgres(raw: Any, _record: Any) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        cursor.execute("SET idle_in_transaction_session_timeout = '10min'")
        for setting in _LOOK_UP:
            cursor.execute(f"SET {setting}")
    raw.commit()
