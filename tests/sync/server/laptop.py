"""A laptop as the server meets it: keys, a journal that grows, and sealed batches. Only fictional people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from uuid_utils import uuid7

from sync.wire import body, signing
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.authorisation import Authorisation
from sync.wire.batch import Batch
from sync.wire.clock import HybridClock
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.fact import Fact
from sync.wire.journal import JournalId
from sync.wire.messages import EnrolReply, EnrolRequest
from sync.wire.referral import Referral
from sync.wire.slip import Slip
from sync.wire.visit import Visit

SALT = b"\1" * 8
DAY = date(2026, 3, 14)


def new_id() -> str:
    """Return a fresh subject."""
    return str(uuid7())


class Laptop:
    """Writes a journal. Before enrolment it has keys only."""

    def __init__(self, now_ms: int = 1_773_500_000_000) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.operator_key = Ed25519PrivateKey.generate()
        self.clock = HybridClock(lambda: now_ms)
        self.entries: list[Entry] = []
        self.digests: list[bytes] = []
        self.station = self.operator = self.fair = ""
        self.incarnation = 1

    def enrol_request(self, code: str, name: str = "Operadora de práctica") -> EnrolRequest:
        """Return what this laptop asks with a code."""
        public = signing.public_bytes(self.key).hex()
        person = signing.public_bytes(self.operator_key).hex()
        proof = self.key.sign(signing.enrolment_message(code, public, person)).hex()
        return EnrolRequest(
            code=code, public_key=public, proof=proof, operator_name=name, operator_public_key=person
        )

    def enrolled(self, reply: EnrolReply) -> Laptop:
        """Take note of the identity that the server gave."""
        self.station, self.operator, self.fair = reply.station, reply.operator, reply.fair
        return self

    @property
    def journal(self) -> JournalId:
        """The journal that this laptop writes."""
        return JournalId(self.station, self.incarnation, self.fair)

    def write(
        self, kind: str, content: bytes, subject: str = "", author: str | None = None, hlc: str = ""
    ) -> str:
        """Append an entry with any body; return its subject."""
        subject = subject or new_id()
        writer = self.operator if author is None else author
        header = Header(
            self.journal, len(self.entries) + 1, hlc or self.clock.tick(), writer, kind, subject, 1
        )
        entry = Entry(header, content, body_digest(content))
        self.digests += chain(self.digests[-1] if self.digests else GENESIS, [entry])
        self.entries.append(entry)
        return subject

    def state(self, fact: Fact, subject: str = "", **more: Any) -> str:
        """Append a fact; return its subject."""
        return self.write(fact.KIND, body.encode_fact(fact, SALT), subject, **more)

    def change(self, kind: str, subject: str, base: str, **fields: Any) -> str:
        """Append a change; return the revision that it makes."""
        content = body.encode_change(kind, fields, base, SALT)
        self.write(kind, content, subject)
        return body.revision_id(content)

    def revision(self, seq: int) -> str:
        """Return the revision that an entry made."""
        return self.entries[seq - 1].body_digest[:8].hex()

    def register(self, attendee: Attendee | None = None) -> str:
        """Append what one registration makes: six entries; return the attendee."""
        who = self.state(attendee or person())
        self.state(Authorisation(attendee=who, text_version="1", text_digest="00" * 32, general=True))
        visit = self.state(Visit(attendee=who, day=DAY, point="A"))
        sent = [
            self.state(Referral(attendee=who, visit=visit, service=code)) for code in ("SISBEN", "SAL-VAC")
        ]
        number = len(self.entries)
        self.state(
            Slip(
                attendee=who,
                visit=visit,
                token_id=f"{number:016x}",
                code="7KQM2X9D4",
                turn=f"A-{number % 100000:03d}",
                display_name="Yuleidy U.",
                day=DAY,
                desks=("B", "C"),
                services=("SISBEN", "SAL-VAC"),
                referrals=tuple(sent),
            )
        )
        return who

    def batch(self, first: int = 1, last: int = 0) -> Batch:
        """Return a sealed range; everything by default."""
        last = last or len(self.entries)
        before = self.digests[first - 2] if first > 1 else GENESIS
        after = self.digests[last - 1]
        seal = signing.seal(self.key, self.journal, last, after)
        return Batch(self.journal, first, last, before, after, seal, tuple(self.entries[first - 1 : last]))

    def forget_from(self, seq: int) -> Sequence[Entry]:
        """Go back to before an entry, as a laptop restored from an image does."""
        lost = self.entries[seq - 1 :]
        del self.entries[seq - 1 :], self.digests[seq - 1 :]
        return lost


def person(**fields: Any) -> Attendee:
    """Return a fictional person."""
    defaults: dict[str, Any] = {
        "given_names": "Yuleidy Ficticia",
        "first_surname": "Urdaneta",
        "sex": "F",
        "profile": "MIG",
        "birth_date": date(1994, 5, 2),
        "nationality": "VEN",
        "documents": (Document(type="PPT", number="0000001"),),
        "phones": (Phone(number="300 000 0000"),),
    }
    return Attendee(**(defaults | fields))
