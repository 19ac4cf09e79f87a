"""Journals as they are kept: heads, locked while they grow, and the entries behind them."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, text

from sync.server.database import direct
from sync.server.database.pipeline import Question
from sync.server.database.tables.base import table_of
from sync.server.database.tables.entry import EntryRow
from sync.server.database.writes import Writes
from sync.wire.entry import GENESIS, Entry, Header
from sync.wire.heads import Heads
from sync.wire.journal import JournalId


class Journal(NamedTuple):
    """A journal as it stands: `row` is its number in this database, `seq` and `digest` its head."""

    row: int
    id: JournalId
    seq: int
    digest: bytes


_FIND: Final = "SELECT id, seq, digest FROM journal WHERE station = ? AND incarnation = ? AND fair = ?"
_FIND_LOCKED: Final = f"{_FIND} FOR UPDATE"
_OPEN: Final = (
    "INSERT INTO journal (station, incarnation, fair, seq, digest) VALUES (?, ?, ?, 0, ?) "
    "ON CONFLICT DO NOTHING"
)
_GROW: Final = "UPDATE journal SET seq = ?, digest = ? WHERE id = ?"
_SEAL: Final = "INSERT INTO seal (journal, seq, signature) VALUES (?, ?, ?)"
_DIGEST: Final = "SELECT digest FROM entry WHERE journal = ? AND seq = ?"
_PUT_ASIDE = text("UPDATE entry SET quarantined = TRUE WHERE journal = :row AND seq = :seq")
_HEADS = text("SELECT station, incarnation, fair, seq, digest FROM journal WHERE fair = :fair AND seq > 0")
_COLUMNS: Final = (
    "journal",
    "seq",
    "hlc",
    "author",
    "kind",
    "subject",
    "wire_version",
    "quarantined",
    "body_digest",
    "digest",
    "body",
)
_ENTRY = table_of(EntryRow)


STORED: Final = "hlc, author, kind, subject, wire_version, body, body_digest"
"""The columns of an entry that `stored` reads."""


def stored(journal: JournalId, seq: int, row: Sequence[Any]) -> Entry:
    """Return the entry that a row with the columns `STORED` holds."""
    hlc, author, kind, subject, wire_version, body, digest = row
    header = Header(journal, seq, hlc, author, kind, subject, wire_version)
    return Entry(header, None if body is None else bytes(body), bytes(digest))


def find_asked(journal: JournalId) -> Question:
    """Return what `find` asks."""
    return _FIND, journal


def lock_asked(journals: Collection[JournalId]) -> list[Question]:
    """Return what `lock_all` asks of PostgreSQL."""
    return [(_FIND_LOCKED, journal) for journal in sorted(set(journals))]


def find(connection: Connection, journal: JournalId) -> Journal | None:
    """Return a journal as it stands, or None when nothing of it is here."""
    return _found(connection, _FIND, journal)


def lock(connection: Connection, journal: JournalId) -> Journal:
    """Return a journal (opened when it is new) that nobody else can make grow until this transaction ends."""
    return lock_all(connection, [journal])[journal]


def locked(connection: Connection, journals: Collection[JournalId]) -> dict[JournalId, Journal] | None:
    """Return journals that were locked ahead (`lock_asked`), or None where one is not here yet."""
    found = [_found(connection, _FIND_LOCKED, journal) for journal in sorted(set(journals))]
    here = [journal for journal in found if journal is not None]
    return {journal.id: journal for journal in here} if len(here) == len(found) else None


def lock_all(connection: Connection, journals: Collection[JournalId]) -> dict[JournalId, Journal]:
    """Lock several journals, as `lock`; everybody takes them in one order, so that none waits in a ring."""
    statement = _FIND if connection.dialect.name == "sqlite" else _FIND_LOCKED
    locked: dict[JournalId, Journal] = {}
    for journal in sorted(set(journals)):
        found = _found(connection, statement, journal)
        if found is None:
            direct.many(connection, [(_OPEN, (*journal, GENESIS))])
            found = _found(connection, statement, journal)
        if found is None:
            raise LookupError("a journal that was just opened is not there")
        locked[journal] = found
    return locked


def _found(connection: Connection, statement: str, journal: JournalId) -> Journal | None:
    row = direct.one(connection, statement, journal)
    return Journal(row[0], journal, row[1], bytes(row[2])) if row else None


def digest_at(connection: Connection, journal: Journal, seq: int) -> bytes:
    """Return the chain's digest after entry `seq` (0 gives that of an empty journal); it must be here."""
    if seq == 0:
        return GENESIS
    if seq == journal.seq:
        return journal.digest
    row = direct.one(connection, _DIGEST, (journal.row, seq))
    if row is None:
        raise LookupError("the journal lacks an entry before its head")
    return bytes(row[0])


def append(
    writes: Writes,
    journal: Journal,
    entries: Sequence[Entry],
    digests: Sequence[bytes],
    signature: bytes,
    quarantined: Container[int],
) -> Journal:
    """Add entries that follow the head, and the seal over the last; return the journal with its new head.

    `quarantined` holds the numbers of the entries that give no rows.
    """
    rows = [
        (
            journal.row,
            entry.header.seq,
            entry.header.hlc,
            entry.header.author,
            entry.header.kind,
            entry.header.subject,
            entry.header.wire_version,
            entry.header.seq in quarantined,
            entry.body_digest,
            digest,
            entry.body,
        )
        for entry, digest in zip(entries, digests, strict=True)
    ]
    writes.insert(_ENTRY, _COLUMNS, rows)
    grown = journal._replace(seq=entries[-1].header.seq, digest=digests[-1])
    writes.execute(_SEAL, (journal.row, grown.seq, signature))
    writes.execute(_GROW, (grown.seq, grown.digest, grown.row))
    return grown


def heads(connection: Connection, fair: str) -> Heads:
    """Return how far each journal of a fair is known here."""
    rows = connection.execute(_HEADS, {"fair": fair}).all()
    return {
        str(JournalId(row.station, row.incarnation, row.fair)): (row.seq, row.digest.hex()) for row in rows
    }


def put_aside(connection: Connection, journal: Journal, seq: int) -> None:
    """Mark an entry so that it gives no rows."""
    connection.execute(_PUT_ASIDE, {"row": journal.row, "seq": seq})
