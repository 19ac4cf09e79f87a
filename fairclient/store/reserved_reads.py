"""Every reading of sensitive answers is written down before it is shown (DP-15)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection


def write_down(
    connection: Connection, operator: str, attendee: str, sections: Iterable[str], at_ms: int
) -> None:
    """Keep that ``operator`` reads these sections of ``attendee`` now."""
    connection.exec_driver_sql(
        "INSERT INTO reserved_read (at, operator, attendee, section) VALUES (?, ?, ?, ?)",
        [(at_ms, operator, attendee, section) for section in sections],
    )
