"""Handing out what a station lacks: a range that ends at a seal, with the bodies that it may see.

What is in quarantine at a centre goes out as a header without its body, so that every replica shows the same
rows as the server; the chain of digests still holds. A hub decides nothing: it hands on all it has unchanged,
for the centre to judge. What it withheld nobody could carry there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, text

from sync.server import ledger
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.server.roster import StationAtFair
from sync.wire.batch import MAX_BYTES, MAX_ENTRIES, Batch
from sync.wire.catalogue import PERSONAL
from sync.wire.entry import Entry, Header
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

_HEADER_BYTES: Final = 120
"""What an entry takes on the wire beside its body, about."""

_ENTRIES = text(
    "SELECT e.seq, e.hlc, e.author, e.kind, e.subject, e.wire_version, e.quarantined, e.body_digest, "
    "e.digest, e.body FROM entry e "
    "WHERE e.journal = :row AND e.seq > :after ORDER BY e.seq LIMIT :most"
)
_SEALS = text(
    "SELECT seq, signature FROM seal WHERE journal = :row AND seq > :after AND seq <= :last ORDER BY seq"
)


def next_batch(
    connection: Connection, node: Node, journal_id: JournalId, after: int, reader: StationAtFair
) -> Batch:
    """Return the range of a journal that follows entry `after`, as long as a batch may be.

    Raises:
        WireError: `forbidden` (another fair), `unknown-journal`, `not-found` when nothing follows.
    """
    journal = ledger.find(connection, journal_id)
    if journal is None or journal.seq == 0:
        raise WireError("unknown-journal")
    if after >= journal.seq:
        raise WireError("not-found", f"Nothing follows entry {after} of this journal yet.")
    rows = connection.execute(_ENTRIES, {"row": journal.row, "after": after, "most": MAX_ENTRIES}).all()
    last, signature = _end(connection, journal, after, rows)
    entries = tuple(
        _entry(journal_id, row, _may_see(node, reader, journal_id, row)) for row in rows if row.seq <= last
    )
    before = ledger.digest_at(connection, journal, after)
    digest = rows[last - after - 1].digest
    return Batch(journal_id, after + 1, last, before, digest, signature, entries)


def _end(connection: Connection, journal: Journal, after: int, rows: Sequence[Row[Any]]) -> tuple[int, bytes]:
    """Return the last seal up to which the entries fit into one batch; at least the first seal."""
    seals = connection.execute(_SEALS, {"row": journal.row, "after": after, "last": rows[-1].seq}).all()
    if not seals:
        raise WireError("internal", "The journal has no seal within the length of a batch.")
    fits = after
    room = MAX_BYTES
    for row in rows:
        room -= _HEADER_BYTES + len(row.body or b"")
        if room < 0:
            break
        fits = row.seq
    chosen = max((seal for seal in seals if seal.seq <= fits), key=lambda seal: seal.seq, default=seals[0])
    return chosen.seq, bytes(chosen.signature)


def _may_see(node: Node, reader: StationAtFair, journal: JournalId, row: Row[Any]) -> bool:
    """Nobody sees what the centre put in quarantine; a desk sees only its own personal bodies."""
    if row.quarantined and node.is_centre:
        return False
    return reader.scope == "fair" or row.kind not in PERSONAL or journal.station == reader.id


def _entry(journal: JournalId, row: Row[Any], visible: bool) -> Entry:
    header = Header(journal, row.seq, row.hlc, row.author, row.kind, row.subject, row.wire_version)
    return Entry(header, row.body if visible else None, row.body_digest)
