"""What the engine needs of the two sides that it stands between: a replica here and a transport to there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from sync.client.report import Progress
from sync.wire.batch import MAX_ENTRIES, Batch
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply, Hello
from sync.wire.receipt import Receipt

OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


class Replica(Protocol):
    """A set of journals on this machine. Each call is whole or not at all, and may come from any thread."""

    @property
    def centre(self) -> str:
        """The id of the centre that this station was enrolled at: whose receipts and roster count."""

    def heads(self) -> Heads:
        """Return how far each journal is held here."""

    def own_journals(self) -> Sequence[JournalId]:
        """Return the journals that this station wrote, of all its incarnations: those that it sends."""

    def next_batch(self, journal: JournalId, after: int, limit: int = MAX_ENTRIES) -> Batch | None:
        """Return the sealed batch that follows entry `after`, at most `limit` entries; None at the end.

        Also kept to `MAX_ENTRIES` and `MAX_BYTES`, but for a single entry that is larger by itself.
        """

    def receive(self, batch: Batch) -> None:
        """Take a verified batch that joins this replica's head: journal and rows in one transaction.

        Raises:
            WireError: when it does not join after all; nothing is changed then.
        """

    def save_receipt(self, receipt: Receipt) -> None:
        """Keep a verified receipt for ever; saving the same one again changes nothing."""

    def public_key_of(self, station: str) -> bytes | None:
        """Return the Ed25519 key that seals the journals of a station or of the centre; None if unknown."""

    def acknowledged(self, journal: JournalId) -> int:
        """Return the greatest number that a centre's verified receipt covers, 0 for none."""

    def acknowledgements(self) -> Mapping[str, int]:
        """Return how far the centre's receipts go, for each journal of which there is one."""

    def receipts_beyond(self, known: Mapping[str, int], limit: int) -> Sequence[Receipt]:
        """Return the centre's receipts kept here that go beyond `known`, the lowest of each journal first."""

    def sendable(self, journal: JournalId) -> int:
        """Return how far a journal may go to the centre now: entries may be held until the day is closed."""

    def lacking(self) -> Sequence[tuple[JournalId, int]]:
        """Return entries that left the centre's quarantine and were received without their bodies, in order.

        Only such as may come: none that were erased, purged, or withheld from this station's scope.
        """

    def is_whole(self, batch: Batch) -> bool:
        """Say whether a batch from here lacks no body but those that were erased by law."""

    def left(self) -> int:
        """Return how many own entries have no centre's receipt."""


class Transport(Protocol):
    """A line to one server. Its methods may raise `Trouble`; none changes anything at this end."""

    @property
    def server_key(self) -> bytes:
        """The Ed25519 key of the server that was enrolled with (pinned): receipts must be signed by it."""

    @property
    def clock_offset_s(self) -> float | None:
        """Seconds that the server's clock is ahead of this machine's, by its last reply; None if unknown."""

    def hello(self) -> Hello:
        """Ask who is there."""

    def open_session(self, hello: Hello) -> None:
        """Prove to be the station, by signing the challenge."""

    def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
        """Tell our heads and how far receipts go; learn the server's heads, and receipts that we may lack."""

    def hand_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Hand the centre's receipts to a hub."""

    def send(self, batch: Batch) -> Receipt:
        """Hand over a batch; the receipt is not yet verified."""

    def fetch(self, journal: JournalId, after: int) -> Batch:
        """Ask for the batch that follows entry `after`; its seal is not yet checked.

        Raises:
            Trouble: also for a batch that can't be read (`garbled`, `too-large`, `bad-digest`).
        """
