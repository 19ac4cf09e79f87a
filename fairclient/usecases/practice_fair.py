"""Open the fictional demo fair on a laptop that has no server: to look, to learn and to train."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import Clock
from fairclient.base.home import Home
from fairclient.base.ids import new_id, random_bytes
from fairclient.base.words import N_, _
from fairclient.domain import demo_fair
from fairclient.store.identity import StationIdentity
from fairclient.store.sealing import recipient_of
from fairclient.store.slots import Cost
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.enrol import check_new, settle
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace
from sync.wire import body, signing
from sync.wire.batch import Batch
from sync.wire.clock import HybridClock
from sync.wire.entry import GENESIS, Entry, Header, body_digest, chain
from sync.wire.fact import Fact
from sync.wire.journal import JournalId
from sync.wire.operator import Operator, Role
from sync.wire.station import Station

ROLES: tuple[Role, ...] = ("registrar", "desk", "supervisor")
COLLEAGUES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (N_("Supervisora de la tarde (práctica)"), ROLES),
    (N_("Punto focal de protección (práctica)"), ("desk", "protection")),
)
"""Others on the roster, so that it can be practised to give somebody access to a laptop."""


def practice_fair(
    home: Home, passphrase: str, clock: Clock, operator_name: str = "", cost: Cost | None = None
) -> Workplace:
    """Make a home with the demo fair of today, its reference data sealed by a key that is thrown away.

    Raises BadInput, HomeNotWritable or DiskFull.
    """
    check_new(home, passphrase)
    home.create()
    centre_key, station_key, operator_key = (Ed25519PrivateKey.generate() for _key in range(3))
    centre, fair, station, operator = (new_id(clock) for _id in range(4))
    identity = StationIdentity(
        station=station,
        incarnation=1,
        fair=fair,
        name=_("Punto A (práctica)"),
        point="A",
        scope="fair",
        roles_at_enrolment=frozenset(ROLES),
        server=centre,
        server_url="",
        server_public_key=signing.public_bytes(centre_key),
        private_key=station_key,
    )
    name = operator_name or _("Persona de práctica")
    place = settle(home, identity, (operator, name, operator_key), passphrase, clock, cost)
    facts = _reference(clock, identity, (operator, name, operator_key))
    StoreReplica(place.store).receive(_sealed(JournalId(centre, 1, fair), facts, centre_key, clock))
    return workplace(home, place.store, clock, (operator, name, operator_key))


def _reference(
    clock: Clock, identity: StationIdentity, who: tuple[str, str, Ed25519PrivateKey]
) -> list[tuple[str, Fact]]:
    demo = demo_fair.load()
    today = clock.today(demo.fair.time_zone)
    fair = demo.fair.model_copy(update={"starts": today, "ends": today})
    operator, name, key = who
    return [
        (identity.fair, fair),
        *((new_id(clock), service) for service in demo.services),
        *((new_id(clock), desk) for desk in demo.desks),
        (
            identity.station,
            Station(
                name=identity.name, point="A", public_key=signing.public_bytes(identity.private_key).hex()
            ),
        ),
        (
            operator,
            Operator(
                name=name,
                roles=ROLES,
                public_key=signing.public_bytes(key).hex(),
                age_recipient=recipient_of(key),
            ),
        ),
        *((new_id(clock), Operator(name=_(colleague), roles=roles)) for colleague, roles in COLLEAGUES),
    ]


def _sealed(journal: JournalId, facts: list[tuple[str, Fact]], key: Ed25519PrivateKey, clock: Clock) -> Batch:
    hybrid = HybridClock(clock.now_ms)
    entries = []
    for seq, (subject, fact) in enumerate(facts, start=1):
        raw = body.encode_fact(fact, random_bytes(body.SALT_BYTES))
        entries.append(
            Entry(Header(journal, seq, hybrid.tick(), "", fact.KIND, subject, 1), raw, body_digest(raw))
        )
    after = chain(GENESIS, entries)[-1]
    last = len(entries)
    return Batch(journal, 1, last, GENESIS, after, signing.seal(key, journal, last, after), tuple(entries))
