"""Taking batches: each whole or not at all, once however often it is sent, a receipt when it is durable.

Batches of several journals that wait at the same moment share one transaction. What goes wrong with one of
them is its own affair: it is told apart before anything is written, or each is then taken by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from sync.server import (
    direct,
    erasing,
    faults,
    ledger,
    locks,
    posting,
    quarantine,
    receipts,
    roster,
    tombstones,
)
from sync.server.acceptance import Refused, Rules, examine_all
from sync.server.joining import already_here
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.server.pipeline import Question
from sync.server.posting import Piece, Posted, Range
from sync.server.projections.project import Accepted, known_asked
from sync.server.writes import Writes
from sync.wire.batch import MAX_ENTRIES, Batch
from sync.wire.entry import chain
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

MAX_TOGETHER: Final = 48
"""Batches that share a transaction at most."""


class _Parcel(NamedTuple):
    node: Node
    carrier: str
    batch: Batch
    by_stick: bool


class _Examined(NamedTuple):
    batch: Batch
    digests: list[bytes]
    entries: list[Accepted | Refused]


_Outcome = Receipt | Exception


def take(node: Node, carrier: str, batch: Batch, *, by_stick: bool = False) -> Receipt:
    """Make a batch durable and return its receipt.

    Any station of the fair may be the carrier; what counts is the seal of the journal's own station. A
    station whose access was withdrawn carries nothing over the line, but may still hand in its work
    `by_stick`: that is kept in quarantine. Everything that costs time is done before the first lock is taken.

    Raises:
        WireError: `unknown-station`, `revoked`, `forbidden` (another fair), `bad-signature`, `gap`, `fork`,
            `busy` (too many wait).
    """
    receipt: Receipt = node.database.gathering.do(
        _Parcel(node, carrier, batch, by_stick), _fitting, _take_together
    )
    return receipt


def _fitting(waiting: Sequence[_Parcel]) -> set[int]:
    """Choose what shares a transaction with the first: batches of its fair, one of each journal."""
    fair = waiting[0].batch.journal.fair
    journals = set()
    places: set[int] = set()
    room = 2 * MAX_ENTRIES
    for place, parcel in enumerate(waiting):
        batch = parcel.batch
        if batch.journal.fair != fair or batch.journal in journals or len(batch.entries) > room:
            continue
        journals.add(batch.journal)
        places.add(place)
        room -= len(batch.entries)
        if len(places) == MAX_TOGETHER:
            break
    return places


def _take_together(parcels: Sequence[_Parcel]) -> list[_Outcome]:
    """Take batches of one fair and of different journals."""
    node = parcels[0].node
    outcomes: dict[int, _Outcome] = {}
    examined: dict[int, _Examined] = {}
    with node.database.glance() as connection:
        direct.ahead(connection, [question for parcel in parcels for question in _asked(connection, parcel)])
        for place, parcel in enumerate(parcels):
            found = _examine(connection, parcel)
            if isinstance(found, _Examined):
                examined[place] = found
            else:
                outcomes[place] = found
    for place, outcome in zip(examined, _applied(node, list(examined.values())), strict=True):
        if isinstance(outcome, WireError) and outcome.code == "fork":
            _raise_alarm(node, parcels[place].carrier, parcels[place].batch)
        outcomes[place] = outcome
    return [outcomes[place] for place in range(len(parcels))]


def _asked(connection: Connection, parcel: _Parcel) -> list[Question]:
    """Return what looking at a batch will ask, as far as it is known beforehand."""
    journal, entries = parcel.batch.journal, parcel.batch.entries
    stations = {parcel.carrier, journal.station}
    return [
        *roster.asked(connection, journal.fair, stations, roster.who(entries)),
        ledger.find_asked(journal),
    ]


def _examine(connection: Connection, parcel: _Parcel) -> _Examined | _Outcome:
    """Look at a batch without any lock: the receipt of one that is here, or what is wrong with it."""
    batch = parcel.batch
    try:
        rules = _rules(connection, parcel)
        known = _receipt_of_repeat(connection, batch)
        if known is not None:
            return known
        digests = chain(batch.before, batch.entries)
        return _Examined(batch, digests, examine_all(batch.entries, rules))
    except WireError as error:
        return error


def _rules(connection: Connection, parcel: _Parcel) -> Rules:
    """Check the carrier and the seal, and return what decides over the entries."""
    node, carrier, batch, by_stick = parcel
    allowed = roster.enrolled if by_stick else roster.active
    station = allowed(connection, node, carrier, batch.journal.fair)
    sealer = roster.sealer(connection, node, batch.journal, station)
    batch.check_seal(sealer.public_key)
    authors = roster.authors(connection, batch.journal.fair, roster.who(batch.entries))
    return Rules(sealer.own, sealer.revoked, authors, node.now_ms())


def _receipt_of_repeat(connection: Connection, batch: Batch) -> Receipt | None:
    """Answer a batch that is here already without taking any lock."""
    journal = ledger.find(connection, batch.journal)
    if journal is None or journal.seq < batch.last:
        return None
    if ledger.digest_at(connection, journal, batch.last) != batch.after:
        return None
    return receipts.at(connection, journal, batch.last)


def _applied(node: Node, batches: Sequence[_Examined]) -> list[_Outcome]:
    """Write batches in one transaction; if that fails by their content, each in one of its own."""
    if not batches:
        return []
    if len(batches) == 1:
        return [_alone(node, batches[0])]
    try:
        outcomes = _apply(node, batches)
    except Exception as error:
        if faults.is_outage(error) and not faults.is_collision(error):
            raise
        return [_alone(node, one) for one in batches]
    return outcomes


def _alone(node: Node, one: _Examined) -> _Outcome:
    """Write one batch; if that fails by its content, entry by entry, so that only the bad ones stay out."""
    try:
        try:
            return _apply(node, [one])[0]
        except Exception as error:
            if faults.is_outage(error):
                raise
            return _apply(node, [one], one_by_one=True)[0]
    except Exception as error:
        return error


def _apply(node: Node, batches: Sequence[_Examined], *, one_by_one: bool = False) -> list[_Outcome]:
    with node.database.write() as connection:
        direct.ahead(connection, _asked_under_locks(connection, batches))
        journals = ledger.lock_all(connection, [one.batch.journal for one in batches])
        outcomes: list[_Outcome | Piece] = [
            _joined(connection, node, journals[one.batch.journal], one) for one in batches
        ]
        pieces = [item for item in outcomes if isinstance(item, Piece)]
        writes = Writes(connection)
        posted = iter(posting.post(writes, pieces, one_by_one=one_by_one) if pieces else ())
        numbers = receipts.numbers(connection, len(pieces))
        given = [
            _receipt(writes, node, next(posted), next(numbers)) if isinstance(item, Piece) else item
            for item in outcomes
        ]
        writes.flush(last=True)
    node.changes.tell()
    if any(erasing.named(piece.range.accepted) for piece in pieces):
        tombstones.keep(node, pieces[0].journal.id.fair)
        erasing.scrub(node.database)
    return given


def _asked_under_locks(connection: Connection, batches: Sequence[_Examined]) -> list[Question]:
    """Return what taking batches will ask, in the order of their locks; one that joins in part asks again."""
    fair = batches[0].batch.journal.fair
    accepted = [item for one in batches for item in one.entries if isinstance(item, Accepted)]
    subjects = {item.entry.header.subject for item in accepted} | erasing.named(accepted)
    return [
        *ledger.lock_asked([one.batch.journal for one in batches]),
        *([locks.asked(fair, subjects)] if subjects else []),
        erasing.look_asked(fair),
        *([known_asked(connection, fair, accepted)] if accepted else []),
        receipts.numbers_asked(connection, len(batches)),
    ]


def _joined(connection: Connection, node: Node, journal: Journal, one: _Examined) -> _Outcome | Piece:
    """Say what of a batch is new here: a piece to post, the receipt when nothing is, or why it can't join."""
    batch, digests, entries = one
    try:
        skip = already_here(connection, journal, batch, digests)
    except WireError as error:
        return error
    if skip == len(batch.entries):
        return receipts.again(connection, node, journal, batch.first, batch.last, batch.after)
    return Piece(journal, Range(batch.entries[skip:], digests[skip:], batch.signature, entries[skip:]))


def _receipt(writes: Writes, node: Node, posted: Posted, number: int) -> Receipt:
    quarantine.record(writes, node, posted.journal, posted.refused)
    return receipts.issue(writes, node, posted.journal, number, posted.verdicts)


def _raise_alarm(node: Node, carrier: str, batch: Batch) -> None:
    with node.database.write() as connection:
        journal = ledger.lock(connection, batch.journal)
        quarantine.keep_fork(connection, node, journal, batch, carrier)
