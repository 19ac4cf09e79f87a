"""Makes fictional facts, a centre that seals and signs, and stations: what the store's tests are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from fairclient.base.clock import COLOMBIA, FixedClock, moment
from fairclient.base.home import Home
from fairclient.base.ids import new_id, random_bytes
from fairclient.store.database import Store, open_store
from fairclient.store.identity import StationIdentity
from fairclient.store.sync_port import StoreReplica
from fairclient.store.unit_of_work import UnitOfWork
from sync.wire import body, signing
from sync.wire import fair as fair_fact
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.batch import Batch
from sync.wire.clock import HybridClock
from sync.wire.desk import Desk
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.fact import Fact
from sync.wire.journal import JournalId
from sync.wire.operator import Operator
from sync.wire.outcome import Outcome
from sync.wire.receipt import Receipt, Verdict, sign
from sync.wire.referral import Referral
from sync.wire.service import Service
from sync.wire.slip import Slip
from sync.wire.station import Station
from sync.wire.visit import Visit

KEY = bytes(range(32))
AUTHOR = "01890000-0000-7000-8000-0000000000aa"
SERVICES = ("ORI", "SAL", "EMP")


def open_here(home: Home, key: bytes, clock: FixedClock) -> Store:
    """Open a home's store."""
    return open_store(home, key, clock)


class Fair:
    """A centre that exists only in a test: its fair, its journal of reference data, its key."""

    def __init__(self, clock: FixedClock, time_zone: str = COLOMBIA) -> None:
        self.clock = clock
        self.key = Ed25519PrivateKey.generate()
        self.age = x25519.Identity.generate()
        self.server = new_id(clock)
        self.id = new_id(clock)
        self.journal = JournalId(self.server, 1, self.id)
        self.entries: list[Entry] = []
        self._hybrid = HybridClock(clock.now_ms)
        self._receipts = 0
        day = clock.today(time_zone)
        self.add(
            (
                self.id,
                fair_fact.Fair(
                    code="ENSAYO",
                    name="Feria de ensayo",
                    starts=day,
                    ends=day,
                    time_zone=time_zone,
                    fictional=True,
                    age_recipients=(str(self.age.to_public()),),
                ),
            ),
            *((new_id(clock), Service(code=code, name_es=f"Servicio {code}")) for code in SERVICES),
            (new_id(clock), Desk(letter="B", name="Mesa B", services=("ORI",), order=1)),
            (new_id(clock), Desk(letter="C", name="Mesa C", services=("SAL", "EMP"), order=2)),
            (AUTHOR, Operator(name="Ana de Ensayo", roles=("registrar", "supervisor"))),
        )

    def add(self, *facts: tuple[str, Fact]) -> None:
        """Write reference data."""
        for subject, fact in facts:
            raw = body.encode_fact(fact, random_bytes(body.SALT_BYTES))
            header = Header(
                self.journal, len(self.entries) + 1, self._hybrid.tick(), "", fact.KIND, subject, 1
            )
            self.entries.append(Entry(header, raw, body_digest(raw)))

    def batch(self, after: int = 0) -> Batch:
        """All reference data after entry ``after``, sealed."""
        return sealed(self.key, self.entries, after)

    def station(self, point: str) -> StationIdentity:
        """Enrol a laptop."""
        key = Ed25519PrivateKey.generate()
        station = new_id(self.clock)
        self.add(
            (station, Station(name=f"Punto {point}", point=point, public_key=signing.public_bytes(key).hex()))
        )
        return StationIdentity(
            station=station,
            incarnation=1,
            fair=self.id,
            name=f"Punto {point}",
            point=point,
            scope="fair",
            roles_at_enrolment=frozenset({"registrar"}),
            server=self.server,
            server_url="",
            server_public_key=signing.public_bytes(self.key),
            private_key=key,
        )

    def receipt(
        self, batch: Batch, verdicts: Sequence[Verdict] = (), tier: str = "centre", at: datetime | None = None
    ) -> Receipt:
        """The centre's signed answer to a batch."""
        self._receipts += 1
        return sign(
            Receipt(
                number=self._receipts,
                server=self.server,
                tier="hub" if tier == "hub" else "centre",
                journal=str(batch.journal),
                seq=batch.last,
                digest=batch.after.hex(),
                at=at or moment(self.clock.now_ms()).astimezone(UTC),
                verdicts=tuple(verdicts),
            ),
            self.key,
        )


