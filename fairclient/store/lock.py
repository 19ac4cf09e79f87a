"""The lock that lets one running program open a home; it dies with the program, however that dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from fairclient.base.errors import LockedByAnother
from fairclient.base.files import in_words
from fairclient.base.words import _

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        # flock belongs to the opened file, so that two stores of one process exclude each other as well.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held from ``take`` to ``release``.

    The operating system's own lock on a file, as the lock libraries use it: twenty lines here weigh less at
    start-up than the one that pulls asyncio in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the lock. Raises LockedByAnother, HomeNotWritable or DiskFull."""
        with in_words(self._path.parent):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise LockedByAnother(
                _("Otra ventana o programa ya tiene abierta esta feria."),
                _("Nada se perdió: lo que allí se guarda sigue en orden."),
                _("Use la ventana que ya está abierta, o ciérrela y vuelva a intentarlo."),
            ) from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; closing the file is what unlocks it on every system."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
