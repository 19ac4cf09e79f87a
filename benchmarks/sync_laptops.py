"""Laptops with a backlog of fictional registrations, held in memory: what a load of the server is made of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from uuid_utils import uuid7

from benchmarks.fair import registrations
from fairclient.usecases.register_attendee import Registration
from sync.server import enrolment
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.wire import batch as wire
from sync.wire import body, compression, signing
from sync.wire.authorisation import Authorisation
from sync.wire.batch import MAX_BYTES, MAX_ENTRIES, Batch
from sync.wire.clock import HybridClock
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.fact import Fact
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.messages import EnrolReply, EnrolRequest
from sync.wire.receipt import Receipt
from sync.wire.referral import Referral
from sync.wire.slip import Slip
from sync.wire.version import MAX
from sync.wire.visit import Visit

ENTRIES_EACH = 6
"""What one registration makes: attendee, authorisation, visit, two referrals, slip."""
_HEADER_BYTES = 120
_DAY = date(2026, 3, 14)


class Laptop:
    """An enrolled station that registered some people; a `sync.client.ports.Replica` of its own journal."""

    def __init__(self, node: Node, fair: str, name: str) -> None:
        self.key = Ed25519PrivateKey.generate()
        reply = _enrolled(node, fair, name, self.key)
        self.centre, self.station, self._operator = reply.server, reply.station, reply.operator
        self.journal = JournalId(reply.station, reply.incarnation, fair)
        self._clock = HybridClock(node.now_ms)
        self._entries: list[Entry] = []
        self._digests: list[bytes] = []
        self._acknowledged = 0

    def register(self, people: Sequence[Registration]) -> None:
        """Write the entries of some registrations."""
        for person in people:
            who, visit = self._state(person.attendee), str(uuid7())
            allowed = person.authorisation or Authorisation(attendee=who, text_version="", text_digest="")
            self._state(allowed.model_copy(update={"attendee": who}))
            self._state(Visit(attendee=who, day=_DAY, point="A"), visit)
            sent = [
                self._state(Referral(attendee=who, visit=visit, service=code)) for code in person.services[:2]
            ]
            self._state(_slip(person, who, visit, sent, len(self._entries)))

    def batches(self, people_each: int) -> list[Batch]:
        """Return the whole journal in sealed batches of so many registrations."""
        step = people_each * ENTRIES_EACH
        ends = [min(first + step, len(self._entries)) for first in range(0, len(self._entries), step)]
        return [self._sealed(first, end) for first, end in zip([0, *ends], ends, strict=False)]

    def packed(self, people_each: int) -> list[bytes]:
        """Return the batches as they travel."""
        return [compression.compress(wire.encode(batch)) for batch in self.batches(people_each)]

    def _sealed(self, after: int, last: int) -> Batch:
        before = self._digests[after - 1] if after else GENESIS
        end = self._digests[last - 1]
        seal = signing.seal(self.key, self.journal, last, end)
        return Batch(self.journal, after + 1, last, before, end, seal, tuple(self._entries[after:last]))

    def _state(self, fact: Fact, subject: str = "") -> str:
        subject = subject or str(uuid7())
        seq = len(self._entries) + 1
        raw = body.encode_fact(fact, secrets.token_bytes(8))
        header = Header(self.journal, seq, self._clock.tick(), self._operator, fact.KIND, subject, MAX)
        entry = Entry(header, raw, body_digest(raw))
        self._digests += chain(self._digests[-1] if self._digests else GENESIS, [entry])
        self._entries.append(entry)
        return subject

    def heads(self) -> Heads:
        """How far the journal goes."""
        return {str(self.journal): (len(self._entries), self._digests[-1].hex())}

    def own_journals(self) -> Sequence[JournalId]:
        """The one journal."""
        return [self.journal]

    def next_batch(self, journal: JournalId, after: int, limit: int = MAX_ENTRIES) -> Batch | None:
        """The batch that follows, as long as one may be."""
        last, room = after, MAX_BYTES
        for entry in self._entries[after : after + min(limit, MAX_ENTRIES)]:
            room -= _HEADER_BYTES + len(entry.body or b"")
            if room < 0 and last > after:
                break
            last += 1
        return None if journal != self.journal or last == after else self._sealed(after, last)

    def receive(self, _batch: Batch) -> None:
        """What others wrote is of no interest here."""

    def save_receipt(self, receipt: Receipt) -> None:
        """Take note of a receipt."""
        self._acknowledged = max(self._acknowledged, receipt.seq)

    def public_key_of(self, _station: str) -> bytes | None:
        """Nobody is known: nothing is received."""
        return None

    def acknowledged(self, journal: JournalId) -> int:
        """How far receipts go."""
        return self._acknowledged if journal == self.journal else 0

    def acknowledgements(self) -> Mapping[str, int]:
        """How far receipts go, by journal."""
        return {str(self.journal): self._acknowledged} if self._acknowledged else {}

    def receipts_beyond(self, _known: Mapping[str, int], _limit: int) -> Sequence[Receipt]:
        """None are handed on."""
        return ()

    def lacking(self) -> Sequence[tuple[JournalId, int]]:
        """Nothing is received, so nothing without its body."""
        return []

    def is_whole(self, batch: Batch) -> bool:
        """Nothing was erased."""
        return all(entry.body is not None for entry in batch.entries)

    def sendable(self, _journal: JournalId) -> int:
        """Everything may go."""
        return len(self._entries)

    def left(self) -> int:
        """Entries without a receipt."""
        return len(self._entries) - self._acknowledged


def crowd(node: Node, fair: str, count: int, people_each: int) -> list[Laptop]:
    """Return laptops that registered so many people each."""
    people = registrations(count * people_each)
    laptops = [Laptop(node, fair, f"L{number}") for number in range(count)]
    for number, laptop in enumerate(laptops):
        laptop.register(people[number * people_each : (number + 1) * people_each])
    return laptops


def _enrolled(node: Node, fair: str, name: str, key: Ed25519PrivateKey) -> EnrolReply:
    public = signing.public_bytes(key).hex()
    person = signing.public_bytes(Ed25519PrivateKey.generate()).hex()
    with node.database.write() as connection:
        grant = Grant(fair, ("registrar", "desk", "supervisor"), "fair", name=name)
        code, _expires = enrolment.new_code(connection, node, grant, 10)
    proof = key.sign(signing.enrolment_message(code, public, person)).hex()
    asked = EnrolRequest(
        code=code, public_key=public, proof=proof, operator_name=name, operator_public_key=person
    )
    return enrolment.enrol(node, asked)


def _slip(person: Registration, who: str, visit: str, sent: Sequence[str], number: int) -> Slip:
    return Slip(
        attendee=who,
        visit=visit,
        token_id=secrets.token_hex(8),
        code="7KQM2X9D4",
        turn=f"A-{number % 100_000:03d}",
        display_name=person.attendee.given_names.split()[0],
        day=_DAY,
        desks=("B", "C"),
        services=person.services[:2],
        referrals=tuple(sent),
    )
