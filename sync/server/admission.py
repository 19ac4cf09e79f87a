"""Joining a hub: a code on its screen lets an enrolled laptop in, once; afterwards its own key is enough."""

from __future__ import annotations

import hmac
import secrets
import threading
from typing import Final

from sqlalchemy import Connection, text

from sync.wire.problem import WireError

CODE_SECONDS: Final = 600
"""How long a code is good for."""

_KNOWN = text("SELECT station FROM admitted WHERE station = :station")
_ADMIT = text("INSERT INTO admitted (station, at_ms) VALUES (:station, :at_ms) ON CONFLICT DO NOTHING")


class Admission:
    """The codes that are good now; kept in memory only, so that none outlives the hub's process."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._guard = threading.Lock()

    def new_code(self, now_ms: int) -> str:
        """Make a code of 128 random bits that is good for `CODE_SECONDS`."""
        code = secrets.token_hex(16)
        with self._guard:
            self._codes = {kept: ends for kept, ends in self._codes.items() if ends > now_ms}
            self._codes[code] = now_ms + CODE_SECONDS * 1000
        return code

    def check(self, code: str, now_ms: int) -> None:
        """Check a code.

        Raises:
            WireError: `code-unknown` or `code-expired`.
        """
        with self._guard:
            codes = dict(self._codes)
        for kept, ends in codes.items():
            if hmac.compare_digest(kept.encode(), code.encode("utf-8", "replace")):
                if now_ms > ends:
                    raise WireError("code-expired")
                return
        raise WireError("code-unknown")


def is_admitted(connection: Connection, station: str) -> bool:
    """Say whether a station joined this hub before."""
    return connection.execute(_KNOWN, {"station": station}).first() is not None


def admit(connection: Connection, station: str, at_ms: int) -> None:
    """Keep that a station joined."""
    connection.execute(_ADMIT, {"station": station, "at_ms": at_ms})
