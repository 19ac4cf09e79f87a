"""Copies of the encrypted file: made while people work, encrypted like it, proved, and a few of them kept."""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from fairclient.base.clock import Clock, moment
from fairclient.base.errors import DamagedStore
from fairclient.base.files import disk_full, replace, sync_folder
from fairclient.base.files import in_words as files_in_words
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store.connection import connect
from fairclient.store.refusals import in_words

KEPT: Final = 24
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_HOURLY: Final = "fair-*.db"


def take(home: Home, data_key: bytes, clock: Clock, keep: int = KEPT) -> Path:
    """Copy the file as it is at this moment, prove the copy, and forget all but the newest ``keep``.

    Runs beside writers on a connection of its own. Raises DiskFull, HomeNotWritable or DamagedStore.
    """
    for left in home.backups.glob("*.db.new*"):  # a copy that a power cut left half done
        with contextlib.suppress(OSError):
            left.unlink()
    path = home.backups / f"fair-{moment(clock.now_ms()).strftime(_STAMP)}.db"
    _copy(home, data_key, path)
    for old in copies(home)[keep:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def before_migration(home: Home, data_key: bytes, version: int) -> Path:
    """Keep a copy of the file as version ``version`` left it; it stays until somebody removes it."""
    path = home.backups / f"before-migration-from-{version:04d}.db"
    _copy(home, data_key, path)
    return path


def copies(home: Home) -> list[Path]:
    """The copies, the newest first."""
    return sorted(home.backups.glob(_HOURLY), reverse=True)


def taken_ms(path: Path) -> int | None:
    """When a copy was taken, in ms since 1970, by its name; None for another file."""
    try:
        taken = datetime.strptime(path.stem.removeprefix("fair-"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return round(taken.timestamp() * 1000)


def restore(home: Home, data_key: bytes, clock: Clock) -> Path:
    """Put the newest whole copy in the place of a damaged file, which is kept aside; gives the copy's path.

    The store must be closed. When it is opened again it begins a new incarnation, and the next
    synchronisation brings back what the centre holds beyond the copy.

    Raises DamagedStore where no copy is whole.
    """
    for copy in copies(home):
        with contextlib.suppress(DamagedStore):
            _prove(home, data_key, copy)
            _put_in_place(home, copy, clock)
            return copy
    raise DamagedStore(
        _("Ninguna copia de respaldo de este equipo está completa."),
        _("No se borró nada, y lo que tiene acuse está en la central."),
        _("Inscriba el equipo en una carpeta nueva y guarde esta para quien le ayude."),
        code="no-whole-copy",
    )


def _put_in_place(home: Home, copy: Path, clock: Clock) -> None:
    stamp = moment(clock.now_ms()).strftime(_STAMP)
    fresh = home.database.with_name("fair.db.restored")
    with files_in_words(home.dir):
        shutil.copyfile(copy, fresh)
        _make_durable(fresh)
        for suffix in ("", "-wal", "-shm"):
            part = home.database.with_name(home.database.name + suffix)
            if part.exists():
                replace(part, part.with_name(f"damaged-{stamp}-{part.name}"))
        replace(fresh, home.database)
        sync_folder(home.dir)


def _copy(home: Home, data_key: bytes, path: Path) -> None:
    _refuse_without_room(home)
    aside = path.with_name(path.name + ".new")
    with in_words(home), files_in_words(home.backups):
        try:
            aside.unlink(missing_ok=True)
            with _opened(home.database, data_key) as source, _opened(aside, data_key) as target:
                source.backup(target)
                # A copy is one file: without this its newest pages would wait in a -wal beside it.
                target.execute("PRAGMA journal_mode = DELETE")
            _prove(home, data_key, aside)
            _make_durable(aside)
            replace(aside, path)
        except BaseException:
            for suffix in ("", "-wal", "-shm", "-journal"):
                with contextlib.suppress(OSError):
                    aside.with_name(aside.name + suffix).unlink(missing_ok=True)
            raise
        sync_folder(home.backups)


def _prove(home: Home, data_key: bytes, path: Path) -> None:
    """Read every page of a copy and check its seal. Raises DamagedStore."""
    with in_words(home), _opened(path, data_key) as copy:
        wrong = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        ours = copy.execute("PRAGMA user_version").fetchone()[0] > 0
        copy.execute("PRAGMA journal_mode = DELETE")
    if wrong or not ours:
        raise DamagedStore(_("Una copia de respaldo está dañada."), _("Las otras copias siguen ahí."))


@contextlib.contextmanager
def _opened(path: Path, data_key: bytes) -> Any:
    connection = connect(path, data_key)
    try:
        yield connection
    finally:
        connection.close()


def _refuse_without_room(home: Home) -> None:
    with files_in_words(home.backups):
        home.backups.mkdir(mode=0o700, exist_ok=True)
        needed = home.database.stat().st_size
        if shutil.disk_usage(home.backups).free < 2 * needed:
            raise disk_full()


def _make_durable(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
