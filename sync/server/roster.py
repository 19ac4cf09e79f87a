"""Who may write and read at a fair: stations, their keys, operators, and whose access was withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, text

from sync.server import bulk
from sync.server.node import Node
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

_COLUMNS: Final = (
    "SELECT subject, fair, name, point, scope, public_key, revoked FROM station WHERE subject = :station"
)
_STATION = text(f"{_COLUMNS} AND fair = :fair")
_EVERYWHERE = text(f"{_COLUMNS} ORDER BY fair")
_AUTHORS = "SELECT subject, revoked FROM operator WHERE fair = :fair AND subject {one_of}"


class StationAtFair(NamedTuple):
    """An enrolled station as it stands at a fair."""

    id: str
    fair: str
    name: str
    point: str
    scope: str
    public_key: bytes
    revoked: bool


def station(connection: Connection, fair: str, station_id: str) -> StationAtFair | None:
    """Return a station of a fair, or None where it is not enrolled."""
    row = connection.execute(_STATION, {"fair": fair, "station": station_id}).first()
    return None if row is None else _station(row)


def enrolled(connection: Connection, station_id: str, fair: str) -> StationAtFair:
    """Return a station of a fair, also one whose access was withdrawn.

    Raises:
        WireError: `forbidden` (another fair).
    """
    found = station(connection, fair, station_id)
    if found is None:
        raise WireError("forbidden", "This station is not enrolled at that fair.")
    return found


def active(connection: Connection, station_id: str, fair: str) -> StationAtFair:
    """Return a station that may use a fair.

    Raises:
        WireError: `forbidden` (another fair), or `revoked`.
    """
    found = enrolled(connection, station_id, fair)
    if found.revoked:
        raise WireError("revoked")
    return found


def enrolments(connection: Connection, station_id: str) -> list[StationAtFair]:
    """Return a station as it stands at each fair where it may still write.

    Raises:
        WireError: `unknown-station`, or `revoked` when its access was withdrawn everywhere.
    """
    found = [_station(row) for row in connection.execute(_EVERYWHERE, {"station": station_id})]
    if not found:
        raise WireError("unknown-station")
    usable = [station for station in found if not station.revoked]
    if not usable:
        raise WireError("revoked")
    return usable


class Sealer(NamedTuple):
    """Whoever seals a journal: this server itself (`own`), or a station."""

    public_key: bytes
    own: bool
    revoked: bool


def sealer(connection: Connection, node: Node, journal: JournalId, carrier: StationAtFair) -> Sealer:
    """Return whose key a journal's seals must fit. It matters who sealed a batch, not who carried it here.

    Raises:
        WireError: `unknown-station`.
    """
    if journal.station == node.server:
        return Sealer(bytes.fromhex(node.keys.public_key), own=True, revoked=False)
    own = journal.station == carrier.id
    found = carrier if own else station(connection, journal.fair, journal.station)
    if found is None:
        raise WireError("unknown-station", "The station that sealed this batch is not enrolled here.")
    return Sealer(found.public_key, own=False, revoked=found.revoked)


def authors(connection: Connection, fair: str, operators: Collection[str]) -> dict[str, bool]:
    """Return which of these operators are on the fair's roster, and whether their access was withdrawn."""
    rows = bulk.select_subjects(connection, _AUTHORS, fair, operators) if operators else ()
    return {row.subject: bool(row.revoked) for row in rows}


def _station(row: Row[Any]) -> StationAtFair:
    key = bytes.fromhex(row.public_key)
    return StationAtFair(row.subject, row.fair, row.name, row.point, row.scope, key, bool(row.revoked))
