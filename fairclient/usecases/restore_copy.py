"""Put the newest whole copy in the place of a damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fairclient.base.clock import Clock, moment
from fairclient.base.errors import BadInput, DamagedStore
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store import backup, vault
from fairclient.store.database import open_store
from fairclient.store.integrity import check
from fairclient.store.lock import InstanceLock


@dataclass(frozen=True)
class Restored:
    """`copy`, made at `taken` (UTC, aware), stands in the place of the damaged file.

    `aside` is where the damaged file is kept; None where there was no file any more.
    """

    copy: Path
    taken: datetime
    aside: Path | None


def restore_copy(home: Home, passphrase: str, clock: Clock) -> Restored:
    """Restore a home whose file is damaged or gone; the store must be closed.

    The station goes on under a new incarnation, and the next synchronisation brings back from the centre all
    that has a receipt.

    Raises HomeMissing, WrongPassphrase, TooManyTries, LockedByAnother, NewerStore, DiskFull,
    HomeNotWritable, BadInput where the file is whole, or DamagedStore where no copy is.
    """
    key = vault.unlock(home.require(), passphrase, None, clock).data_key
    if _is_whole(home, key, clock):
        raise BadInput(
            _("El archivo de datos de esta feria está completo; no hay nada que recuperar."),
            _("No se cambió nada."),
            _("Siga trabajando. Una copia anterior tendría menos registros que este archivo."),
            code="not-damaged",
        )
    before = _aside(home)
    lock = InstanceLock(home.lock)
    lock.take()
    try:
        copy = backup.restore(home, key, clock)
    finally:
        lock.release()
    moved = sorted(_aside(home) - before)
    return Restored(copy, moment(backup.taken_ms(copy) or 0), moved[0] if moved else None)


def _is_whole(home: Home, key: bytes, clock: Clock) -> bool:
    """Whether the file opens and all of it is as it was written."""
    if not home.database.exists():  # it would be made anew
        return False
    try:
        with open_store(home, key, clock) as store:
            return not check(store)
    except DamagedStore:
        return False


def _aside(home: Home) -> set[Path]:
    return set(home.dir.glob(f"damaged-*-{home.database.name}"))
