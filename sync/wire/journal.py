"""The name of a journal (bitácora): one station, in one incarnation, at one fair."""

from __future__ import annotations

import re
from typing import NamedTuple

from sync.wire.fact import UUID_PATTERN
from sync.wire.problem import WireError

_ID = re.compile(UUID_PATTERN)
MAX_INCARNATION = 2**31 - 1


class JournalId(NamedTuple):
    """Identifies a journal; `str()` gives `station/incarnation/fair`."""

    station: str
    incarnation: int
    fair: str

    def __str__(self) -> str:
        return f"{self.station}/{self.incarnation}/{self.fair}"

    @classmethod
    def parse(cls, text: str) -> JournalId:
        """Read the text form.

        Raises:
            WireError: `garbled`.
        """
        parts = text.split("/")
        if len(parts) == 3 and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 10:
            return cls.checked(parts[0], int(parts[1]), parts[2])
        raise WireError("garbled", "A journal's name is station/incarnation/fair.")

    @classmethod
    def checked(cls, station: object, incarnation: object, fair: object) -> JournalId:
        """Build from untrusted parts.

        Raises:
            WireError: `garbled`.
        """
        if (
            isinstance(station, str)
            and isinstance(fair, str)
            and type(incarnation) is int
            and 1 <= incarnation <= MAX_INCARNATION
            and _ID.fullmatch(station)
            and _ID.fullmatch(fair)
        ):
            return cls(station, incarnation, fair)
        raise WireError("garbled", "A journal is named by two UUIDs and an incarnation from 1.")
