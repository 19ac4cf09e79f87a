"""Numbered slips that were printed blank: each change a statement of a transaction that is under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

BLANK: Final = "blank"
USED: Final = "used"
VOID: Final = "void"


@dataclass(frozen=True)
class Blank:
    """A numbered slip on paper: its token's id, its code and turn, its day; ``slip`` once it is used."""

    token_id: str
    code: str
    turn: str
    day: date
    state: str = BLANK
    slip: str = ""


def add(connection: Connection, blank: Blank, at_ms: int) -> None:
    """Reserve a number and a code."""
    connection.exec_driver_sql(
        "INSERT INTO paper_block (token_id, code, turn, day, state, slip, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (blank.token_id, blank.code, blank.turn, blank.day.isoformat(), blank.state, blank.slip, at_ms),
    )


def find(connection: Connection, *, token_id: str = "", code: str = "") -> Blank | None:
    """The slip with a token's id or a code; None where this laptop printed none such."""
    found = _found(connection, "token_id = ? OR code = ? LIMIT 1", (token_id, code))
    return found[0] if found else None


def open_blanks(connection: Connection, day: date | None = None) -> list[Blank]:
    """Those that nobody used or voided, in the order of their turns; of one day or of all."""
    if day is None:
        return _found(connection, "state = 'blank' ORDER BY day, length(turn), turn", ())
    return _found(connection, "state = 'blank' AND day = ? ORDER BY length(turn), turn", (day.isoformat(),))


def mark(connection: Connection, token_id: str, state: str, at_ms: int, slip: str = "") -> bool:
    """Say what became of a blank one; False where it isn't blank any more."""
    done = connection.exec_driver_sql(
        "UPDATE paper_block SET state = ?, slip = ?, at = ? WHERE token_id = ? AND state = 'blank'",
        (state, slip, at_ms, token_id),
    )
    return done.rowcount == 1


def _found(connection: Connection, where: str, values: tuple[Any, ...]) -> list[Blank]:
    rows = connection.exec_driver_sql(
        f"SELECT token_id, code, turn, day, state, slip FROM paper_block WHERE {where}", values
    )
    return [Blank(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5]) for row in rows]
