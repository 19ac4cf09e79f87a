"""The clock readings that a station remembers: its last one, and the latest time that its server told."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from fairclient.base.clock import Clock
from sync.wire.clock import MAX_AHEAD_MS, ZERO, HybridClock, milliseconds, pack


class Readings:
    """Gives a hybrid clock that goes on from the last reading, unless that reading can't be true.

    A laptop that lived a morning in the year 2036 must not stay there; one whose battery died and that wakes
    up in 2019 must not go back there. So a reading stands until it is more than a day ahead of both this
    laptop's clock and the latest time that the server's signed entries and receipts have shown.
    """

    def __init__(self, clock: Clock, connection: Connection, server: str) -> None:
        self._clock = clock
        self._last = _greatest(connection, "SELECT max(hlc) FROM journal", ())
        heard = _greatest(connection, "SELECT max(hlc) FROM journal WHERE station = ?", (server,))
        receipt = connection.exec_driver_sql("SELECT max(at) FROM receipt").scalar() or 0
        self._heard_ms = max(milliseconds(heard), int(receipt))

    def hybrid(self) -> HybridClock:
        """The clock for the next unit of work; give what it reached to ``reached``."""
        ceiling = pack(max(self._clock.now_ms(), self._heard_ms, 0) + MAX_AHEAD_MS)
        return HybridClock(self._clock.now_ms, min(self._last, ceiling))

    def reached(self, last: str) -> None:
        """Remember the last reading of our own."""
        self._last = last

    def witness(self, readings: Iterable[str], *, of_server: bool) -> None:
        """Take note of readings in what was received."""
        greatest = max(readings, default=ZERO)
        self._last = max(self._last, greatest)
        if of_server:
            self.heard(milliseconds(greatest))

    def latest_ms(self) -> int:
        """The clock's time, or what the server said last where that is later: ms since 1970."""
        return max(self._clock.now_ms(), self._heard_ms)

    def heard(self, ms: int) -> None:
        """The server says that it is ``ms`` milliseconds since 1970."""
        self._heard_ms = max(self._heard_ms, ms)


def _greatest(connection: Connection, statement: str, values: tuple[str, ...]) -> str:
    found = connection.exec_driver_sql(statement, values).scalar()
    return str(found) if found else ZERO
