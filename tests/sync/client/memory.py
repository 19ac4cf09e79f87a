"""A replica and a server kept in memory, with only fictional entries, to try the engine on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.trouble import Trouble
from sync.wire import body, clock, receipt, signing, version
from sync.wire.attendee import Attendee
from sync.wire.batch import MAX_ENTRIES, Batch
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import HeadsReply, Hello
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt, Verdict
from sync.wire.station import Station

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
EPOCH_MS = 1_773_500_000_000


def an_id(number: int) -> str:
    """Return a fixed UUID."""
    return f"0195a000-0000-7000-8000-{number:012x}"


def a_key(number: int) -> Ed25519PrivateKey:
    """Return a fixed key."""
    return Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))


FAIR = an_id(2)
CENTRE = an_id(1)
CENTRE_KEY = a_key(1)


@dataclass
class Journal:
    """One journal: its entries, the digest after each, and the seals that are known."""

    id: JournalId
    entries: list[Entry] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    seals: dict[int, bytes] = field(default_factory=dict)

    def digest_at(self, seq: int) -> bytes:
        """Return the digest after entry `seq`."""
        return self.digests[seq - 1] if seq else GENESIS

    @property
    def head(self) -> tuple[int, str]:
        """How far it goes."""
        return len(self.entries), self.digest_at(len(self.entries)).hex()

    def add(self, kind: str, subject: str, raw: bytes) -> None:
        """Write one entry."""
        seq = len(self.entries) + 1
        header = Header(self.id, seq, clock.pack(EPOCH_MS + seq), "", kind, subject, 1)
        self.append([Entry(header, raw, body_digest(raw))])

    def append(self, entries: Sequence[Entry]) -> None:
        """Add entries that follow."""
        self.digests += chain(self.digest_at(len(self.entries)), entries)
        self.entries += entries

    def cut(self, seq: int) -> None:
        """Forget all after entry `seq`, as an older backup does."""
        del self.entries[seq:], self.digests[seq:]
        self.seals = {end: seal for end, seal in self.seals.items() if end <= seq}

    def batch(self, after: int, last: int, seal: bytes) -> Batch:
        """Return a range as a batch."""
        before, end = self.digest_at(after), self.digest_at(last)
        return Batch(self.id, after + 1, last, before, end, seal, tuple(self.entries[after:last]))


class Shelf(dict[str, Journal]):
    """Journals by name."""

    def of(self, journal: JournalId) -> Journal:
        """Return a journal, opened if need be."""
        return self.setdefault(str(journal), Journal(journal))

    def heads(self) -> Heads:
        """Return how far each goes."""
        return {name: journal.head for name, journal in self.items() if journal.entries}

    def take(self, batch: Batch) -> None:
        """Append what is new of a batch.

        Raises:
            WireError: `gap` or `fork`.
        """
        journal = self.of(batch.journal)
        have = len(journal.entries)
        if batch.first > have + 1:
            raise WireError("gap")
        common = min(have, batch.last)
        digests = [batch.before, *chain(batch.before, batch.entries)]
        if digests[common - batch.first + 1] != journal.digest_at(common):
            raise WireError("fork")
        journal.append(batch.entries[common - batch.first + 1 :])
        journal.seals[batch.last] = batch.signature


class MemoryReplica:
    """A laptop: `Replica` without a disk. `calls` counts what was written."""

    def __init__(self, number: int, key: Ed25519PrivateKey | None = None) -> None:
        self.station = an_id(100 + number)
        self.key = key or a_key(100 + number)
        self.journals = Shelf()
        self.held_from = 1 << 40
        self.receipts: dict[tuple[str, int], Receipt] = {}
        self.keys = {CENTRE: signing.public_bytes(CENTRE_KEY)}
        self.writes_to(1)

    def writes_to(self, incarnation: int) -> None:
        """Begin an incarnation."""
        self.own = JournalId(self.station, incarnation, FAIR)
        self.journals.of(self.own)

    def person(self, seq: int) -> str:
        """Return the id of the person registered as entry `seq`."""
        return f"{self.station[:-5]}{seq:05x}"

    def register(self, count: int, prefix: str = "Persona") -> None:
        """Write entries about fictional people."""
        journal = self.journals.of(self.own)
        for _ in range(count):
            seq = len(journal.entries) + 1
            name = f"{prefix} {seq}"
            raw = body.encode_fact(Attendee(given_names=name, sex="F", profile="VP"), seq.to_bytes(8, "big"))
            journal.add("attendee", self.person(seq), raw)

    def heads(self) -> Heads:
        return self.journals.heads()

    @property
    def centre(self) -> str:
        return CENTRE

    def own_journals(self) -> Sequence[JournalId]:
        return [journal.id for journal in self.journals.values() if journal.id.station == self.station]

    def next_batch(self, journal: JournalId, after: int, limit: int = MAX_ENTRIES) -> Batch | None:
        kept = self.journals.of(journal)
        last = min(len(kept.entries), after + limit)
        if last <= after:
            return None
        if journal.station != self.station:
            last = next((end for end in sorted(kept.seals) if end > after), 0)
            return kept.batch(after, last, kept.seals[last]) if last else None
        seal = signing.seal(self.key, journal, last, kept.digest_at(last))
        return kept.batch(after, last, seal)

    def receive(self, batch: Batch) -> None:
        self.journals.take(batch)
        for entry in batch.entries:
            if entry.header.kind == "station" and entry.body is not None:
                fact = body.decode("station", entry.body).fact
                assert isinstance(fact, Station)
                self.keys[entry.header.subject] = bytes.fromhex(fact.public_key)

    def save_receipt(self, receipt: Receipt) -> None:
        journal = self.journals.of(JournalId.parse(receipt.journal))
        if journal.digest_at(receipt.seq).hex() != receipt.digest:
            raise WireError("fork")
        self.receipts[receipt.server, receipt.number] = receipt

    def public_key_of(self, station: str) -> bytes | None:
        return self.keys.get(station)

    def acknowledged(self, journal: JournalId) -> int:
        seqs = (r.seq for r in self.receipts.values() if r.journal == str(journal) and r.tier == "centre")
        return max(seqs, default=0)

    def acknowledgements(self) -> Mapping[str, int]:
        named = {r.journal for r in self.receipts.values()}
        reached = {name: self.acknowledged(JournalId.parse(name)) for name in named}
        return {name: seq for name, seq in reached.items() if seq}

    def receipts_beyond(self, known: Mapping[str, int], limit: int) -> Sequence[Receipt]:
        found = [r for r in self.receipts.values() if r.tier == "centre" and r.seq > known.get(r.journal, 0)]
        return sorted(found, key=lambda one: one.seq)[:limit]

    def lacking(self) -> Sequence[tuple[JournalId, int]]:
        return []

    def is_whole(self, batch: Batch) -> bool:
        return all(entry.body is not None for entry in batch.entries)

    def sendable(self, journal: JournalId) -> int:
        return min(len(self.journals.of(journal).entries), self.held_from - 1)

    def left(self) -> int:
        return sum(len(self.journals[str(j)].entries) - self.acknowledged(j) for j in self.own_journals())


class MemoryCentre:
    """A server: takes batches once, whole, and gives signed receipts. `effects` counts entries appended."""

    tier: receipt.Tier = "centre"

    def __init__(self) -> None:
        self.server = CENTRE
        self.key = CENTRE_KEY
        self.journals = Shelf()
        self.receipts: list[Receipt] = []
        self.handed: dict[tuple[str, int], Receipt] = {}
        self.forks: list[Batch] = []
        self.poison: set[str] = set()
        self.effects = 0

    @property
    def reference(self) -> Journal:
        """The server's own journal."""
        return self.journals.of(JournalId(self.server, 1, FAIR))

    def enrol(self, replica: MemoryReplica) -> None:
        """Publish a station's key."""
        raw = signing.public_bytes(replica.key).hex()
        fact = Station(name="Punto ficticio", point="A", public_key=raw)
        journal = self.reference
        journal.add("station", replica.station, body.encode_fact(fact, bytes(8)))
        seq = len(journal.entries)
        journal.seals[seq] = signing.seal(self.key, journal.id, seq, journal.digest_at(seq))

    def hello(self, echo: str = "") -> Hello:
        greeting = Hello(
            server=self.server,
            name="Central ficticia",
            tier=self.tier,
            wire_min=version.MIN,
            wire_max=version.MAX,
            public_key=signing.public_bytes(self.key).hex(),
            challenge="challenge",
        )
        return greeting.proved(self.key, echo)

    def heads_for(self, station: str, known: Mapping[str, int]) -> HeadsReply:
        latest = {r.journal: r for r in self.receipts if r.journal.startswith(station)}
        further = [r for r in self.handed.values() if r.seq > known.get(r.journal, 0)]
        reached: dict[str, int] = {}
        for one in self.handed.values():
            reached[one.journal] = max(one.seq, reached.get(one.journal, 0))
        given = (*latest.values(), *sorted(further, key=lambda one: one.seq))
        return HeadsReply(heads=self.journals.heads(), receipts=given, acknowledged=reached)

    def hand_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Keep the centre's receipts."""
        self.handed |= {(one.journal, one.seq): one for one in receipts}

    def take(self, batch: Batch) -> Receipt:
        journal = self.journals.of(batch.journal)
        have = len(journal.entries)
        try:
            self.journals.take(batch)
        except WireError as error:
            if error.code == "fork":
                self.forks.append(batch)
            raise Trouble(error.code, expected=have + 1 if error.code == "gap" else None) from error
        self.effects += len(journal.entries) - have
        known = [r for r in self.receipts if (r.journal, r.seq) == (str(batch.journal), batch.last)]
        return known[0] if known else self._receipt(batch)

    def _receipt(self, batch: Batch) -> Receipt:
        verdicts = tuple(
            Verdict(seq=entry.header.seq, verdict="quarantined", code="bad-field")
            for entry in batch.entries
            if entry.header.subject in self.poison
        )
        plain = Receipt(
            number=len(self.receipts) + 1,
            server=self.server,
            tier=self.tier,
            journal=str(batch.journal),
            seq=batch.last,
            digest=batch.after.hex(),
            at=NOW,
            verdicts=verdicts,
        )
        self.receipts.append(receipt.sign(plain, self.key))
        return self.receipts[-1]

    def hand_out(self, journal: JournalId, after: int) -> Batch:
        kept = self.journals.of(journal)
        ends = [end for end in kept.seals if after < end <= after + MAX_ENTRIES]
        if not ends:
            raise Trouble("not-found")
        return kept.batch(after, max(ends), kept.seals[max(ends)])

    def restore(self, seq: int, journal: JournalId) -> None:
        """Go back to a backup in which that journal ended earlier."""
        self.journals.of(journal).cut(seq)
        self.receipts = [r for r in self.receipts if r.journal != str(journal) or r.seq <= seq]


