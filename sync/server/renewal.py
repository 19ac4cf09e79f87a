"""How long laptops and people may work without being heard of: seven days, and again with every session.

The roster's dates end what was withdrawn also on a laptop that never hears of it. Whoever is in good standing
need not notice: a session renews the station, and everybody of its fair whose access was not withdrawn.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from sync.server import reference
from sync.server.database import direct
from sync.server.node import Node
from sync.server.reference import Statement
from sync.server.roster import StationAtFair
from sync.wire.problem import WireError

DAYS: Final = 7
"""How long a permission lasts from when it was given or renewed."""
_EARLY_DAYS: Final = 3
"""Renewed when so many days or fewer are left, so that a journal doesn't grow with each session."""
_GONE_DAYS: Final = 30
"""Somebody whose permission ran out so long ago has left; a person gives it again."""

_FIX: Final = "INSERT INTO fixed_term (fair, subject) VALUES (?, ?) ON CONFLICT DO NOTHING"
_NOT_FIXED: Final = "NOT EXISTS (SELECT 1 FROM fixed_term f WHERE f.fair = t.fair AND f.subject = t.subject)"
_STATION: Final = (
    "SELECT subject FROM station t WHERE fair = ? AND subject = ? AND NOT revoked AND valid_until < ? "
    f"AND {_NOT_FIXED}"
)
_OPERATORS: Final = (
    "SELECT subject FROM operator t WHERE fair = ? AND NOT revoked AND valid_until < ? AND valid_until > ? "
    f"AND {_NOT_FIXED} ORDER BY subject"
)


def last_day(now_ms: int) -> date:
    """Return the last day of a permission that is given now."""
    return _today(now_ms) + timedelta(days=DAYS)


def fix(connection: Connection, fair: str, subject: str) -> None:
    """Note that a person set the last day of a station or operator: no session renews it from here on."""
    direct.many(connection, [(_FIX, (fair, subject))])


def renew(node: Node, stations: list[StationAtFair]) -> None:
    """Renew what runs out soon of a station, at each fair where it may work, and of its fair's people.

    Only the centre writes the roster. That it is busy is no reason to refuse a session: the next one renews.
    """
    if not node.is_centre:
        return
    for station in stations:
        with node.database.glance() as connection:
            due = _due(connection, node, station)
        if due:
            try:
                with node.database.write() as connection:
                    _publish(connection, node, station)
            except WireError as error:
                if error.code != "busy":
                    raise


def _publish(connection: Connection, node: Node, station: StationAtFair) -> None:
    change = {"valid_until": last_day(node.now_ms())}
    reference.lock(connection, node, station.fair)  # two sessions at once renew once
    statements = [
        Statement(kind, subject, change=change) for kind, subject in _due(connection, node, station)
    ]
    if statements:
        reference.publish(connection, node, station.fair, statements)


def _due(connection: Connection, node: Node, station: StationAtFair) -> list[tuple[str, str]]:
    today = _today(node.now_ms())
    soon = (today + timedelta(days=_EARLY_DAYS + 1)).isoformat()
    gone = (today - timedelta(days=_GONE_DAYS)).isoformat()
    stations = direct.rows(connection, _STATION, (station.fair, station.id, soon))
    operators = direct.rows(connection, _OPERATORS, (station.fair, soon, gone))
    return [("station", row[0]) for row in stations] + [("operator", row[0]) for row in operators]


def _today(now_ms: int) -> date:
    return datetime.fromtimestamp(now_ms / 1000, UTC).date()
