"""Taking entries out of quarantine once what kept them there is gone: they then give their rows.

An entry stays where it is in its journal and is judged anew, by the roster and the program of now. If it is
well, the centre says so in its own journal (`sync.wire.ruling`): what releases the entry here does so at
every laptop and hub that hears it. Each entry has a transaction of its own.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection

from sync.server import erasing, ledger, reference, roster, tombstones
from sync.server.acceptance import Rules, examine
from sync.server.database import direct, faults, locks
from sync.server.node import Node
from sync.server.posting import MAX_OF_SUBJECT
from sync.server.projections.project import Accepted, known
from sync.server.reference import Statement
from sync.wire.entry import Entry
from sync.wire.erasing import goes
from sync.wire.journal import JournalId
from sync.wire.ruling import Ruling, subject_of

_WAITING: Final = (
    "SELECT j.station, j.incarnation, q.seq, q.code FROM journal j CROSS JOIN quarantined_entry q "
    "WHERE q.journal = j.id AND j.fair = ? ORDER BY q.at_ms, q.journal, q.seq"
)
_ENTRY: Final = (
    f"SELECT digest, {ledger.STORED} FROM entry WHERE journal = ? AND seq = ? AND quarantined"
)
_REASON: Final = "UPDATE quarantined_entry SET code = ?, detail = ? WHERE journal = ? AND seq = ?"


class Requeued(NamedTuple):
    """How many entries were taken out of quarantine, and how many must stay."""

    released: int
    left: int


def requeue(node: Node, fair: str, code: str = "") -> Requeued:
    """Judge a fair's entries in quarantine anew; with `code` only those that are kept for that reason."""
    with node.database.read() as connection:
        waiting = direct.rows(connection, _WAITING, (fair,))
    wanted = [row for row in waiting if code in ("", row[3])]
    released = sum(_release(node, JournalId(row[0], row[1], fair), row[2]) for row in wanted)
    if released:
        tombstones.keep(node, fair)  # an erasure may have been among them
        erasing.scrub(node.database)
    return Requeued(released, len(wanted) - released)


def _release(node: Node, journal: JournalId, seq: int) -> bool:
    try:
        with node.database.write() as connection:
            return _judge(connection, node, journal, seq)
    except Exception as error:
        if faults.is_outage(error):
            raise
        return False


def _judge(connection: Connection, node: Node, journal: JournalId, seq: int) -> bool:
    own = reference.own_journal(node, journal.fair)
    held = ledger.lock_all(connection, [journal, own])[journal]
    row = direct.one(connection, _ENTRY, (held.row, seq))
    if row is None:
        return False
    entry, digest = ledger.stored(journal, seq, row[1:]), bytes(row[0]).hex()
    found = examine(entry, _rules(connection, node, journal, entry))
    if not isinstance(found, Accepted):
        direct.many(connection, [(_REASON, (found.code, found.detail[:500], held.row, seq))])
        return False
    subject, ruling = entry.header.subject, subject_of(journal, seq, digest)
    locks.lock_subjects(connection, journal.fair, {subject, ruling})
    is_full = known(connection, journal.fair, [found]).get(found.key, 0) >= MAX_OF_SUBJECT
    tells = entry.body is not None and goes(entry.header.kind, entry.body)
    if is_full or (tells and erasing.erased_among(connection, journal.fair, {subject})):
        return False
    fact = Ruling(journal=str(journal), seq=seq, digest=digest)
    reference.publish(connection, node, journal.fair, [Statement(Ruling.KIND, ruling, fact)])
    return True


def _rules(connection: Connection, node: Node, journal: JournalId, entry: Entry) -> Rules:
    own = journal.station == node.authority.server
    station = None if own else roster.station(connection, journal.fair, journal.station)
    authors = roster.authors(connection, journal.fair, roster.who([entry]))
    return Rules(own, not own and (station is None or station.revoked), authors, node.now_ms())
