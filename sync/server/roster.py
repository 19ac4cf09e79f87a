"""Who may write and read at a fair: stations, their keys, operators, and whose access was withdrawn."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine

from sync.server.database import direct
from sync.server.database.pipeline import Question
from sync.server.node import Host, Node
from sync.wire import body
from sync.wire.entry import Entry
from sync.wire.journal import JournalId
from sync.wire.operator_key import OperatorKey
from sync.wire.problem import WireError

_COLUMNS: Final = (
    "SELECT subject, fair, name, point, scope, public_key, revoked FROM station WHERE subject = ?"
)
_STATION: Final = f"{_COLUMNS} AND fair = ?"
_EVERYWHERE: Final = f"{_COLUMNS} ORDER BY fair"
_AUTHORS: Final = (
    "SELECT o.subject, o.revoked, o.roles, o.public_key, CAST(o.valid_until AS VARCHAR(10)), "
    "k.public_key, k.withdrawn FROM operator o "
    "LEFT JOIN operator_key k ON k.fair = o.fair AND k.operator = o.subject "
    "WHERE o.fair = ? AND o.subject {one_of}"
)
"""A row for each operator and each key of hers that was attested on some laptop; one row where none was."""


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
    row = direct.one(connection, _STATION, (station_id, fair))
    return None if row is None else _station(row)


def asked(
    connection: Connection | Engine, fair: str, stations: Collection[str], who: Collection[str]
) -> list[Question]:
    """Return what `station` and `authors` ask, to be asked ahead."""
    found: list[Question] = [(_STATION, (station_id, fair)) for station_id in stations]
    return [*found, direct.among_asked(connection, _AUTHORS, who, fair)] if who else found


def enrolled(connection: Connection, node: Node, station_id: str, fair: str) -> StationAtFair:
    """Return a station of a fair, also one whose access was withdrawn.

    Raises:
        WireError: `forbidden` (another fair).
    """
    found = station(connection, fair, station_id)
    if found is None and node.host is not None and (node.host.station, node.host.fair) == (station_id, fair):
        return _as_station(node.host)
    if found is None:
        raise WireError("forbidden", "This station is not enrolled at that fair.")
    return found


def active(connection: Connection, node: Node, station_id: str, fair: str) -> StationAtFair:
    """Return a station that may use a fair.

    Raises:
        WireError: `forbidden` (another fair), or `revoked`.
    """
    found = enrolled(connection, node, station_id, fair)
    if found.revoked:
        raise WireError("revoked")
    return found


def enrolments(connection: Connection, node: Node, station_id: str) -> list[StationAtFair]:
    """Return a station as it stands at each fair where it may still write.

    Raises:
        WireError: `unknown-station`, or `revoked` when its access was withdrawn everywhere.
    """
    found = [_station(row) for row in direct.rows(connection, _EVERYWHERE, (station_id,))]
    if not found and node.host is not None and node.host.station == station_id:
        found = [_as_station(node.host)]
    if not found:
        raise WireError("unknown-station")
    usable = [station for station in found if not station.revoked]
    if not usable:
        raise WireError("revoked")
    return usable


class Sealer(NamedTuple):
    """Whoever seals a journal: the fair's centre (`own`: its word is what counts), or a station."""

    public_key: bytes
    own: bool
    revoked: bool


def sealer(connection: Connection, node: Node, journal: JournalId, carrier: StationAtFair) -> Sealer:
    """Return whose key a journal's seals must fit. It matters who sealed a batch, not who carried it here.

    Raises:
        WireError: `unknown-station`.
    """
    if journal.station == node.authority.server:
        return Sealer(node.authority.public_key, own=True, revoked=False)
    own = journal.station == carrier.id
    found = carrier if own else station(connection, journal.fair, journal.station)
    if found is None:
        raise WireError("unknown-station", "The station that sealed this batch is not enrolled here.")
    return Sealer(found.public_key, own=False, revoked=found.revoked)


class Author(NamedTuple):
    """What the fair's roster says of whoever wrote an entry; `valid_until` is a date as text, "" for none.

    `keys` are those that she signs with: one for each laptop on which she works, none before the first.
    """

    revoked: bool
    roles: frozenset[str]
    keys: tuple[bytes, ...]
    valid_until: str = ""

    def with_key(self, fact: OperatorKey) -> Author:
        """Return what is so of her once a key was added or withdrawn."""
        key = bytes.fromhex(fact.public_key)
        others = tuple(one for one in self.keys if one != key)
        return self._replace(keys=others if fact.withdrawn else (*others, key))


def who(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the operators about whom entries ask: their authors, and those whose keys they bring."""
    named = {entry.header.author for entry in entries}
    for entry in entries:
        if entry.header.kind == OperatorKey.KIND and entry.body is not None:
            named.add(_whose_key(entry.body))
    return frozenset(named - {""})


def authors(connection: Connection, fair: str, operators: Collection[str]) -> dict[str, Author]:
    """Return which of these operators are on the fair's roster, and what it says of them."""
    rows = direct.among(connection, _AUTHORS, operators, fair) if operators else ()
    known: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        known.setdefault(row[0], []).append(row)
    return {subject: _author(found) for subject, found in known.items()}


def _author(rows: Sequence[tuple[Any, ...]]) -> Author:
    _subject, revoked, roles, first_key, valid_until, *_key = rows[0]
    listed = json.loads(roles) if isinstance(roles, str) else roles
    ends = "" if valid_until is None else str(valid_until)
    withdrawn = {key for *_who, key, gone in rows if gone}
    keys = dict.fromkeys([first_key, *(row[-2] for row in rows)])
    good = tuple(bytes.fromhex(key) for key in keys if key and key not in withdrawn)
    return Author(bool(revoked), frozenset(listed), good, ends)


def _whose_key(raw: bytes) -> str:
    """Return the operator whose key a body brings, "" where it says none that can be read."""
    try:
        fact = body.decode(OperatorKey.KIND, raw).fact
    except WireError:
        return ""
    return fact.operator if isinstance(fact, OperatorKey) else ""


def _as_station(host: Host) -> StationAtFair:
    """Return a hub's own laptop as a station: until the roster has come, nobody else could bring it."""
    return StationAtFair(host.station, host.fair, "", "", "fair", host.public_key, revoked=False)


def _station(row: tuple[Any, ...]) -> StationAtFair:
    subject, fair, name, point, scope, key, revoked = row
    return StationAtFair(subject, fair, name, point, scope, bytes.fromhex(key), bool(revoked))
