"""Fictional samples of every kind of fact, and journals made of them, for tests."""

from __future__ import annotations

import hashlib
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.wire import body, clock, signing
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.authorisation import Authorisation
from sync.wire.batch import Batch
from sync.wire.day_closed import DayClosed
from sync.wire.desk import Desk
from sync.wire.distinction import Distinction
from sync.wire.draft import Draft
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.erasure import Erasure
from sync.wire.fact import Fact
from sync.wire.fair import Fair
from sync.wire.household import Household
from sync.wire.journal import JournalId
from sync.wire.operator import Operator
from sync.wire.operator_key import OperatorKey
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.ruling import Ruling
from sync.wire.sealed import Sealed
from sync.wire.service import Service
from sync.wire.slip import Slip
from sync.wire.station import Station
from sync.wire.visit import Visit

DAY = date(2026, 3, 14)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
EPOCH_MS = 1_773_500_000_000


def an_id(number: int) -> str:
    """Return a fixed UUID of the shape of version 7."""
    return f"0195a000-0000-7000-8000-{number:012x}"


JOURNAL = JournalId(an_id(1), 1, an_id(2))

SAMPLES: dict[str, Fact] = {
    fact.KIND: fact
    for fact in (
        Attendee(
            given_names="Yuleidy Ñusta",
            first_surname="Urdaneta",
            second_surname="Villalobos",
            sex="F",
            birth_date=date(2001, 4, 9),
            profile="VP",
            nationality="VEN",
            documents=(
                Document(type="PPT", number="5482193"),
                Document(type="PA", number="AB12", country="VEN"),
            ),
            phones=(Phone(number="3005550142"),),
            municipality="08758",
            household=an_id(4),
            specific_needs=("SP",),
            safe_contact="L",
        ),
        Household(name="Urdaneta", address="Calle 1 # 2-3", municipality="08758", phone="3005550142"),
        Authorisation(
            attendee=an_id(3), text_version="es-v1", text_digest="ab" * 32, general=True, statistics=True
        ),
        Visit(attendee=an_id(3), day=DAY, point="B"),
        Referral(attendee=an_id(3), visit=an_id(6), service="SAL-AFIL", slip=an_id(8)),
        Outcome(
            service="SAL-AFIL", result="not_served", token_id="00ff" * 4, reason="sin documento", desk="C"
        ),
        Slip(
            attendee=an_id(3),
            visit=an_id(6),
            token_id="00ff" * 4,
            code="03ZR1ZR03",
            turn="B-042",
            display_name="Yuleidy U.",
            day=DAY,
            desks=("C", "D"),
            services=("SAL-AFIL", "VBG"),
            referrals=(an_id(7),),
        ),
        Fair(
            code="DEMO",
            name="Feria ficticia",
            starts=DAY,
            ends=DAY,
            help_line="000 000 000",
            fictional=True,
            age_recipients=("age1" + "q" * 58,),
        ),
        Service(
            code="SAL-AFIL",
            name_es="Afiliación en salud",
            name_en="Health affiliation",
            order=2,
            shortcut="2",
        ),
        Desk(letter="C", name="Mesa C", services=("SAL-AFIL",), order=3, capacity=40),
        Operator(name="Operadora ficticia", roles=("registrar", "desk"), public_key="cd" * 32),
        Station(name="Punto B", point="B", public_key="ef" * 32),
        DayClosed(
            day=DAY,
            heads={str(JOURNAL): (12, "ab" * 32)},
            totals={"issued": 2, "served": 1},
            note="Todo bien.",
        ),
        Distinction(attendee=an_id(3), other=an_id(5), reason="Es la hermana."),
        Draft(
            token_id="11ee" * 4,
            code="48VGY48VG",
            day=DAY,
            point="B",
            form={"given_names": "Ficticia", "documents.0.number": "123"},
            services=("SAL-AFIL",),
        ),
        Sealed(about=an_id(7), recipients=("age1" + "q" * 58,), content="YWdl"),
        Erasure(
            attendee=an_id(3), subjects=(an_id(3), an_id(8)), ground="request", day=DAY, signature="ab" * 64
        ),
        OperatorKey(
            operator=an_id(9),
            public_key="cd" * 32,
            age_recipient="age1" + "q" * 58,
            proof="ab" * 64,
            signature="cd" * 64,
        ),
        Ruling(journal=str(JOURNAL), seq=7, digest="cd" * 32),
    )
}


def make_entries(
    bodies: list[tuple[str, str, bytes]], journal: JournalId = JOURNAL, first: int = 1
) -> list[Entry]:
    """Return entries made of `(kind, subject, body)`, a second apart."""
    entries = []
    for seq, (kind, subject, raw) in enumerate(bodies, start=first):
        header = Header(journal, seq, clock.pack(EPOCH_MS + seq * 1000), an_id(9), kind, subject, 1)
        entries.append(Entry(header, raw, body_digest(raw)))
    return entries


def make_batch(entries: list[Entry], before: bytes = GENESIS, key: Ed25519PrivateKey = KEY) -> Batch:
    """Return the sealed batch of some consecutive entries."""
    journal, first, last = entries[0].header.journal, entries[0].header.seq, entries[-1].header.seq
    after = chain(before, entries)[-1]
    return Batch(journal, first, last, before, after, signing.seal(key, journal, last, after), tuple(entries))


def salt(number: int) -> bytes:
    """Return eight fixed bytes."""
    return hashlib.sha256(number.to_bytes(4, "big")).digest()[:8]


def sample_batch() -> Batch:
    """Return a batch with one entry of every kind."""
    bodies = [
        (kind, an_id(100 + number), body.encode_fact(fact, salt(number)))
        for number, (kind, fact) in enumerate(SAMPLES.items())
    ]
    return make_batch(make_entries(bodies))
