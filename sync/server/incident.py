"""A lost laptop: how many people its loss touches, for the report that the law asks for.

Ley 1581 de 2012, art. 17: violations of security are reported to the authority within fifteen working days,
with the number of people affected (Circular 003 de 2018 of the SIC).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from sync.server import people, roster
from sync.server.words import Refusal
from sync.wire.clock import milliseconds

_OWN = text(
    "SELECT COUNT(DISTINCT e.subject) FROM entry e JOIN journal j ON j.id = e.journal "
    "WHERE j.fair = :fair AND j.station = :station AND e.kind = 'attendee' AND e.body IS NOT NULL"
)
_ALL = text(
    "SELECT COUNT(DISTINCT e.subject) FROM entry e JOIN journal j ON j.id = e.journal "
    "WHERE j.fair = :fair AND e.kind = 'attendee' AND e.body IS NOT NULL"
)
_LAST = text(
    "SELECT MAX(e.hlc) FROM entry e JOIN journal j ON j.id = e.journal "
    "WHERE j.fair = :fair AND j.station = :station"
)


class Incident(NamedTuple):
    """What is known of a laptop that is lost.

    `registered` people were registered on it; `fair` at most, those among them, were known there; `cards` of
    other fairs at most lay on it. `last_heard` is the reading of its last entry, as a time, "" for none.
    """

    station: str
    name: str
    registered: int
    fair: int
    cards: int
    last_heard: str

    @property
    def affected(self) -> int:
        """The most people whose data lay on it."""
        return self.fair + self.cards


def count(connection: Connection, fair: str, station: str) -> Incident:
    """Count for a station of a fair; what it received is taken to be all that it might have.

    Raises:
        Refusal: for a station that is not enrolled at that fair.
    """
    found = roster.station(connection, fair, station)
    if found is None:
        raise Refusal(f"There is no station {station} at this fair.")
    asked = {"fair": fair, "station": station}
    own = int(connection.execute(_OWN, asked).scalar_one())
    last = connection.execute(_LAST, asked).scalar()
    whole = own
    if found.scope == "fair":
        whole = int(connection.execute(_ALL, {"fair": fair}).scalar_one())
    cards = people.count(connection, fair) if found.scope == "fair" else 0
    return Incident(station, found.name, own, whole, cards, _time(last))


def _time(reading: str | None) -> str:
    """A clock reading as a time to the second; a clock beyond all calendars gives none."""
    try:
        ms = milliseconds(reading or "0")
        return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else ""
    except (ValueError, OverflowError, OSError):
        return ""
