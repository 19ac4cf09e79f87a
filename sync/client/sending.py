"""Sending: each own journal from where the server's copy ends, batch by batch, each answered by a receipt."""

from __future__ import annotations

from sync.client.line import Line, missing, writing
from sync.client.trouble import Trouble
from sync.wire.batch import Batch
from sync.wire.journal import JournalId
from sync.wire.receipt import Receipt

_REWINDS = 4


def send_all(line: Line) -> None:
    """Send what the server lacks of each own journal.

    Raises:
        Trouble: what ends the pass.
    """
    journals = line.replica.own_journals()
    written = writing(journals)
    line.tally.begin("sending", missing(line.ours, line.reply.heads, journals))
    for journal in line.tally.lessons.in_order(journals):
        ahead = line.there(journal)[0] > line.here(journal)[0]
        if journal in written or not ahead:  # an earlier incarnation that the server knows better is received
            with line.tally.only(journal):
                JournalSender(line, journal, is_written=journal in written).send()


class JournalSender:
    """Brings the server up to date with one own journal."""

    def __init__(self, line: Line, journal: JournalId, *, is_written: bool) -> None:
        self._line = line
        self._journal = journal
        self._here = line.here(journal)
        self._there = line.there(journal)
        self._is_written = is_written
        self._is_own = True
        self._is_centre = line.hello.tier == "centre"
        self._acknowledged = line.replica.acknowledged(journal) if self._is_centre else 0
        self._lost_up_to = self._acknowledged

    def send(self) -> None:
        """Send all there is.

        Raises:
            Trouble: what keeps this journal, or the pass, from going on.
        """
        try:
            self._check_history()
            if self._there[0] and not self._settle():
                self._show_range_before(self._there[0])
            self._send_from(self._there[0])
        except Trouble as trouble:
            if trouble.code == "fork":
                raise self._two_histories() from trouble
            raise

    def _check_history(self) -> None:
        """Stop where the server's copy goes on differently, after showing it ours, which it keeps aside."""
        seq, digest = self._there
        if seq > self._here[0] or (seq == self._here[0] and digest != self._here[1]):
            if self._here[0]:
                self._show_range_before(self._here[0])
            raise self._two_histories()

    def _settle(self) -> bool:
        """Take the receipt that came with the heads, if it covers what the server has and that is ours."""
        if not self._joins():
            return False
        receipt = self._line.given(self._journal, self._there)
        if receipt is None:
            return self._acknowledged >= self._there[0]
        if not self._is_centre or self._acknowledged < receipt.seq:
            self._keep(receipt, 1)
        return True

    def _joins(self) -> bool:
        """Say whether the server's head is a point of our own chain."""
        following = self._line.replica.next_batch(self._journal, self._there[0], 1)
        return following is None or following.before.hex() == self._there[1]

    def _show_range_before(self, seq: int) -> None:
        """Send the last range up to `seq` again: the server has a receipt for it, or keeps it as a fork."""
        after = max(0, seq - self._line.tally.lessons.entries)
        while after < seq:
            batch = self._line.replica.next_batch(self._journal, after, seq - after)
            if batch is None:
                return
            self._deliver(batch)
            after = batch.last

    def _send_from(self, after: int) -> None:
        rewinds = 0
        while batch := self._next(after):
            try:
                self._deliver(batch)
                after = batch.last
            except Trouble as trouble:
                rewinds += trouble.code == "gap"
                if rewinds > _REWINDS:
                    raise
                after = self._where_to_go_on(batch, trouble)

    def _next(self, after: int) -> Batch | None:
        limit = self._line.tally.lessons.entries
        up_to = self._line.replica.sendable(self._journal) if self._is_centre else after + limit
        if up_to <= after:
            return None
        batch = self._line.replica.next_batch(self._journal, after, min(limit, up_to - after))
        return None if batch is None or (self._is_centre and batch.last > up_to) else batch

    def _where_to_go_on(self, batch: Batch, trouble: Trouble) -> int:
        """Return the entry after which to try again, for the troubles that have an answer."""
        tried = len(batch.entries)
        if trouble.code == "too-large" and self._line.tally.lessons.too_much(tried):
            return batch.first - 1
        expected = trouble.expected or 0
        if trouble.code == "gap" and 1 <= expected <= self._here[0] + 1 and expected != batch.first:
            return expected - 1
        if trouble.code in ("timeout", "interrupted"):
            self._line.tally.lessons.too_much(tried)
        raise trouble

    def _deliver(self, batch: Batch) -> None:
        """Send one batch and keep its receipt; anything but the right receipt leaves the outcome unknown."""
        tally = self._line.tally
        tally.breathe()
        receipt = self._line.transport.send(batch)
        tally.sent += len(batch.entries) * self._is_own
        tally.carried += len(batch.entries) * (not self._is_own)
        if not self._line.fits(receipt, self._journal, (batch.last, batch.after.hex())):
            raise Trouble("bad-receipt")
        tally.given_again += max(0, min(self._lost_up_to, batch.last) - max(batch.first - 1, self._there[0]))
        self._keep(receipt, batch.first)
        tally.lessons.arrived()
        tally.advance(len(batch.entries))

    def _keep(self, receipt: Receipt, first: int) -> None:
        """Save a verified receipt and count what it says about entries from `first`."""
        tally = self._line.tally
        self._line.replica.save_receipt(receipt)
        if not self._is_own:
            return
        news = max(self._acknowledged, first - 1 if self._is_centre else self._there[0])
        tally.acknowledged += max(0, receipt.seq - news)
        tally.quarantined += sum(v.verdict == "quarantined" and v.seq > news for v in receipt.verdicts)
        self._acknowledged = max(self._acknowledged, receipt.seq)

    def _two_histories(self) -> Trouble:
        if self._is_written:
            return Trouble("new-incarnation")
        return Trouble("fork", "An earlier incarnation of this station went another way at the server.")
