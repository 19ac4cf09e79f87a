"""The queue of slips for paper: each change a statement of a transaction that is under way.

A job waits; it is "sent" from the moment before its first byte goes out; it is "printed" where the printer
confirmed it, and else stays "sent". "failed" is for a person to decide, "forgotten" is what she decided.
A job that was being sent when the program died is found by ``interrupted``: it is never repeated unasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

WAITING: Final = "waiting"
SENT: Final = "sent"
PRINTED: Final = "printed"
FAILED: Final = "failed"
FORGOTTEN: Final = "forgotten"

SENDING: Final = "sending"
"""The reason of a job while its bytes go out."""

_COLUMNS: Final = "number, slip, again, state, reason, printer, ref, tries, made, at"
_OPEN: Final = "(state IN ('waiting', 'failed') OR (state = 'sent' AND (reason = 'sending' OR ref <> '')))"


@dataclass(frozen=True)
class PrintJob:
    """A slip on its way to paper. ``again`` says on the paper that it is a copy.

    ``reason`` is a code of ``printers.trouble``, ``printer`` the address that it went to, ``ref`` its number
    in a queue of the system that still holds it. ``made`` and ``at`` (the last change) are ms since 1970.
    """

    number: int
    slip: str
    again: bool
    state: str
    reason: str
    printer: str
    ref: str
    tries: int
    made: int
    at: int


def add(connection: Connection, slip: str, *, again: bool, at_ms: int) -> None:
    """Ask for a slip on paper. What waits already isn't asked for twice, nor a first print that there was.

    Whoever holds a numbered paper needs no first print. A copy answers the question whether a doubtful print
    came out: that one is forgotten.
    """
    found = "SELECT 1 FROM print_job WHERE slip = ? AND state = 'waiting'"
    if not again:
        found += " UNION SELECT 1 FROM paper_block WHERE slip = ?"
    values = (slip, again, WAITING, at_ms, at_ms, slip, *(() if again else (slip,)))
    if again:
        connection.exec_driver_sql(
            "UPDATE print_job SET state = 'forgotten', at = ? WHERE slip = ? AND state = 'failed'",
            (at_ms, slip),
        )
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO print_job (slip, again, state, reason, printer, ref, tries, made, at) "
        f"SELECT ?, ?, ?, '', '', '', 0, ?, ? WHERE NOT EXISTS ({found})",
        values,
    )


def next_waiting(connection: Connection, most: int = 1) -> list[PrintJob]:
    """The jobs that have waited longest, at most so many."""
    return _found(connection, "state = 'waiting' ORDER BY number LIMIT ?", (most,))


def open_jobs(connection: Connection) -> list[PrintJob]:
    """All that isn't done: what waits, what failed, and what a queue of the system still holds."""
    return _found(connection, f"{_OPEN} ORDER BY number", ())


def by_number(connection: Connection, number: int) -> PrintJob | None:
    """The job with this number."""
    return next(iter(_found(connection, "number = ?", (number,))), None)


def claim(connection: Connection, number: int, printer: str, at_ms: int) -> bool:
    """Say that the bytes of a waiting job go out now; False where it doesn't wait any more."""
    done = connection.exec_driver_sql(
        "UPDATE print_job SET state = 'sent', reason = 'sending', printer = ?, ref = '', tries = tries + 1, "
        "at = ? WHERE number = ? AND state = 'waiting'",
        (printer, at_ms, number),
    )
    return done.rowcount == 1


def settle(
    connection: Connection, number: int, state: str, *, reason: str = "", ref: str = "", at_ms: int
) -> None:
    """Say what became of a job."""
    connection.exec_driver_sql(
        "UPDATE print_job SET state = ?, reason = ?, ref = ?, at = ? WHERE number = ?",
        (state, reason, ref, at_ms, number),
    )


def interrupted(connection: Connection, reason: str, at_ms: int) -> int:
    """Set apart what was being sent when the program ended; gives how many. Only before anything is sent."""
    done = connection.exec_driver_sql(
        "UPDATE print_job SET state = 'failed', reason = ?, at = ? "
        "WHERE state = 'sent' AND reason = 'sending'",
        (reason, at_ms),
    )
    return done.rowcount


def wait_again(connection: Connection, number: int, *, again: bool, at_ms: int) -> None:
    """Let a job wait once more, as a copy where it may have been printed.

    The number stays, so that it keeps its place. A first print stays the one of its slip, so a doubtful one
    is forgotten and a copy waits in its stead.
    """
    if not again:
        settle(connection, number, WAITING, at_ms=at_ms)
        return
    connection.exec_driver_sql(
        "UPDATE print_job SET state = 'forgotten', ref = '', at = ? WHERE number = ?", (at_ms, number)
    )
    connection.exec_driver_sql(
        "INSERT INTO print_job (slip, again, state, reason, printer, ref, tries, made, at) "
        "SELECT slip, 1, 'waiting', '', '', '', 0, ?, ? FROM print_job WHERE number = ?",
        (at_ms, at_ms, number),
    )


def _found(connection: Connection, where: str, values: tuple[Any, ...]) -> list[PrintJob]:
    rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM print_job WHERE {where}", values)
    return [PrintJob(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]
