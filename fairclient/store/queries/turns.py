"""The turns of a day: letters of the registration point, and a number that grows."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlmodel import Session

_WIDTHS: Final = (3, 4, 5)


def next_turn(session: Session, point: str, day: date) -> str:
    """The turn after the last one that ``point`` gave on ``day``: "A-001" first, "A-1000" after "A-999".

    Ask inside the transaction that writes the slip, so that no turn is given twice.
    """
    last = 0
    for width in _WIDTHS:
        found = _last(session, point, day, width)
        last = max(last, found)
        if found < 10**width - 1:
            break
    return f"{point}-{last + 1:03d}"


def _last(session: Session, point: str, day: date, width: int) -> int:
    """The greatest number of that many digits; the index on day and turn leads straight to it."""
    prefix = f"{point}-"
    found = (
        session.connection()
        .exec_driver_sql(
            "SELECT turn FROM slip WHERE day = ? AND turn >= ? AND turn < ? AND length(turn) = ? "
            "ORDER BY turn DESC LIMIT 1",
            (day.isoformat(), prefix, f"{point}.", len(prefix) + width),
        )
        .scalar()
    )
    return int(str(found).removeprefix(prefix)) if found else 0
