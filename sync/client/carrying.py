"""Carrying: what other stations wrote and the server lacks, as far as it is held here whole."""

from __future__ import annotations

from sync.client.line import Line
from sync.client.sending import JournalSender
from sync.client.trouble import Trouble
from sync.wire.batch import Batch
from sync.wire.journal import JournalId


def reference_first(line: Line) -> None:
    """Bring the centre's own journal before anything else: it says whose seals are good.

    A hub gets it in no other way; the centre itself lacks some of it after a restore from an older backup.

    Raises:
        Trouble: what ends the pass.
    """
    _carry(line, [journal for journal in _others(line) if journal.station == line.replica.centre])


def carry_all(line: Line) -> None:
    """Bring the server what others wrote: it may reach it on no other way.

    Raises:
        Trouble: what ends the pass.
    """
    _carry(line, [journal for journal in _others(line) if journal.station != line.replica.centre])


def _carry(line: Line, journals: list[JournalId]) -> None:
    for journal in line.tally.lessons.in_order(journals):
        with line.tally.only(journal):
            JournalCarrier(line, journal).send()


def _others(line: Line) -> list[JournalId]:
    """Return the journals of others that are held further here than there."""
    own = {str(journal) for journal in line.replica.own_journals()}
    names = [name for name, head in sorted(line.ours.items()) if name not in own]
    journals = [JournalId.parse(name) for name in names]
    return [journal for journal in journals if line.here(journal)[0] > line.there(journal)[0]]


class JournalCarrier(JournalSender):
    """Brings the server up to date with a journal that another station wrote."""

    def __init__(self, line: Line, journal: JournalId) -> None:
        super().__init__(line, journal, is_written=False)
        self._is_own = False

    def send(self) -> None:
        """Send all that is held here with its bodies.

        Raises:
            Trouble: `fork` where the server's copy goes another way, and what keeps the pass from going on.
        """
        if not self._joins():
            raise Trouble("fork")
        self._send_from(self._there[0])

    def _next(self, after: int) -> Batch | None:
        """Return the next range. A body that was withheld here must not arrive as if it had been erased."""
        batch = super()._next(after)
        return batch if batch is not None and self._line.replica.is_whole(batch) else None
