"""Receipts: numbered, signed, kept, and the same again for the same batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, text

from sync.server.ledger import Journal
from sync.server.node import Node
from sync.server.writes import Writes
from sync.wire import receipt as wire
from sync.wire.receipt import Receipt, Verdict

_NEXT: Final = {
    "sqlite": text("SELECT COALESCE(MAX(number), 0) + 1 FROM receipt"),
    "postgresql": text("SELECT nextval('receipt_number')"),
}
_INSERT: Final = "INSERT INTO receipt (number, journal, seq, document) VALUES (?, ?, ?, ?)"
_AT = text("SELECT document FROM receipt WHERE journal = :row AND seq = :seq")
_LATEST = text(
    "SELECT r.document FROM receipt r JOIN (SELECT j.id AS journal, MAX(x.seq) AS seq FROM journal j "
    "JOIN receipt x ON x.journal = j.id WHERE j.fair = :fair AND j.station = :station GROUP BY j.id) last "
    "ON last.journal = r.journal AND last.seq = r.seq"
)
_VERDICTS = text(
    "SELECT seq, code FROM quarantined_entry "
    "WHERE journal = :row AND seq BETWEEN :first AND :last ORDER BY seq"
)


def issue(
    writes: Writes, node: Node, journal: Journal, seq: int, digest: bytes, verdicts: Sequence[Verdict]
) -> Receipt:
    """Sign and keep a receipt for a journal up to `seq`. Show it to nobody before the commit."""
    connection = writes.connection
    number: int = connection.execute(_NEXT[connection.dialect.name]).scalar_one()
    plain = Receipt(
        number=number,
        server=node.server,
        tier=node.tier,
        journal=str(journal.id),
        seq=seq,
        digest=digest.hex(),
        at=datetime.fromtimestamp(node.now_ms() / 1000, UTC),
        verdicts=tuple(verdicts),
    )
    signed = wire.sign(plain, node.keys.signing)
    writes.execute(_INSERT, (number, journal.row, seq, signed.model_dump_json()))
    return signed


def at(connection: Connection, journal: Journal, seq: int) -> Receipt | None:
    """Return the receipt that was given for exactly this range end, if one was."""
    document = connection.execute(_AT, {"row": journal.row, "seq": seq}).scalar()
    return Receipt.model_validate_json(document) if document else None


def again(
    connection: Connection, node: Node, journal: Journal, first: int, last: int, digest: bytes
) -> Receipt:
    """Return the receipt for a range that is here, a new one when it was cut otherwise before."""
    known = at(connection, journal, last)
    if known is not None:
        return known
    rows = connection.execute(_VERDICTS, {"row": journal.row, "first": first, "last": last}).all()
    verdicts = [Verdict(seq=row.seq, verdict="quarantined", code=row.code) for row in rows]
    writes = Writes(connection)
    receipt = issue(writes, node, journal, last, digest, verdicts)
    writes.flush()
    return receipt


def latest(connection: Connection, station: str, fair: str) -> tuple[Receipt, ...]:
    """Return the last receipt of each journal of a station at a fair."""
    rows = connection.execute(_LATEST, {"station": station, "fair": fair}).scalars()
    return tuple(Receipt.model_validate_json(document) for document in rows)
