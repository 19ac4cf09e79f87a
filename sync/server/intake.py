"""Taking batches: each whole or not at all, once however often it is sent, a receipt when it is durable.

Batches of several journals that wait at the same moment share one transaction. What goes wrong with one of
them is its own affair: it is told apart before anything is written, or each is then taken by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine

from sync.server import erasing, ledger, posting, quarantine, receipts, roster, tombstones
from sync.server.acceptance import Refused, Rules, examine_all
from sync.server.database import direct, faults, locks
from sync.server.database.pipeline import Found, Question
from sync.server.database.writes import Writes
from sync.server.joining import already_here
from sync.server.ledger import Journal
from sync.server.node import Node
from sync.server.posting import Posted
from sync.server.projections.project import Accepted, known_asked
from sync.server.ranges import Piece, Range
from sync.wire.batch import MAX_ENTRIES, Batch
from sync.wire.entry import chain
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

MAX_TOGETHER: Final = 48
"""Batches that share a transaction at most."""


class _Parcel(NamedTuple):
    node: Node
    carrier: str
    batch: Batch
    by_stick: bool
    digests: list[bytes] | None = None


class _Examined(NamedTuple):
    batch: Batch
    digests: list[bytes]
    entries: list[Accepted | Refused]


_Outcome = Receipt | Exception


class _NotAtOnceError(Exception):
    """The roster says something else than a moment ago, or a journal is new here."""


def take(node: Node, carrier: str, batch: Batch, *, by_stick: bool = False) -> Receipt:
    """Make a batch durable and return its receipt.

    Any station of the fair may be the carrier; what counts is the seal of the journal's own station. A
    station whose access was withdrawn carries nothing over the line, but may still hand in its work
    `by_stick`: that is kept in quarantine.

    Raises:
        WireError: `unknown-station`, `revoked`, `forbidden` (another fair), `bad-signature`, `gap`, `fork`,
            `busy` (too many wait).
    """
    receipt: Receipt = node.database.gathering.do(
        _Parcel(node, carrier, batch, by_stick), _fitting, _take_together
    )
    return receipt


async def take_soon(node: Node, carrier: str, batch: Batch, digests: list[bytes]) -> Receipt:
    """Make a batch durable that came over the line, as `take`, without holding up the event loop.

    `digests` are the chain's after each of its entries.
    """
    receipt: Receipt = await node.database.gathering.soon(
        _Parcel(node, carrier, batch, False, digests), _fitting, _take_together
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
    outcomes = _take_at_once(parcels)
    return _take_in_steps(parcels) if outcomes is None else outcomes


def _take_at_once(parcels: Sequence[_Parcel]) -> list[_Outcome] | None:
    """Take batches in one transaction from the start, examined by what the roster said a moment ago.

    While they are examined, PostgreSQL looks up what the roster says now. Returns None where that is
    something else, where the roster was not asked before, and where anything goes wrong: the slower way sorts
    it out. It takes its locks before seals are checked, so it is only for stations that bring what is new of
    their own journals.
    """
    node = parcels[0].node
    recall = node.database.recall
    own = all(parcel.carrier == parcel.batch.journal.station for parcel in parcels)
    repeats = any(recall.has(parcel.batch.journal, parcel.batch.last) for parcel in parcels)
    said = recall.of(_roster_asked(node.database.engine, parcels)) if own and not repeats else None
    if said is None:  # as always on SQLite
        return None
    try:
        with node.database.write() as connection:
            found, written, fresh = _write_by(said, connection, parcels)
    except Exception as error:
        if faults.is_outage(error) and not faults.is_collision(error):
            raise
        return None
    _announce(node, fresh)
    waiting = iter(written)
    outcomes = [next(waiting) if isinstance(one, _Examined) else one for one in found]
    _raise_alarms(parcels, outcomes)
    return outcomes


def _write_by(
    said: Mapping[Question, Found], connection: Connection, parcels: Sequence[_Parcel]
) -> tuple[list[_Examined | WireError], list[_Outcome], list[Piece]]:
    """Examine batches by what the roster said, write them if it still says so, and commit.

    Raises:
        _NotAtOnceError: when it says something else now. Also when a journal is new: it must be locked before
            any subject, or two who open it would wait for each other.
    """
    batches = [parcel.batch for parcel in parcels]
    names = [batch.journal for batch in batches]
    subjects = {entry.header.subject for batch in batches for entry in batch.entries}
    under_locks = _asked_under_locks(connection, batches, subjects)
    direct.ahead(connection, [*said, *ledger.lock_asked(names), *under_locks])
    direct.pretend(connection, said)
    found = [_examine(connection, parcel) for parcel in parcels]
    now = direct.truth(connection, said)
    journals = ledger.locked(connection, names)
    if now != said or journals is None:
        raise _NotAtOnceError
    examined = [one for one in found if isinstance(one, _Examined)]
    return found, *_write(connection, parcels[0].node, examined, journals)


def _take_in_steps(parcels: Sequence[_Parcel]) -> list[_Outcome]:
    """Take batches: look at all of them without any lock, then write those that are good."""
    node = parcels[0].node
    outcomes: dict[int, _Outcome] = {}
    examined: dict[int, _Examined] = {}
    with node.database.glance() as connection:
        _look_ahead(connection, parcels)
        for place, parcel in enumerate(parcels):
            found = _look(connection, parcel)
            if isinstance(found, _Examined):
                examined[place] = found
            else:
                outcomes[place] = found
    outcomes |= zip(examined, _applied(node, list(examined.values())), strict=True)
    told = [outcomes[place] for place in range(len(parcels))]
    _raise_alarms(parcels, told)
    return told


def _look_ahead(connection: Connection, parcels: Sequence[_Parcel]) -> None:
    """Ask PostgreSQL all that looking at batches will ask, and remember what the roster says."""
    database = parcels[0].node.database
    if database.is_sqlite:
        return
    asked = _roster_asked(database.engine, parcels)
    direct.ahead(connection, [*asked, *(ledger.find_asked(parcel.batch.journal) for parcel in parcels)])
    said = direct.truth(connection, asked)
    database.recall.keep(said)
    direct.pretend(connection, said)


def _roster_asked(engine: Engine, parcels: Sequence[_Parcel]) -> set[Question]:
    """Return what looking at batches will ask the roster."""
    asked: set[Question] = set()
    for _, carrier, batch, *_ in parcels:
        stations = {carrier, batch.journal.station}
        asked.update(roster.asked(engine, batch.journal.fair, stations, roster.who(batch.entries)))
    return asked


def _look(connection: Connection, parcel: _Parcel) -> _Examined | _Outcome:
    """Look at a batch without any lock: the receipt of one that is here, or what `_examine` says."""
    try:
        rules = _rules(connection, parcel)
        return _receipt_of_repeat(connection, parcel.batch) or _examined(parcel, rules)
    except WireError as error:
        return error


def _examine(connection: Connection, parcel: _Parcel) -> _Examined | WireError:
    """Look at a batch: what its entries are, or what is wrong with it as a whole."""
    try:
        return _examined(parcel, _rules(connection, parcel))
    except WireError as error:
        return error


def _examined(parcel: _Parcel, rules: Rules) -> _Examined:
    batch = parcel.batch
    digests = parcel.digests or chain(batch.before, batch.entries)
    return _Examined(batch, digests, examine_all(batch.entries, rules))


def _rules(connection: Connection, parcel: _Parcel) -> Rules:
    """Check the carrier and the seal, and return what decides over the entries."""
    node, carrier, batch, by_stick, _ = parcel
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
        journals = ledger.lock_all(connection, [one.batch.journal for one in batches])
        accepted = [item for one in batches for item in one.entries if isinstance(item, Accepted)]
        subjects = {item.entry.header.subject for item in accepted} | erasing.named(accepted)
        direct.ahead(connection, _asked_under_locks(connection, [one.batch for one in batches], subjects))
        outcomes, fresh = _write(connection, node, batches, journals, one_by_one=one_by_one)
    _announce(node, fresh)
    return outcomes


def _write(
    connection: Connection,
    node: Node,
    batches: Sequence[_Examined],
    journals: Mapping[JournalId, Journal],
    *,
    one_by_one: bool = False,
) -> tuple[list[_Outcome], list[Piece]]:
    """Write batches into their locked journals and commit; return what became of each, and what was new."""
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
    return given, pieces


def _announce(node: Node, fresh: Sequence[Piece]) -> None:
    """Tell whoever waits for news; what an erasure took goes from the file, too."""
    node.changes.tell()
    for piece in fresh:
        node.database.recall.reached(piece.journal.id, piece.range.entries[-1].header.seq)
    if any(erasing.named(piece.range.accepted) for piece in fresh):
        tombstones.keep(node, fresh[0].journal.id.fair)
        erasing.scrub(node.database)


def _asked_under_locks(
    connection: Connection, batches: Sequence[Batch], subjects: Collection[str]
) -> list[Question]:
    """Return what taking batches will ask once their journals are locked, in the order of more locks."""
    fair = batches[0].journal.fair
    return [
        *([locks.asked(fair, subjects)] if subjects else []),
        erasing.look_asked(fair),
        *([known_asked(connection, fair, subjects)] if subjects else []),
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


def _raise_alarms(parcels: Sequence[_Parcel], outcomes: Sequence[_Outcome]) -> None:
    """Keep batches that contradict what is here."""
    for (node, carrier, batch, *_), outcome in zip(parcels, outcomes, strict=True):
        if isinstance(outcome, WireError) and outcome.code == "fork":
            with node.database.write() as connection:
                journal = ledger.lock(connection, batch.journal)
                quarantine.keep_fork(connection, node, journal, batch, carrier)