def sealed(key: Ed25519PrivateKey, entries: Sequence[Entry], after: int = 0) -> Batch:
    """The entries of one journal after seq ``after`` as a batch."""
    journal = entries[0].header.journal
    digests = [GENESIS, *chain(GENESIS, entries)]
    last = len(entries)
    seal = signing.seal(key, journal, last, digests[last])
    return Batch(journal, after + 1, last, digests[after], digests[last], seal, tuple(entries[after:]))


def enrol(store: Store, fair: Fair, point: str) -> StationIdentity:
    """Make an open store a station of the fair and bring it the reference data."""
    identity = fair.station(point)
    store.save_identity(identity)
    StoreReplica(store).receive(fair.batch())
    return identity


def everything(store: Store, journal: JournalId | None = None, after: int = 0) -> Batch:
    """What a station's journal holds after ``after``, as the batch that it would send."""
    batch = StoreReplica(store).next_batch(journal or store.identity.journal, after)
    assert batch is not None
    return batch


def send(source: Store, target: Store) -> None:
    """Bring all of one station's journals to another."""
    there, here = StoreReplica(source), StoreReplica(target)
    for journal in there.own_journals():
        while batch := there.next_batch(journal, here.heads().get(str(journal), (0, ""))[0]):
            here.receive(batch)


def attendee(given: str = "Luz Marina", surname: str = "Ensayo", **more: object) -> Attendee:
    """A fictional person."""
    known: dict[str, object] = {
        "given_names": given,
        "first_surname": surname,
        "sex": "F",
        "profile": "1",
        "nationality": "VEN",
        "birth_date": date(1990, 2, 3),
        "documents": (Document(type="PPT", number="7000123"),),
        "phones": (Phone(number="3000000001"),),
    }
    return Attendee.model_validate(known | more)


class Arrived:
    """The ids of one registration."""

    def __init__(
        self, attendee_: str, visit: str, slip: str, token_id: str, referrals: tuple[str, ...]
    ) -> None:
        self.attendee = attendee_
        self.visit = visit
        self.slip = slip
        self.token_id = token_id
        self.referrals = referrals


def arrive(
    work: UnitOfWork,
    clock: FixedClock,
    person: Attendee | None = None,
    turn: str = "A-001",
    services: tuple[str, ...] = ("ORI", "SAL"),
) -> Arrived:
    """Register a person with some services in a unit of work."""
    day = clock.today()
    person_id = work.create(person or attendee())
    visit = work.create(Visit(attendee=person_id, day=day, point=turn[0]))
    referrals = tuple(new_id(clock) for _ in services)
    token_id = random_bytes(8).hex()
    slip = work.create(
        Slip(
            attendee=person_id,
            visit=visit,
            token_id=token_id,
            code=f"{token_id[:8].upper()}0",
            turn=turn,
            display_name="Luz E.",
            day=day,
            desks=("B", "C"),
            services=services,
            referrals=referrals,
        )
    )
    for referral, service in zip(referrals, services, strict=True):
        work.create(Referral(attendee=person_id, visit=visit, service=service, slip=slip), subject=referral)
    return Arrived(person_id, visit, slip, token_id, referrals)


def served(arrived: Arrived, service: str, result: str = "served", **more: object) -> Outcome:
    """What a desk that only saw the slip writes."""
    return Outcome.model_validate(
        {"service": service, "result": result, "token_id": arrived.token_id, "desk": "B", **more}
    )
