"""What the database refuses, in words: a full disk, a damaged file, a file that another program holds."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Iterator
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from fairclient.base.errors import DamagedStore, DiskFull, LockedByAnother, SayError
from fairclient.base.files import disk_full, not_writable
from fairclient.base.home import Home
from fairclient.base.words import _

# SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_BUSY, _LOCKED, _PERM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 3, 8, 10, 11, 13, 14, 26
_ROOM: Final = 2 * 1024 * 1024
_log = logging.getLogger(__name__)


@contextlib.contextmanager
def in_words(home: Home) -> Iterator[None]:
    """Turn the world's refusals inside the block into a SayError; our own mistakes pass as they are."""
    try:
        yield
    except DBAPIError as error:
        said = _said(home, error.orig)
        if said is None:
            raise
        raise said from error
    except dbapi2.Error as error:
        said = _said(home, error)
        if said is None:
            raise
        raise said from error


def damaged() -> DamagedStore:
    """The words for a file that isn't whole."""
    return DamagedStore(
        _("El archivo de datos de la feria está dañado."),
        _("No se borró nada. Hay copias de respaldo, y lo que tiene acuse está en la central."),
        _("Cierre el programa y pida ayuda para recuperar la última copia."),
    )


def _said(home: Home, error: BaseException | None) -> SayError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    _log.warning("the database refused: %s", getattr(error, "sqlite_errorname", code))
    primary = code & 0xFF
    if primary == _FULL or (primary == _IOERR and _no_room(home)):
        return disk_full()
    if primary == _IOERR and _reads(home):
        return _not_taken()
    if primary in (_BUSY, _LOCKED):
        return _held()
    if primary in (_CORRUPT, _NOTADB, _IOERR):
        return damaged()
    if primary in (_PERM, _READONLY, _CANTOPEN):
        return not_writable(home.dir)
    return None


def _no_room(home: Home) -> bool:
    try:
        return shutil.disk_usage(home.dir).free < _ROOM
    except OSError:
        return False


def _reads(home: Home) -> bool:
    """Whether the medium still gives the whole file: then it is a write that it did not take (a quota)."""
    try:
        with home.database.open("rb") as file:
            while file.read(_ROOM):
                pass
    except OSError:
        return False
    return True


def _not_taken() -> DiskFull:
    return DiskFull(
        _("El disco no recibe lo que se guarda: está lleno, tiene un límite o está fallando."),
        _("Lo que ya estaba guardado sigue a salvo; lo último no se guardó."),
        _("Libere espacio y vuelva a intentarlo. Si se repite, cambie de equipo y pida ayuda."),
    )


def _held() -> LockedByAnother:
    return LockedByAnother(
        _("Otro programa del equipo tiene ocupado el archivo de datos."),
        _("Lo que ya estaba guardado sigue a salvo; lo último no se guardó."),
        _("Espere un momento y vuelva a intentarlo."),
        code="store-busy",
    )
