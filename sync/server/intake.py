"""Taking a batch: whole or not at all, once however often it is sent, a receipt when it is durable."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from sync.server import faults, ledger, posting, quarantine, receipts, roster
from sync.server.acceptance import Refused, Rules, examine
from sync.server.joining import already_here
from sync.server.node import Node
from sync.server.posting import Range
from sync.server.projections.project import Accepted
from sync.server.writes import Writes
from sync.wire.batch import Batch
from sync.wire.entry import chain
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt


class _Examined(NamedTuple):
    batch: Batch
    digests: list[bytes]
    entries: list[Accepted | Refused]


def take(node: Node, carrier: str, batch: Batch, *, by_stick: bool = False) -> Receipt:
    """Make a batch durable and return its receipt.

    Any station of the fair may be the carrier; what counts is the seal of the journal's own station. A
    station whose access was withdrawn carries nothing over the line, but may still hand in its work
    `by_stick`: that is kept in quarantine. Everything that costs time is done before the first lock is taken.

    Raises:
        WireError: `unknown-station`, `revoked`, `forbidden` (another fair), `bad-signature`, `gap`, `fork`.
    """
    digests = chain(batch.before, batch.entries)
    with node.database.glance() as connection:
        rules = _rules(connection, node, carrier, batch, by_stick)
        known = _receipt_of_repeat(connection, batch)
    if known is not None:
        return known
    examined = _Examined(batch, digests, [examine(entry, rules) for entry in batch.entries])
    try:
        return _apply(node, examined, one_by_one=False)
    except WireError as error:
        if error.code == "fork":
            _raise_alarm(node, carrier, batch)
        raise
    except Exception as error:
        if faults.is_outage(error):
            raise
        return _apply(node, examined, one_by_one=True)


def _rules(connection: Connection, node: Node, carrier: str, batch: Batch, by_stick: bool) -> Rules:
    """Check the carrier and the seal, and return what decides over the entries."""
    allowed = roster.enrolled if by_stick else roster.active
    station = allowed(connection, carrier, batch.journal.fair)
    sealer = roster.sealer(connection, node, batch.journal, station)
    batch.check_seal(sealer.public_key)
    operators = {entry.header.author for entry in batch.entries} - {""}
    return Rules(sealer.own, sealer.revoked, roster.authors(connection, batch.journal.fair, operators))


def _receipt_of_repeat(connection: Connection, batch: Batch) -> Receipt | None:
    """Answer a batch that is here already without taking any lock."""
    journal = ledger.find(connection, batch.journal)
    if journal is None or journal.seq < batch.last:
        return None
    if ledger.digest_at(connection, journal, batch.last) != batch.after:
        return None
    return receipts.at(connection, journal, batch.last)


def _apply(node: Node, examined: _Examined, *, one_by_one: bool) -> Receipt:
    batch, digests, entries = examined
    with node.database.write() as connection:
        journal = ledger.lock(connection, batch.journal)
        skip = already_here(connection, journal, batch, digests)
        if skip == len(batch.entries):
            return receipts.again(connection, node, journal, batch.first, batch.last, batch.after)
        rest = Range(batch.entries[skip:], digests[skip:], batch.signature, entries[skip:])
        writes = Writes(connection)
        posted = posting.post(writes, journal, rest, one_by_one=one_by_one)
        quarantine.record(writes, node, posted.journal, posted.refused)
        receipt = receipts.issue(writes, node, posted.journal, batch.last, batch.after, posted.verdicts)
        writes.flush()
        return receipt


def _raise_alarm(node: Node, carrier: str, batch: Batch) -> None:
    with node.database.write() as connection:
        journal = ledger.lock(connection, batch.journal)
        quarantine.keep_fork(connection, node, journal, batch, carrier)
