"""What sending and receiving share in one pass: both sides, who the server is, and how far each side was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from sync.client.ports import Replica, Transport
from sync.client.tally import Tally
from sync.wire import receipt as wire_receipt
from sync.wire.entry import GENESIS
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply, Hello
from sync.wire.receipt import Receipt

Head: TypeAlias = tuple[int, str]
NOTHING: Final[Head] = (0, GENESIS.hex())


@dataclass(frozen=True)
class Line:
    """One pass between this replica and a server that greeted.

    `ours`, `acknowledged` (how far the centre's receipts went here) and `reply` are from its beginning.
    """

    replica: Replica
    transport: Transport
    tally: Tally
    hello: Hello
    ours: Heads
    acknowledged: Mapping[str, int]
    reply: HeadsReply

    def here(self, journal: JournalId) -> Head:
        """Return how far a journal is held here."""
        return self.ours.get(str(journal), NOTHING)

    def there(self, journal: JournalId) -> Head:
        """Return how far the server has a journal."""
        return self.reply.heads.get(str(journal), NOTHING)

    def given(self, journal: JournalId, head: Head) -> Receipt | None:
        """Return the server's receipt for exactly that much of a journal, where it came with the heads."""
        return next((one for one in self.reply.receipts if self.fits(one, journal, head)), None)

    def fits(self, receipt: Receipt, journal: JournalId, head: Head) -> bool:
        """Say whether a receipt is the pinned server's word for exactly that much of that journal."""
        named = (receipt.server, receipt.journal, receipt.seq, receipt.digest)
        expected = (self.hello.server, str(journal), *head)
        return named == expected and wire_receipt.verify(receipt, self.transport.server_key)


def missing(ahead: Mapping[str, Head], behind: Mapping[str, Head], journals: Iterable[JournalId]) -> int:
    """Return how many entries of these journals one side has beyond the other."""
    names = [str(journal) for journal in journals]
    return sum(max(0, ahead.get(name, NOTHING)[0] - behind.get(name, NOTHING)[0]) for name in names)


def writing(journals: Iterable[JournalId]) -> frozenset[JournalId]:
    """Return those of a station's journals that it still writes: its latest incarnation at each fair."""
    latest = {(journal.station, journal.fair): journal for journal in sorted(journals)}
    return frozenset(latest.values())
