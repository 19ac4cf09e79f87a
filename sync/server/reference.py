"""The server's own journal of each fair: the fair itself, its services, desks, operators and stations.

A server that came back from a backup goes on in a new incarnation, as a laptop does: what it wrote after that
backup stands at the laptops under numbers that it must not use for anything else, and comes back with them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, text

from sync.server import ledger, posting
from sync.server.acceptance import Refused, Rules, examine
from sync.server.database.writes import Writes
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.server.ranges import Piece, Range
from sync.wire import body, signing
from sync.wire.batch import MAX_ENTRIES
from sync.wire.clock import ZERO, HybridClock
from sync.wire.entry import Entry, Header, body_digest, chain
from sync.wire.fact import Fact
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.version import MAX

_OWN: Final = Rules(own=True, revoked=False, authors={})
_LAST_CLOCK = text("SELECT hlc FROM entry WHERE journal = :row AND seq = :seq")
_REVISION: Final = "SELECT revision FROM {kind} WHERE fair = :fair AND subject = :subject"


class Statement(NamedTuple):
    """Something to say about a subject: a whole fact, or some fields that change."""

    kind: str
    subject: str
    fact: Fact | None = None
    change: Mapping[str, Any] | None = None


def own_journal(node: Node, fair: str) -> JournalId:
    """Return the name of the journal of a fair that the server writes now."""
    return JournalId(node.server, node.incarnation, fair)


def lock(connection: Connection, node: Node, fair: str) -> None:
    """Let nobody else write in the server's own journal of a fair until this transaction ends."""
    ledger.lock(connection, own_journal(node, fair))


def publish(connection: Connection, node: Node, fair: str, statements: Sequence[Statement]) -> None:
    """Append statements to the server's own journal of a fair, seal and project them. The caller commits.

    Raises:
        WireError: `bad-field` when a statement breaks the rules that are asked of everybody else.
    """
    journal = ledger.lock(connection, own_journal(node, fair))
    for start in range(0, len(statements), MAX_ENTRIES):
        journal = _publish_piece(connection, node, journal, statements[start : start + MAX_ENTRIES])


def _publish_piece(
    connection: Connection, node: Node, journal: Journal, statements: Sequence[Statement]
) -> Journal:
    last = connection.execute(_LAST_CLOCK, {"row": journal.row, "seq": journal.seq}).scalar()
    clock = HybridClock(node.now_ms, last or ZERO)
    entries = []
    for offset, statement in enumerate(statements, 1):
        header = Header(
            journal.id, journal.seq + offset, clock.tick(), "", statement.kind, statement.subject, MAX
        )
        written = _body(connection, journal.id.fair, statement)
        entries.append(Entry(header, written, body_digest(written)))
    digests = chain(journal.digest, entries)
    seal = signing.seal(node.keys.signing, journal.id, entries[-1].header.seq, digests[-1])
    examined = [examine(entry, _OWN) for entry in entries]
    for item in examined:
        if isinstance(item, Refused):
            raise WireError(item.code, item.detail)
    writes = Writes(connection)
    (posted,) = posting.post(writes, [Piece(journal, Range(entries, digests, seal, examined))])
    writes.flush()
    return posted.journal


def _body(connection: Connection, fair: str, statement: Statement) -> bytes:
    salt = secrets.token_bytes(body.SALT_BYTES)
    if statement.fact is not None:
        return body.encode_fact(statement.fact, salt)
    query = text(_REVISION.format(kind=statement.kind))
    base = connection.execute(query, {"fair": fair, "subject": statement.subject}).scalar() or ""
    return body.encode_change(statement.kind, statement.change or {}, base, salt)
