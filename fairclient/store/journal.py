"""The journals as they are held here: their heads, their entries, and what is still only here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection
from sqlmodel import Session

from fairclient.store.tables.journal import place, seq_at
from sync.wire import batch
from sync.wire.entry import GENESIS, Entry, Header
from sync.wire.heads import Heads
from sync.wire.journal import JournalId

_ENTRY: Final = "place, hlc, author, kind, subject, wire_version, body, body_digest, digest"
_PUT: Final = f"INSERT INTO entry ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OVERHEAD: Final = 260
"""Bytes that an entry takes in a batch beside its body: its header, two line ends."""


class Head(NamedTuple):
    """How far a journal is held: ``number`` is its own here, ``hlc`` the greatest reading in it."""

    number: int
    journal: JournalId
    seq: int
    digest: bytes
    hlc: str


def head(connection: Connection, journal: JournalId) -> Head | None:
    """The head of ``journal``, or None where nothing of it is here."""
    row = connection.exec_driver_sql(
        "SELECT number, seq, digest, hlc FROM journal WHERE station = ? AND incarnation = ? AND fair = ?",
        tuple(journal),
    ).first()
    return None if row is None else Head(row[0], journal, row[1], row[2], row[3])


def begin(connection: Connection, journal: JournalId, *, own: bool = False) -> Head:
    """The head of ``journal``, which is made (as our ``own``, or not) where nothing of it is here yet."""
    found = head(connection, journal)
    if found is None:
        connection.exec_driver_sql(
            "INSERT INTO journal (station, incarnation, fair, own, seq, digest, hlc, at_hub, at_centre) "
            "VALUES (?, ?, ?, ?, 0, ?, '', 0, 0)",
            (*journal, own, GENESIS),
        )
        found = head(connection, journal)
        assert found is not None  # it was inserted one line above
    return found


def append(connection: Connection, at: Head, entries: Sequence[tuple[Entry, bytes]]) -> Head:
    """Write ``entries`` (each with the chain's digest after it) behind ``at``; gives the new head."""
    rows = [_row(at.number, entry, digest) for entry, digest in entries]
    connection.exec_driver_sql(_PUT, rows)
    last, digest = entries[-1]
    greatest = max(at.hlc, *(entry.header.hlc for entry, _digest in entries))
    connection.exec_driver_sql(
        "UPDATE journal SET seq = ?, digest = ?, hlc = ? WHERE number = ?",
        (last.header.seq, digest, greatest, at.number),
    )
    return Head(at.number, at.journal, last.header.seq, digest, greatest)


def heads(session: Session) -> Heads:
    """How far each journal is held here."""
    rows = _run(session, "SELECT station, incarnation, fair, seq, digest FROM journal WHERE seq > 0")
    return {
        str(JournalId(station, incarnation, fair)): (seq, digest.hex())
        for station, incarnation, fair, seq, digest in rows
    }


def digest_at(connection: Connection, at: Head, seq: int) -> bytes | None:
    """The chain's digest after entry ``seq``; None where that entry isn't here."""
    if seq == 0:
        return GENESIS
    if seq == at.seq:
        return at.digest
    found = connection.exec_driver_sql(
        "SELECT digest FROM entry WHERE place = ?", (place(at.number, seq),)
    ).scalar()
    return None if found is None else bytes(found)


def between(
    connection: Connection,
    at: Head,
    after: int,
    upto: int | None = None,
    limits: tuple[int, int] = (batch.MAX_ENTRIES, batch.MAX_BYTES),
) -> list[tuple[Entry, bytes]]:
    """The entries after seq ``after`` (to ``upto``) with their digests, within ``limits`` (entries, bytes).

    One entry is given however large it is, so that no entry holds up those behind it.
    """
    most, most_bytes = limits
    rows = connection.exec_driver_sql(
        f"SELECT {_ENTRY} FROM entry WHERE place > ? AND place <= ? ORDER BY place LIMIT ?",
        (place(at.number, after), place(at.number, at.seq if upto is None else upto), most),
    )
    found: list[tuple[Entry, bytes]] = []
    size = 0
    for row in rows:
        entry = _entry(at.journal, row)
        size += _OVERHEAD + len(entry[0].body or b"")
        if found and size > most_bytes:
            break
        found.append(entry)
    rows.close()
    return found


def every(session: Session) -> Iterator[tuple[Entry, bytes]]:
    """All entries with their digests, journal by journal."""
    connection = session.connection()
    names = connection.exec_driver_sql("SELECT number, station, incarnation, fair FROM journal").all()
    for number, *name in sorted(tuple(row) for row in names):
        rows = connection.execution_options(yield_per=1000).exec_driver_sql(
            f"SELECT {_ENTRY} FROM entry WHERE place > ? AND place < ? ORDER BY place",
            (place(number, 0), place(number + 1, 0)),
        )
        for row in rows:
            yield _entry(JournalId(*name), row)


def of_subject(session: Session, subject: str) -> list[Entry]:
    """All entries about ``subject`` in the order of their clocks."""
    rows = _run(
        session,
        "SELECT j.station, j.incarnation, j.fair, e.place, e.hlc, e.author, e.kind, e.subject, "
        "e.wire_version, e.body, e.body_digest, e.digest "
        "FROM entry e JOIN journal j ON j.number = e.place >> 40 WHERE e.subject = ? ORDER BY e.hlc, e.place",
        (subject,),
    )
    return [_entry(JournalId(*row[:3]), row[3:])[0] for row in rows]


def unacknowledged(session: Session) -> int:
    """How many entries of our own journals have no receipt of the centre's."""
    rows = _run(session, "SELECT sum(seq - at_centre) FROM journal WHERE own")
    return int(next(iter(rows))[0] or 0)


def _row(number: int, entry: Entry, digest: bytes) -> tuple[Any, ...]:
    header = entry.header
    return (
        place(number, header.seq),
        header.hlc,
        header.author,
        header.kind,
        header.subject,
        header.wire_version,
        entry.body,
        entry.body_digest,
        digest,
    )


def _entry(journal: JournalId, row: Sequence[Any]) -> tuple[Entry, bytes]:
    where, hlc, author, kind, subject, wire_version, body, body_digest, digest = row
    header = Header(journal, seq_at(where), hlc, author, kind, subject, wire_version)
    return Entry(header, body, body_digest), digest


def _run(session: Session, statement: str, values: tuple[Any, ...] = ()) -> Iterable[Any]:
    return session.connection().exec_driver_sql(statement, values)
