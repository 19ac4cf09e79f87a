"""Receipts: numbered, signed, kept, and the same again for the same batch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, text

from sync.server.database import direct
from sync.server.database.pipeline import Question
from sync.server.database.writes import Writes
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.wire import receipt as wire
from sync.wire.journal import JournalId
from sync.wire.receipt import Receipt, Verdict

MOST: Final = 200
"""Receipts of one journal that are given with the heads; what is left comes with the next comparison."""

_NEXT: Final = {
    "sqlite": "SELECT MAX((SELECT COALESCE(MAX(number), 0) FROM receipt), "
    "(SELECT COALESCE(MAX(number), 0) FROM receipt_floor)) + value FROM json_each(?)",
    "postgresql": "SELECT nextval('receipt_number') FROM json_array_elements_text(?)",
}
_INSERT: Final = "INSERT INTO receipt (number, journal, seq, document) VALUES (?, ?, ?, ?)"
_AT: Final = "SELECT document FROM receipt WHERE journal = ? AND seq = ?"
_TELLING: Final = (
    "SELECT document FROM receipt WHERE journal = ? AND seq > ? AND (seq = ? OR document LIKE ?) "
    "ORDER BY seq LIMIT ?"
)
APART: Final = '%"verdict":"quarantined"%'
"""How a receipt that puts something aside looks as text."""

_LATEST = text(
    "SELECT r.document FROM receipt r JOIN (SELECT j.id AS journal, MAX(x.seq) AS seq FROM journal j "
    "JOIN receipt x ON x.journal = j.id WHERE j.fair = :fair AND j.station = :station GROUP BY j.id) last "
    "ON last.journal = r.journal AND last.seq = r.seq"
)
_REACH = text(
    "SELECT j.id, j.station, j.incarnation, j.fair, "
    "COALESCE((SELECT MAX(r.seq) FROM receipt r WHERE r.journal = j.id), 0) AS seq "
    "FROM journal j WHERE j.fair = :fair"
)
"""Each journal's last receipt is looked up by its index: there are far more receipts than journals."""
_BEYOND = text("SELECT document FROM receipt WHERE journal = :row AND seq > :seq ORDER BY seq LIMIT :most")
_VERDICTS = text(
    "SELECT seq, code FROM quarantined_entry "
    "WHERE journal = :row AND seq BETWEEN :first AND :last ORDER BY seq"
)


def numbers(connection: Connection, count: int) -> Iterator[int]:
    """Give the numbers of so many receipts that will be issued in this transaction."""
    if not count:
        return
    found = direct.rows(connection, *numbers_asked(connection, count))
    yield from sorted(row[0] for row in found)


def numbers_asked(connection: Connection, count: int) -> Question:
    """Return what `numbers` asks."""
    return _NEXT[connection.dialect.name], (json.dumps(list(range(1, count + 1))),)


def issue(writes: Writes, node: Node, journal: Journal, number: int, verdicts: Sequence[Verdict]) -> Receipt:
    """Sign and keep a receipt for a journal up to its head. Show it to nobody before the commit."""
    plain = Receipt(
        number=number,
        server=node.server,
        tier=node.tier,
        journal=str(journal.id),
        seq=journal.seq,
        digest=journal.digest.hex(),
        at=datetime.fromtimestamp(node.now_ms() / 1000, UTC),
        verdicts=tuple(verdicts),
    )
    signed = wire.sign(plain, node.keys.signing)
    writes.execute(_INSERT, (number, journal.row, journal.seq, signed.model_dump_json()))
    return signed


def at(connection: Connection, journal: Journal, seq: int) -> Receipt | None:
    """Return the receipt that was given for exactly this range end, if one was."""
    row = direct.one(connection, _AT, (journal.row, seq))
    return Receipt.model_validate_json(row[0]) if row else None


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
    (number,) = numbers(connection, 1)
    receipt = issue(writes, node, journal._replace(seq=last, digest=digest), number, verdicts)
    writes.flush()
    return receipt


def beyond(connection: Connection, fair: str, station: str, known: Mapping[str, int]) -> list[Receipt]:
    """Return what a station lacks: all receipts of its own journals beyond `known`.

    Of others' it gets the last, and those that put something aside: no later one tells it again.
    """
    documents: list[str] = []
    for row in connection.execute(_REACH, {"fair": fair}).all():
        asked = known.get(str(JournalId(row.station, row.incarnation, row.fair)), 0)
        if asked >= row.seq:
            continue
        if row.station == station:
            values = {"row": row.id, "seq": asked, "most": MOST}
            documents += connection.execute(_BEYOND, values).scalars()
        else:
            asking = (row.id, asked, row.seq, APART, MOST)
            documents += (found[0] for found in direct.rows(connection, _TELLING, asking))
    return [Receipt.model_validate_json(document) for document in documents]


def latest(connection: Connection, station: str, fair: str) -> tuple[Receipt, ...]:
    """Return the last receipt of each journal of a station at a fair."""
    rows = connection.execute(_LATEST, {"station": station, "fair": fair}).scalars()
    return tuple(Receipt.model_validate_json(document) for document in rows)
