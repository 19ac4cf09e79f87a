"""Half-filled forms, each its operator's: nobody else is given it, and no entry is made of it."""

from __future__ import annotations

from sqlalchemy import Connection


def keep(connection: Connection, owner: tuple[str, str], content: str, at_ms: int) -> None:
    """Keep what stands on ``owner``'s (operator, page) instead of what stood there; "" is nothing."""
    if not content:
        connection.exec_driver_sql("DELETE FROM open_form WHERE operator = ? AND page = ?", owner)
        return
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO open_form (operator, page, content, at) VALUES (?, ?, ?, ?)",
        (*owner, content, at_ms),
    )


def forget_before(connection: Connection, at_ms: int) -> None:
    """Forget everybody's forms that were kept before: they name people who were never registered."""
    connection.exec_driver_sql("DELETE FROM open_form WHERE at < ?", (at_ms,))


def kept(connection: Connection, owner: tuple[str, str]) -> str:
    """What was kept last for (operator, page), "" for nothing."""
    found = connection.exec_driver_sql(
        "SELECT content FROM open_form WHERE operator = ? AND page = ?", owner
    ).scalar()
    return "" if found is None else str(found)
