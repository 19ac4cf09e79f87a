"""The bundles that this laptop saved on sticks: a number for each, and which entries it holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from fairclient.store import journal
from sync.wire.bundle import Piece
from sync.wire.journal import JournalId


def begin(connection: Connection, at_ms: int) -> int:
    """Take the next number. One that is never completed holds nothing and leaves a gap in the numbers."""
    connection.exec_driver_sql("INSERT INTO stick (at, place, digest) VALUES (?, '', '')", (at_ms,))
    return int(connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one())


def complete(connection: Connection, number: int, place: str, digest: str, pieces: Iterable[Piece]) -> None:
    """Keep that the file of bundle ``number`` stands whole at ``place``, with these batches."""
    connection.exec_driver_sql(
        "UPDATE stick SET place = ?, digest = ? WHERE number = ?", (place, digest, number)
    )
    for name, (first, last) in _ranges(pieces).items():
        at = journal.head(connection, JournalId.parse(name))
        if at is not None:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO stick_range (journal, stick, first, last) VALUES (?, ?, ?, ?)",
                (at.number, number, first, last),
            )


def _ranges(pieces: Iterable[Piece]) -> dict[str, tuple[int, int]]:
    """One range for each journal: the batches of a journal follow each other."""
    found: dict[str, tuple[int, int]] = {}
    for piece in pieces:
        first, last = found.get(piece.journal, (piece.first, piece.last))
        found[piece.journal] = (min(first, piece.first), max(last, piece.last))
    return found
