"""The store: one encrypted file, one writer at a time, readers that never wait for it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from sqlalchemy import Connection
from sqlmodel import Session

from fairclient.base.clock import Clock
from fairclient.base.errors import DamagedStore, HomeMissing
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store import (
    backup,
    incarnation,
    intake,
    journal,
    meta,
    projection,
    receipts,
    schema,
    scrubbing,
)
from fairclient.store.backup import KEPT
from fairclient.store.connection import engine
from fairclient.store.identity import StationIdentity
from fairclient.store.lock import InstanceLock
from fairclient.store.readings import Readings
from fairclient.store.refusals import damaged, in_words
from fairclient.store.sessions import session_on
from fairclient.store.unit_of_work import UnitOfWork
from sync.wire.batch import Batch
from sync.wire.catalogue import REFERENCE
from sync.wire.receipt import Receipt

_READERS: Final = 4
_MINUTE_MS: Final = 60_000


def open_store(home: Home, data_key: bytes, clock: Clock) -> Store:
    """Open the home's file, or make it where the home is new.

    Raises LockedByAnother, DamagedStore (also for the wrong key), NewerStore, DiskFull or HomeNotWritable.
    """
    lock = InstanceLock(home.lock)
    lock.take()
    try:
        with in_words(home):
            return Store(home, data_key, clock, lock)
    except BaseException:
        lock.release()
        raise


class Store:
    """An open store; made by ``open_store`` and closed by ``close`` or the end of a ``with`` block.

    Any thread may read; writers take turns. After ``close`` nothing may be read or written.
    """

    def __init__(self, home: Home, data_key: bytes, clock: Clock, lock: InstanceLock) -> None:
        self.home = home
        self.clock = clock
        self._data_key = data_key
        self._lock = lock
        self._turn = threading.RLock()
        self._writing = False
        self._remembered: dict[Any, Any] = {}
        self._identity: StationIdentity | None = None
        if not _has_content(home.database) and incarnation.marked_openings(home):
            raise _vanished()
        self._readers = engine(home.database, data_key, begin="BEGIN", size=_READERS)
        self._writers = engine(home.database, data_key, begin="BEGIN IMMEDIATE", size=1)
        self._connection: Connection | None = None
        try:
            self._connection = self._writers.connect()
            schema.prepare(self._connection, home, data_key)
            self._begin_session()
        except BaseException:
            self._dispose()
            raise

    @property
    def identity(self) -> StationIdentity:
        """Who this station is. HomeMissing where the enrolment was never completed."""
        if self._identity is None:
            raise HomeMissing(
                _("La inscripción de este equipo no se terminó."),
                _("Aquí no hay datos de ninguna persona."),
                _("Inscríbalo de nuevo en una carpeta nueva, con otro código de la central."),
                code="not-enrolled",
            )
        return self._identity

    def latest_ms(self) -> int:
        """What time it is at least, in ms since 1970: no clock that was turned back makes it earlier."""
        return self._readings.latest_ms()

    def save_identity(self, identity: StationIdentity) -> None:
        """Keep who this station is, from now on."""
        with self.transaction() as connection:
            meta.put(connection, meta.IDENTITY, identity.to_text())
            meta.put(connection, meta.SERVER, identity.server)
        self._identity = identity
        self._remembered = {}

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session that reads one moment of the file. DamagedStore and its like in words."""
        with in_words(self.home), session_on(self._readers, self._identity, self._remembered) as session:
            yield session

    @contextlib.contextmanager
    def write(self, author: str = "") -> Iterator[UnitOfWork]:
        """One transaction, credited to the operator ``author``: when the block has ended, it is on the disk.

        An exception inside undoes all of it. Raises DiskFull, DamagedStore or LockedByAnother.
        """
        with self.transaction() as connection:
            hybrid = self._readings.hybrid()
            work = UnitOfWork(connection, self.identity, author, (self.clock, hybrid), self._remembered)
            try:
                yield work
                work.flush()
            finally:
                work.close()
                self._readings.reached(hybrid.last)

    def receive(self, batch: Batch) -> None:
        """Take in a batch whose seal was checked, and show what it says.

        One that continues our own journal means that the server knows more of us than we do: this laptop was
        restored, so it writes a new incarnation from here on. Raises WireError as ``intake.receive``.
        """
        identity = renewed = self.identity
        with self.transaction() as connection:
            kinds = intake.receive(connection, batch, identity)
            if kinds and batch.journal == identity.journal:
                renewed = incarnation.begin_new(connection, identity)
            self._readings.witness(
                (entry.header.hlc for entry in batch.entries),
                of_server=batch.journal.station == identity.server,
            )
        self._identity = renewed
        if kinds & REFERENCE:
            self._remembered = {}

    def save_receipt(self, receipt: Receipt, public_key: bytes) -> bool:
        """Keep a receipt once it is proved; see ``receipts.save``."""
        with self.transaction() as connection:
            kept = receipts.save(connection, receipt, public_key)
        if kept:
            self._readings.heard(round(receipt.at.timestamp() * 1000))
        return kept

    def begin_incarnation(self) -> int:
        """Go on under a new incarnation and take along what no server has; gives how many entries moved.

        For when the server holds another history under our numbers (``fork``): this laptop was cloned.
        """
        old = self.identity
        with self.transaction() as connection:
            renewed = incarnation.begin_new(connection, old)
            moved = incarnation.move_forked(connection, old, renewed)
        self._identity = renewed
        return moved

    def attach_to(self, connection: Connection, name: str) -> None:
        """Let another file's connection read this one under ``name``."""
        key = f"x'{self._data_key.hex()}'"
        connection.exec_driver_sql(f'ATTACH DATABASE ? AS {name} KEY "{key}"', (str(self.home.database),))
        connection.rollback()

    def backup(self, keep: int = KEPT) -> Path:
        """Copy the file while people work, and give the copy.

        Raises DiskFull, HomeNotWritable or DamagedStore.
        """
        return backup.take(self.home, self._data_key, self.clock, keep)

    def tend(self, every_minutes: int = 60, keep: int = KEPT) -> Path | None:
        """What has to be done now and then, away from any save: write the log back, and copy when it is time.

        Gives the copy if one was made. Call it every minute or so from a thread that nobody waits for.
        """
        if scrubbed := self.scrub():
            return scrubbed
        self.write_back()
        newest = next(iter(backup.copies(self.home)), None)
        taken = backup.taken_ms(newest) if newest else None
        now = self.clock.now_ms()
        # A copy from the future was made under a wrong clock; it must not stop the next ones.
        if taken is not None and 0 <= now - taken < every_minutes * _MINUTE_MS:
            return None
        return self.backup(keep)

    def write_back(self) -> None:
        """Write the log back into the file, as far as nobody reads from it: a long log makes reading slow."""
        with in_words(self.home), self._readers.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").all()

    def scrub(self) -> Path | None:
        """Take what was erased or purged out of the log and the copies; gives the new copy, if it was needed.

        Does nothing while a reader holds on to the log: call it again. Raises as ``backup``.
        """
        with self.read() as session:
            noted = scrubbing.wanted(session.connection())
            unsent = journal.unacknowledged(session) if noted else 0
        if not noted or not scrubbing.cut_log(self._readers):
            return None
        newest = scrubbing.renew_copies(self.home, self.backup, nothing_unsent=not unsent)
        with self.transaction() as connection:
            scrubbing.done(connection, noted)
        return newest

    def close(self) -> None:
        """Close the file and let others open it."""
        if self._connection is not None:
            with self._turn, contextlib.suppress(Exception):  # closing a damaged file must not fail
                with self.transaction() as connection:
                    incarnation.count_opening(connection, self.home)
                self._write_mark()
        self._dispose()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin_session(self) -> None:
        """Read who we are and what time it was, and notice whether this file is a copy."""
        with self.transaction() as connection:
            copied = incarnation.count_opening(connection, self.home)
            kept = meta.get(connection, meta.IDENTITY)
            self._identity = StationIdentity.from_text(kept) if kept else None
            if copied and self._identity is not None:
                self._identity = incarnation.begin_new(connection, self._identity)
            projection.take_up(connection)
            server = self._identity.server if self._identity else ""
            self._readings = Readings(self.clock, connection, server)
        self._write_mark()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The one writing transaction, for what writes no entry of ours; ``write`` is for acts."""
        with self._turn:
            if self._writing:
                raise RuntimeError("a unit of work is open in this thread; it has to end before the next")
            if self._connection is None:
                raise RuntimeError("the store is closed")
            self._writing = True
            try:
                with in_words(self.home), self._connection.begin():
                    yield self._connection
            finally:
                self._writing = False

    def _write_mark(self) -> None:
        if self._connection is not None:
            incarnation.write_mark(self._connection, self.home)
            self._connection.rollback()

    def _dispose(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):  # the pool below closes what is left
                self._connection.close()
            self._connection = None
        self._readers.dispose()
        self._writers.dispose()


def _has_content(path: Path) -> bool:
    """Whether there is a file with something in it: an empty one would pass for a new store."""
    return path.is_file() and path.stat().st_size > 0


def _vanished() -> DamagedStore:
    told = damaged()
    return DamagedStore(
        _("Falta el archivo de datos de esta feria."), told.safe, told.do, code="store-missing"
    )
