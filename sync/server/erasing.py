"""Erasing people (supresión): bodies go, headers and digests stay, what comes later comes without its body.

What goes is decided entry by entry (`sync.wire.erasing`), so that every holder of the journals ends with the
same rows, in whatever order an erasure and all else arrive.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from sync.server import quarantine
from sync.server.acceptance import Refused
from sync.server.database import direct
from sync.server.database.engine import Database
from sync.server.database.pipeline import Question
from sync.server.database.writes import Writes
from sync.server.projections.project import Accepted, Key, rewrite
from sync.server.ranges import Piece, Range
from sync.wire import batch as wire
from sync.wire.entry import Entry
from sync.wire.erasing import ERASABLE, goes
from sync.wire.erasure import Erasure
from sync.wire.problem import WireError

_ANY: Final = "SELECT 1 FROM erased WHERE fair = ? LIMIT 1"
_AMONG: Final = "SELECT subject FROM erased WHERE fair = ? AND subject {one_of}"
_MARK: Final = "INSERT INTO erased (fair, subject) VALUES (?, ?) ON CONFLICT DO NOTHING"
_WHOM: Final = "(SELECT x.attendee FROM erasure x WHERE x.fair = t.fair)"
_STRAYS: Final = (
    f"SELECT t.subject FROM authorisation t WHERE t.fair = ? AND t.attendee IN {_WHOM}",
    f"SELECT t.subject FROM slip t WHERE t.fair = ? AND t.attendee IN {_WHOM} AND t.display_name <> ''",
    f"SELECT t.subject FROM draft t WHERE t.fair = ? AND t.attendee IN {_WHOM}",
    f"SELECT t.subject FROM distinction t WHERE t.fair = ? AND (t.attendee IN {_WHOM} OR t.other IN {_WHOM})",
    "SELECT t.subject FROM sealed t JOIN referral r ON r.fair = t.fair AND r.subject = t.about "
    f"WHERE t.fair = ? AND r.attendee IN {_WHOM}",
)
_HELD: Final = (
    "SELECT e.journal, e.seq, e.kind, e.subject, e.body "
    "FROM {wanted} CROSS JOIN entry e CROSS JOIN journal j "
    "WHERE e.subject = wanted.value AND j.id = e.journal AND j.fair = ? AND e.body IS NOT NULL"
)
_CLEAR: Final = "UPDATE entry SET body = NULL WHERE journal = ? AND seq = ?"
_WAITING: Final = (
    "SELECT q.journal, q.seq FROM {wanted} CROSS JOIN entry e CROSS JOIN journal j "
    "CROSS JOIN quarantined_entry q WHERE e.subject = wanted.value AND j.id = e.journal AND j.fair = ? "
    "AND q.journal = e.journal "
    "AND q.seq = e.seq AND q.code = 'garbled' AND e.body IS NULL"
)
_FORKS: Final = "SELECT f.id, f.raw FROM forked_batch f JOIN journal j ON j.id = f.journal WHERE j.fair = ?"
_LEADING: Final = frozenset(
    {"erasure", "authorisation", "slip", "draft", "distinction", "sealed", "referral"}
)
"""Kinds whose arrival may show that something of somebody erased is here."""


class Erasures(NamedTuple):
    """What erasures mean for the ranges that are being posted.

    `named` are the subjects of erasures among them; `known` says that the fair has had erasures before.
    """

    fair: str
    named: frozenset[str]
    known: bool


def look_asked(fair: str) -> Question:
    """Return what `look` asks."""
    return _ANY, (fair,)


def look(connection: Connection, fair: str, accepted: Sequence[Accepted]) -> Erasures:
    """Say what erasures there are, before anything is written and under the locks of `named`."""
    return Erasures(fair, named(accepted), direct.one(connection, _ANY, (fair,)) is not None)


def named(accepted: Sequence[Accepted]) -> frozenset[str]:
    """Return the subjects that erasures among accepted entries name."""
    facts = [item.body.fact for item in accepted if item.entry.header.kind == "erasure"]
    return frozenset(
        subject for fact in facts if isinstance(fact, Erasure) for subject in (fact.attendee, *fact.subjects)
    )


def without_bodies(connection: Connection, found: Erasures, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Take what tells of somebody erased out of ranges before they are stored."""
    if not found.named and not found.known:
        return pieces
    subjects = {entry.header.subject for piece in pieces for entry in piece.range.entries}
    gone = found.named | erased_among(connection, found.fair, subjects)
    return [piece._replace(range=_stripped(piece.range, gone)) for piece in pieces]


