"""Writing a small file whole or not at all, with the disk's refusals said in words."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from fairclient.base.errors import DiskFull, HomeNotWritable, NotAsWritten
from fairclient.base.words import _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WAITS = (0.01, 0.03, 0.1, 0.3)  # seconds
_WINDOWS_FULL = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


def is_full(error: OSError) -> bool:
    """Whether ``error`` means that the disk has no room left."""
    return error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL


def disk_full() -> DiskFull:
    """The words for a disk without room."""
    return DiskFull(
        _("No queda espacio en el disco."),
        _("Lo que ya estaba guardado sigue a salvo; lo último no se guardó."),
        _("Libere espacio y vuelva a intentarlo."),
    )


def not_writable(path: Path) -> HomeNotWritable:
    """The words for a folder that can't be written to."""
    return HomeNotWritable(
        _("No se puede escribir en la carpeta {folder}.").format(folder=path),
        _("No se cambió nada."),
        _("Revise los permisos de la carpeta o elija otra."),
    )


@contextlib.contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into DiskFull or HomeNotWritable."""
    try:
        yield
    except OSError as error:
        raise (disk_full() if is_full(error) else not_writable(folder)) from error


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in ``path`` as ``write_aside`` does. Raises DiskFull or HomeNotWritable."""
    with write_aside(path) as out:
        out.write(data)


def write_verified(path: Path, data: bytes) -> str:
    """Put ``data`` in ``path``, and read it back before and after it takes the old file's place.

    For cheap sticks, which say that they have kept what they have not. Gives the SHA-256 in hex. Raises
    DiskFull, HomeNotWritable, or NotAsWritten: before it took the place of the old file, which then stands.
    """
    # Only what goes to a stick is hashed: the window starts without it.
    import hashlib  # noqa: PLC0415

    digest = hashlib.sha256(data).hexdigest()

    def check(written: Path) -> None:
        if _digest_on_disk(written) != digest:
            raise NotAsWritten(
                _("Lo que se lee en {folder} no es lo que se escribió.").format(folder=path.parent),
                _("Los registros siguen en este equipo, completos."),
                _("Esa memoria puede estar dañada: use otra."),
            )

    with write_aside(path, check) as out:
        out.write(data)
    with in_words(path.parent):
        check(path)
    return digest


@contextlib.contextmanager
def write_aside(path: Path, check: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """A file to write that becomes ``path`` at the end: readable by its owner only, durable, whole.

    Written aside, flushed to the disk and moved over the old file, which stays intact until then and for good
    when the block, or ``check`` of what was written, raises. Raises DiskFull or HomeNotWritable.
    """
    aside = path.with_name(path.name + ".new")
    with in_words(path.parent):
        try:
            with _private(aside) as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            if check is not None:
                check(aside)
            replace(aside, path)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def replace(source: Path, target: Path) -> None:
    """Move ``source`` over ``target``, trying again for a moment while an antivirus holds one of them."""
    for wait in _WAITS:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(wait)
    os.replace(source, target)


def _digest_on_disk(path: Path) -> str:
    """The SHA-256 of a file, read from the medium itself where the system can be asked to."""
    import hashlib  # noqa: PLC0415 (as above)

    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _private(path: Path) -> BinaryIO:
    # O_BINARY exists on Windows only, where text mode would change line ends.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """Make a rename inside ``folder`` durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
