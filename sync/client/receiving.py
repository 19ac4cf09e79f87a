"""Receiving: the ranges that the server has and this replica lacks, each checked by chain and seal."""

from __future__ import annotations

from collections.abc import Sequence

from sync.client.line import Head, Line, missing, writing
from sync.client.trouble import Trouble
from sync.wire.batch import Batch
from sync.wire.journal import JournalId
from sync.wire.problem import WireError


def receive_all(line: Line) -> None:
    """Receive what is missing here of every journal but the ones that this station writes.

    The centre's own journal comes first, whoever hands it on: it brings the keys of the stations that seal
    the others.

    Raises:
        Trouble: what ends the pass.
    """
    wanted = line.tally.lessons.in_order(_wanted(line))
    line.tally.begin("receiving", missing(line.reply.heads, line.ours, wanted))
    own = [journal for journal in wanted if journal.station == line.replica.centre]
    rest = [journal for journal in wanted if journal.station != line.replica.centre]
    sealed_by_strangers = _receive(line, _receive(line, own + rest))
    for journal in sealed_by_strangers:
        with line.tally.only(journal):
            raise Trouble("unknown-key")


def receive_bodies(line: Line) -> None:
    """Receive what was withheld from here while it was in quarantine, now that the centre counts it.

    It is the same batch as any, asked for once more: its chain is the one that is here, and proves it. A
    server that gives a batch without the body is not asked for that entry again.

    Raises:
        Trouble: what ends the pass.
    """
    before = line.replica.lacking()
    reached: dict[JournalId, int] = {}
    for journal, seq in before:
        is_there = reached.get(journal, 0) < seq <= line.there(journal)[0]
        if is_there and not line.tally.lessons.is_vain(journal, seq):
            with line.tally.only(journal):
                reached[journal] = _fetch_again(line, journal, seq)
    left = set(line.replica.lacking()) if reached else set()
    for journal, seq in left:
        if seq <= reached.get(journal, 0):
            line.tally.lessons.in_vain(journal, seq)
    line.tally.received += len(set(before) - left) if reached else 0


def _fetch_again(line: Line, journal: JournalId, seq: int) -> int:
    """Receive the batch that begins with an entry; return its last."""
    key = _key_of(line, journal)
    if key is None:
        raise Trouble("unknown-key")
    line.tally.breathe()
    batch = line.transport.fetch(journal, seq - 1)
    if batch.journal != journal or batch.first != seq:
        raise Trouble("garbled", "The server sent another range than the one that was asked for.")
    batch.check_seal(key)
    line.replica.receive(batch)
    return batch.last


def _wanted(line: Line) -> list[JournalId]:
    """Return the journals that the server knows further, in a fixed order; note what contradicts ours."""
    written = writing(line.replica.own_journals())
    wanted = []
    for name in sorted(line.reply.heads):
        try:
            journal = JournalId.parse(name)
        except WireError as error:
            raise Trouble("garbled", "The server names a journal in an unreadable way.") from error
        if journal in written:
            continue
        there, here = line.there(journal), line.here(journal)
        if there[0] > here[0]:
            wanted.append(journal)
        elif there[0] == here[0] and there[1] != here[1]:
            with line.tally.only(journal):
                raise Trouble("fork")
    return wanted


def _receive(line: Line, journals: Sequence[JournalId]) -> list[JournalId]:
    """Receive these journals; return those whose seals can't be checked yet."""
    waiting = []
    for journal in journals:
        key = _key_of(line, journal)
        if key is None:
            waiting.append(journal)
            continue
        with line.tally.only(journal):
            _receive_journal(line, journal, key)
    return waiting


def _key_of(line: Line, journal: JournalId) -> bytes | None:
    """Return the key that seals a journal. What the replica knows comes before what the server claims."""
    known = line.replica.public_key_of(journal.station)
    if known is None and journal.station == line.hello.server == line.replica.centre:
        return line.transport.server_key
    return known


def _receive_journal(line: Line, journal: JournalId, key: bytes) -> None:
    after = line.here(journal)
    end = line.there(journal)[0]
    while after[0] < end:
        line.tally.breathe()
        batch = line.transport.fetch(journal, after[0])
        _check(batch, journal, after, key)
        line.replica.receive(batch)
        line.tally.received += len(batch.entries)
        line.tally.advance(len(batch.entries))
        after = (batch.last, batch.after.hex())
    _take_receipt(line, journal)


def _take_receipt(line: Line, journal: JournalId) -> None:
    """Keep the receipt that came with the heads for a journal of this station's own.

    A laptop that was restored wrote it under an earlier incarnation; only now can it be proved here.
    """
    receipt = line.given(journal, line.there(journal))
    if receipt is None or journal not in line.replica.own_journals():
        return
    before = line.replica.acknowledged(journal)
    line.replica.save_receipt(receipt)
    line.tally.acknowledged += max(0, line.replica.acknowledged(journal) - before)
    line.tally.quarantined += sum(v.verdict == "quarantined" and v.seq > before for v in receipt.verdicts)


def _check(batch: Batch, journal: JournalId, after: Head, key: bytes) -> None:
    """Check that a batch is the one that was asked for, joins what is here, and was sealed by its station.

    Raises:
        Trouble: `garbled` or `fork`.
        WireError: `bad-signature`.
    """
    if batch.journal != journal or batch.first != after[0] + 1:
        raise Trouble("garbled", "The server sent another range than the one that was asked for.")
    batch.check_seal(key)
    if batch.before.hex() != after[1]:
        raise Trouble("fork", "The server's copy of this journal does not follow from ours.")