def erased_among(connection: Connection, fair: str, subjects: Collection[str]) -> frozenset[str]:
    """Return those of some subjects of a fair that were erased."""
    return frozenset(subject for (subject,) in direct.among(connection, _AMONG, subjects, fair))


def _stripped(piece: Range, gone: Collection[str]) -> Range:
    pairs = [_without(entry, item, gone) for entry, item in zip(piece.entries, piece.examined, strict=True)]
    return piece._replace(
        entries=[entry for entry, _ in pairs], examined=[item for _, item in pairs if item is not None]
    )


def _without(
    entry: Entry, item: Accepted | Refused, gone: Collection[str]
) -> tuple[Entry, Accepted | Refused | None]:
    """Return an entry as it is stored, and what was found of it: None where it is well and gives no rows."""
    header, body, _ = entry
    if header.subject not in gone or header.kind not in ERASABLE:
        return entry, item
    refused = item if isinstance(item, Refused) else None
    if body is None:
        return entry, refused if refused and refused.code != "garbled" else None
    return (entry._replace(body=None), refused) if goes(header.kind, body) else (entry, item)


def follow(writes: Writes, found: Erasures, accepted: Sequence[Accepted]) -> None:
    """Do what erasures say to all that is here, after new entries were projected and before the commit."""
    leading = any(item.entry.header.kind in _LEADING for item in accepted)
    if not found.named and not (found.known and leading):
        return
    writes.flush()
    connection, fair = writes.connection, found.fair
    gone = found.named | _strays(connection, found, accepted)
    if not gone:
        return
    direct.many(connection, [(_MARK, (fair, subject)) for subject in sorted(gone)])
    rewrite(writes, fair, _clear(connection, fair, gone))
    _lift(connection, fair, gone)
    if found.named:
        _clear_forks(connection, fair, gone)


def erase_again(connection: Connection, fair: str, subjects: Collection[str]) -> None:
    """Clear subjects of which it is known that they were erased: an older copy of the database holds them."""
    direct.many(connection, [(_MARK, (fair, subject)) for subject in sorted(subjects)])
    writes = Writes(connection)
    rewrite(writes, fair, _clear(connection, fair, subjects))
    writes.flush()
    _clear_forks(connection, fair, subjects)


def _strays(connection: Connection, found: Erasures, accepted: Sequence[Accepted]) -> set[str]:
    """Return what belongs to somebody erased without being named: all there is, or only what is new."""
    if found.named:
        asked = [direct.rows(connection, statement, (found.fair,)) for statement in _STRAYS]
    else:
        fresh = {item.entry.header.subject for item in accepted if item.entry.header.kind in _LEADING}
        asked = [
            direct.among(connection, f"{statement} AND t.subject {{one_of}}", fresh, found.fair)
            for statement in _STRAYS
        ]
        asked.append(direct.among(connection, f"{_STRAYS[-1]} AND r.subject {{one_of}}", fresh, found.fair))
    return {row[0] for rows in asked for row in rows}


def _clear(connection: Connection, fair: str, gone: Collection[str]) -> set[Key]:
    """Empty what tells of somebody erased; return the kinds and subjects that lost something."""
    held = [row for row in direct.each(connection, _HELD, gone, fair) if goes(row[2], bytes(row[4]))]
    direct.many(connection, [(_CLEAR, (journal, seq)) for journal, seq, *_ in held])
    return {(kind, subject) for _, _, kind, subject, _ in held}


def _lift(connection: Connection, fair: str, gone: Collection[str]) -> None:
    """Release entries that came without their bodies before the erasure that explains it."""
    quarantine.release(connection, direct.each(connection, _WAITING, gone, fair))


def _clear_forks(connection: Connection, fair: str, gone: Collection[str]) -> None:
    """Batches that were kept as evidence of a fork lose the same bodies; their digests still prove them."""
    for number, raw in direct.rows(connection, _FORKS, (fair,)):
        try:
            batch = wire.decode(bytes(raw))
        except WireError:
            continue
        entries = tuple(
            entry._replace(body=None)
            if entry.body is not None and entry.header.subject in gone and goes(entry.header.kind, entry.body)
            else entry
            for entry in batch.entries
        )
        written = wire.encode(batch._replace(entries=entries))
        direct.many(connection, [("UPDATE forked_batch SET raw = ? WHERE id = ?", (written, number))])


def scrub(database: Database) -> bool:
    """Cut SQLite's log after an erasure: the bytes are gone from it then; say whether nobody was in the way.

    PostgreSQL reuses the space of what was cleared when it vacuums; its own log and backups are its keeper's.
    """
    if not database.is_sqlite:
        return True
    with database.engine.connect() as connection:
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        connection.rollback()
    return not busy