class MemoryHub(MemoryCentre):
    """A hub of the tent: its receipts don't let anybody forget."""

    tier: receipt.Tier = "hub"

    def __init__(self) -> None:
        super().__init__()
        self.server = an_id(7)
        self.key = a_key(7)


class MemoryTransport:
    """A line to a server in memory, on a fine day. Tests make bad days by subclassing."""

    clock_offset_s: float | None = 0.0

    def __init__(self, server: MemoryCentre, replica: MemoryReplica) -> None:
        self.server = server
        self.station = replica.station
        self.asked: list[str] = []

    @property
    def server_key(self) -> bytes:
        return signing.public_bytes(self.server.key)

    def hello(self) -> Hello:
        self.asked.append("hello")
        return self.server.hello()

    def open_session(self, hello: Hello) -> None:
        self.asked.append("session")

    def heads(self, heads: Heads, acknowledged: Mapping[str, int]) -> HeadsReply:
        self.asked.append("heads")
        return self.server.heads_for(self.station, acknowledged)

    def hand_receipts(self, receipts: Sequence[Receipt]) -> None:
        self.asked.append(f"hand {len(receipts)}")
        self.server.hand_receipts(receipts)

    def send(self, batch: Batch) -> Receipt:
        self.asked.append(f"send {batch.first}-{batch.last}")
        return self.server.take(batch)

    def fetch(self, journal: JournalId, after: int) -> Batch:
        self.asked.append(f"fetch {journal.station[-2:]} after {after}")
        return self.server.hand_out(journal, after)
