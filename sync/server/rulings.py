"""The centre's rulings: entries in quarantine count after all, whichever of the two comes first.

A ruling is an entry of the centre's own journal. Whoever takes it in (the centre when it gives it or gets it
back after a restore, a hub) releases the entry that it names, now or when that entry comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from sync.server import ledger, quarantine
from sync.server.acceptance import Refused
from sync.server.database import direct, locks
from sync.server.database.writes import Writes
from sync.server.projections.project import Accepted, project
from sync.server.ranges import Piece
from sync.wire import body
from sync.wire.entry import Entry
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.ruling import Ruling

_RULED: Final = "SELECT seq, digest FROM ruling WHERE fair = ? AND journal = ? AND verdict = 'accepted'"
_APART: Final = (
    f"SELECT {ledger.STORED} FROM entry "
    "WHERE journal = ? AND seq = ? AND digest = ? AND quarantined"
)


def overruled(connection: Connection, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Accept what the centre ruled on before it came here, of ranges that are about to be posted."""
    if not any(piece.range.refused for piece in pieces):
        return pieces
    beside = [fact for piece in pieces for fact in _among(piece.range.accepted)]
    return [_overruled(connection, piece, beside) if piece.range.refused else piece for piece in pieces]


def _overruled(connection: Connection, piece: Piece, beside: Sequence[Ruling]) -> Piece:
    journal, entries = piece.journal.id, piece.range.entries
    ruled = {(seq, digest) for seq, digest in direct.rows(connection, _RULED, (journal.fair, str(journal)))}
    ruled |= {(fact.seq, fact.digest) for fact in beside if fact.journal == str(journal)}
    examined = [
        _accepted(entry, item) if isinstance(item, Refused) and (item.seq, digest.hex()) in ruled else item
        for entry, digest, item in zip(entries, piece.range.digests, piece.range.examined, strict=True)
    ]
    return piece._replace(range=piece.range._replace(examined=examined))


def _among(accepted: Sequence[Accepted]) -> list[Ruling]:
    facts = (item.body.fact for item in accepted if item.entry.header.kind == Ruling.KIND)
    return [fact for fact in facts if isinstance(fact, Ruling)]


def _accepted(entry: Entry, refused: Refused) -> Accepted | Refused:
    """Read an entry that was ruled on; one without a body, or of an unknown kind, stays apart."""
    if entry.body is None:
        return refused
    try:
        return Accepted(entry, body.decode(entry.header.kind, entry.body))
    except WireError:
        return refused


def follow(writes: Writes, fair: str, accepted: Sequence[Accepted]) -> list[Accepted]:
    """Release what rulings among accepted entries name, and return it; the caller goes on with it."""
    rulings = [fact for fact in _among(accepted) if JournalId.parse(fact.journal).fair == fair]
    if not rulings:
        return []
    writes.flush()
    found = [_release(writes.connection, fact) for fact in rulings]
    released = [item for item in found if item is not None]
    if released:
        project(writes, fair, released, {item.key for item in released})
    return released


def _release(connection: Connection, ruling: Ruling) -> Accepted | None:
    """Take an entry out of quarantine; None where it is not in it, or can't be read."""
    name = JournalId.parse(ruling.journal)
    held = ledger.lock(connection, name)  # an entry that is being written there is seen then
    row = direct.one(connection, _APART, (held.row, ruling.seq, bytes.fromhex(ruling.digest)))
    if row is None:
        return None
    entry = ledger.stored(name, ruling.seq, row)
    found = _accepted(entry, Refused(ruling.seq, "", ""))
    if isinstance(found, Refused):
        return None
    locks.lock_subjects(connection, name.fair, {entry.header.subject})
    quarantine.release(connection, [(held.row, ruling.seq)])
    return found
