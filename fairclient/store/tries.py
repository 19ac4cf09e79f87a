"""Wrong passphrases are counted on the disk, and after the third each one makes the next wait longer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from fairclient.base.clock import Clock
from fairclient.base.errors import TooManyTries
from fairclient.base.files import in_words, write_whole
from fairclient.base.words import _

FREE: Final = 3
FIRST_WAIT: Final = 5
LONGEST_WAIT: Final = 900
_MOST: Final = 64


def wait_after(count: int) -> int:
    """Seconds to wait after ``count`` wrong passphrases in a row."""
    if count < FREE:
        return 0
    doubled: int = FIRST_WAIT * 2 ** min(count - FREE, 16)
    return min(doubled, LONGEST_WAIT)


class Tries:
    """The wrong passphrases since the last right one."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    @property
    def count(self) -> int:
        """How many there were."""
        return self._read()[0]

    def check(self) -> None:
        """Raise TooManyTries while the next try has to wait."""
        count, at = self._read()
        now = self._clock.now_ms()
        if at > now:  # the clock was turned back: the wait begins anew, it doesn't last until then
            at = now
            self._write(count, at)
        seconds = -(-(at + 1000 * wait_after(count) - now) // 1000)
        if seconds > 0:
            raise TooManyTries(
                _("Se escribieron varias contraseñas equivocadas."),
                _("Los datos siguen guardados y cifrados."),
                _("Espere {seconds} segundos y vuelva a intentarlo.").format(seconds=seconds),
                seconds=seconds,
            )

    def begin(self) -> None:
        """Count a try before its outcome is known, so that killing the program gains nothing."""
        self._write(min(self._read()[0] + 1, _MOST), self._clock.now_ms())

    def succeeded(self) -> None:
        """Forget the wrong ones."""
        with in_words(self._path.parent):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, int]:
        try:
            with self._path.open("rb") as file:
                count, at = json.loads(file.read(256))
        except (OSError, ValueError, TypeError):
            return 0, 0
        return (count, at) if type(count) is int and type(at) is int else (0, 0)

    def _write(self, count: int, at: int) -> None:
        write_whole(self._path, json.dumps([count, at]).encode())
