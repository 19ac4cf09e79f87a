"""What a laptop that lends its printer understands of a caller: questions, and whole slips; nothing else.

A caller sends what our own slips are made of: a reset, a density, rasters, feeds, cuts, then GS r 1.
Anything else is refused, so that nobody can set up, update or lock the printer from the network. A slip is
printed only once it is there as a whole: what a caller leaves half said is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST: Final = 1024 * 1024
"""Bytes of one slip; a long one on an 80 mm roll has 100,000."""
_HEADER: Final = 8
_LENGTHS: Final = {b"\x1b@": 2, b"\x1d(": 7, b"\x1bd": 3, b"\x1dV": 3, b"\x10\x04": 3, b"\x1dr": 3}
_ENDS: Final = (b"\x1dV", b"\x1bd")
"""A slip ends with a cut, or with a feed to the tear-off edge."""
_DENSITY: Final = b"\x1d(K\x02\x001"


class NotASlip(ValueError):
    """Bytes that no slip is made of."""


@dataclass(frozen=True)
class Question:
    """DLE EOT: how is the printer? ``number`` is 1 to 4."""

    number: int


@dataclass(frozen=True)
class WholeSlip:
    """All of a slip is there; GS r 1 wants to hear when it has been printed."""

    data: bytes


class Caller:
    """One caller, from the first byte to the last."""

    def __init__(self) -> None:
        self._pending = b""
        self._slip = bytearray()
        self._ended = False

    def said(self, data: bytes) -> Iterator[Question | WholeSlip]:
        """What the caller wants by now. Raises NotASlip."""
        self._pending += data
        if len(self._pending) + len(self._slip) > MOST:
            raise NotASlip("too long for a slip")
        while (length := _length(self._pending)) and length <= len(self._pending):
            command, self._pending = self._pending[:length], self._pending[length:]
            if command[:2] == b"\x10\x04":
                if not 1 <= command[2] <= 4:
                    raise NotASlip("no such question")
                yield Question(command[2])
            elif command[:2] == b"\x1dr":
                slip, self._slip = bytes(self._slip), bytearray()
                yield WholeSlip(slip)
            else:
                self._slip += command
                self._ended = command[:2] in _ENDS

    def left(self) -> bytes:
        """What a caller who hung up without a question meant to have printed: whole slips, or nothing.

        So prints one who thought that nobody answers here.
        """
        return bytes(self._slip) if self._ended and not self._pending else b""


def _length(data: bytes) -> int:
    """How long the command is that ``data`` begins with, 0 where too little has come to know."""
    if len(data) < 2:
        return 0
    if data[:2] == b"\x1dv":
        if len(data) < _HEADER:
            return 0
        if data[:4] != b"\x1dv0\x00":
            raise NotASlip("another raster than ours")
        return _HEADER + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
    if data[:2] == b"\x1d(" and len(data) >= len(_DENSITY) and not data.startswith(_DENSITY):
        raise NotASlip("a setting that isn't the density")
    if data[:2] not in _LENGTHS:
        raise NotASlip("a command that no slip has")
    return _LENGTHS[data[:2]]
