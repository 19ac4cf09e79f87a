"""The centre's receipts on their way: taken from whoever has them, handed to a hub for those who wait."""

from __future__ import annotations

from sync.client.line import Line
from sync.wire import receipt as wire
from sync.wire.journal import JournalId
from sync.wire.messages import MAX_RECEIPTS
from sync.wire.receipt import Receipt


def take_receipts(line: Line) -> None:
    """Keep the centre's receipts that came with the heads and cover more than what was known here.

    They count whoever handed them on: the centre's signature and our own chain of digests prove them. Earlier
    ones than the last are taken too: each tells only of its own range what was put aside.

    Raises:
        Trouble: what ends the pass.
    """
    key = line.replica.public_key_of(line.replica.centre)
    heads = line.replica.heads()
    own = {str(journal) for journal in line.replica.own_journals()}
    for receipt in sorted(line.reply.receipts, key=lambda one: one.seq):
        # looked at first: what was known before comes with every pass, and a signature costs time
        known = line.acknowledged.get(receipt.journal, 0)
        if not known < receipt.seq <= heads.get(receipt.journal, (0, ""))[0]:
            continue
        from_centre = (receipt.server, receipt.tier) == (line.replica.centre, "centre")
        if from_centre and key is not None and wire.verify(receipt, key):
            _take(line, receipt, own=receipt.journal in own)


def hand_receipts(line: Line) -> None:
    """Hand a hub the centre's receipts that it lacks.

    Raises:
        Trouble: what ends the pass.
    """
    if line.hello.tier != "hub":
        return
    known = dict(line.reply.acknowledged)
    while found := line.replica.receipts_beyond(known, MAX_RECEIPTS):
        line.tally.breathe()
        line.transport.hand_receipts(found)
        for receipt in found:
            known[receipt.journal] = max(known.get(receipt.journal, 0), receipt.seq)


def _take(line: Line, receipt: Receipt, *, own: bool) -> None:
    journal = JournalId.parse(receipt.journal)
    before = line.replica.acknowledged(journal)
    with line.tally.only(journal):
        line.replica.save_receipt(receipt)
        if own:
            line.tally.acknowledged += max(0, line.replica.acknowledged(journal) - before)
            line.tally.quarantined += sum(
                one.verdict == "quarantined" and one.seq > before for one in receipt.verdicts
            )
