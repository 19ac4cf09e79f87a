"""What is put aside for a supervisor: entries that give no rows, and batches that contradict a journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, text

from sync.server.acceptance import Refused
from sync.server.database import direct
from sync.server.database.tables.base import table_of
from sync.server.database.tables.quarantine import QuarantinedEntry
from sync.server.database.writes import Writes
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.wire import batch as wire
from sync.wire.batch import Batch
from sync.wire.journal import JournalId

MAX_FORKS: Final = 50
"""Contradicting batches kept for each journal; one is enough for the alert, and disks end."""

_RELEASE: Final = (
    "UPDATE entry SET quarantined = FALSE WHERE journal = ? AND seq = ?",
    "DELETE FROM quarantined_entry WHERE journal = ? AND seq = ?",
)
_ENTRY = table_of(QuarantinedEntry)
_COLUMNS: Final = ("journal", "seq", "code", "detail", "at_ms")
_FORK = text(
    "INSERT INTO forked_batch (name, journal, first, last, carrier, at_ms, raw) "
    "SELECT :name, :journal, :first, :last, :carrier, :at_ms, :raw "
    "WHERE (SELECT COUNT(*) FROM forked_batch WHERE journal = :journal) < :most ON CONFLICT DO NOTHING"
)
_LIST = text(
    "SELECT j.station, j.incarnation, j.fair, q.seq, e.kind, e.subject, e.author, q.code, q.detail, q.at_ms "
    "FROM quarantined_entry q JOIN journal j ON j.id = q.journal "
    "JOIN entry e ON e.journal = q.journal AND e.seq = q.seq "
    "WHERE :fair = '' OR j.fair = :fair ORDER BY q.at_ms, q.journal, q.seq"
)
_ONE = text(
    "SELECT q.code, q.detail, q.at_ms, e.kind, e.subject, e.author, e.hlc, e.wire_version, e.body "
    "FROM quarantined_entry q JOIN journal j ON j.id = q.journal "
    "JOIN entry e ON e.journal = q.journal AND e.seq = q.seq WHERE j.station = :station "
    "AND j.incarnation = :incarnation AND j.fair = :fair AND q.seq = :seq"
)
_FORKS = text(
    "SELECT j.station, j.incarnation, j.fair, f.first, f.last, f.carrier, f.at_ms "
    "FROM forked_batch f JOIN journal j ON j.id = f.journal WHERE :fair = '' OR j.fair = :fair ORDER BY f.id"
)


def record(writes: Writes, node: Node, journal: Journal, refused: Sequence[Refused]) -> None:
    """Note why entries of a journal give no rows."""
    now = node.now_ms()
    rows = [(journal.row, item.seq, item.code, item.detail[:500], now) for item in refused]
    writes.insert(_ENTRY, _COLUMNS, rows)


def release(connection: Connection, places: Iterable[Sequence[Any]]) -> None:
    """Take entries (row of the journal, number) out of quarantine; whoever calls projects them."""
    direct.many(connection, [(statement, tuple(place)) for place in places for statement in _RELEASE])


def keep_fork(connection: Connection, node: Node, journal: Journal, batch: Batch, carrier: str) -> None:
    """Keep a sealed batch that contradicts what is here, once for each content."""
    row = {
        "name": f"{batch.journal}:{batch.first}-{batch.last}:{batch.after.hex()}",
        "journal": journal.row,
        "first": batch.first,
        "last": batch.last,
        "carrier": carrier,
        "at_ms": node.now_ms(),
        "raw": wire.encode(batch),
        "most": MAX_FORKS,
    }
    connection.execute(_FORK, row)


def entries(connection: Connection, fair: str = "") -> Sequence[Row[Any]]:
    """Return the entries in quarantine, oldest first, of one fair or of all."""
    return connection.execute(_LIST, {"fair": fair}).all()


def one(connection: Connection, journal: JournalId, seq: int) -> Row[Any] | None:
    """Return an entry in quarantine with its body, or None where there is none such."""
    return connection.execute(_ONE, {**journal._asdict(), "seq": seq}).first()


def forks(connection: Connection, fair: str = "") -> Sequence[Row[Any]]:
    """Return the alerts about contradicting batches, oldest first, of one fair or of all."""
    return connection.execute(_FORKS, {"fair": fair}).all()
