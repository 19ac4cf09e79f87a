"""A fair to measure on: a centre, enrolled stations with real homes, fictional people registered at them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.base.resources import path as resource
from fairclient.domain import demo_fair, fictional_people
from fairclient.domain.authorisation_texts import current_text
from fairclient.store.slots import Cost
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.enrol import identity_from, settle
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.unlock import workplace
from fairclient.usecases.workplace import Workplace
from sync.server import enrolment, fair_file, handout, opening, reference, roster
from sync.server.enrolment import Grant
from sync.server.node import Node
from sync.wire import signing
from sync.wire.authorisation import Authorisation
from sync.wire.batch import Batch
from sync.wire.messages import EnrolRequest

PASSPHRASE = "cuatro palabras para medir"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
NOBODY = "00000000-0000-0000-0000-000000000000"


def set_up_centre(address: str) -> tuple[Node, str]:
    """Return a new centre in a database, and the id of its fair."""
    node, fair = opening.set_up(address, "benchmark", fair_file.read(resource("demo/fair.json")))
    if fair is None:
        raise RuntimeError("the demo fair was not added")
    return node, fair


def enrol(node: Node, fair: str, folder: Path, name: str) -> Workplace:
    """Return the workplace of a station that was enrolled at a centre and knows its fair."""
    key, operator_key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public, person = signing.public_bytes(key).hex(), signing.public_bytes(operator_key).hex()
    with node.database.write() as connection:
        grant = Grant(fair, ("registrar", "desk", "supervisor"), "fair", name=name)
        code, _expires = enrolment.new_code(connection, node, grant, 10)
    proof = key.sign(signing.enrolment_message(code, public, person)).hex()
    reply = enrolment.enrol(
        node,
        EnrolRequest(
            code=code, public_key=public, proof=proof, operator_name=name, operator_public_key=person
        ),
    )
    home = Home(folder / name).create()
    who = (reply.operator, name, operator_key)
    place = settle(
        home, identity_from(reply, key, "http://127.0.0.1:9"), who, PASSPHRASE, SystemClock(), CHEAP
    )
    with node.database.read() as connection:
        reader = roster.active(connection, node, reply.station, fair)
        StoreReplica(place.store).receive(
            handout.next_batch(connection, node, reference.own_journal(node, fair), 0, reader)
        )
    return workplace(home, place.store, place.clock, who)


def registrations(count: int, seed: int = 7) -> list[Registration]:
    """Return fictional registrations, two services each."""
    text = current_text("es")
    allowed = Authorisation(
        attendee=NOBODY, text_version=text.version, text_digest=text.digest, general=True, statistics=True
    )
    codes = [service.code for service in demo_fair.load().services]
    pairs = itertools.cycle(itertools.pairwise(codes))
    return [
        Registration(person.attendee, next(pairs), allowed)
        for person in fictional_people.people(seed, count, SystemClock().today())
    ]


def register(place: Workplace, count: int, seed: int = 7) -> None:
    """Register some fictional people."""
    for registration in registrations(count, seed):
        register_attendee(place, registration)


def batches(place: Workplace) -> Iterator[Batch]:
    """Yield what a station has to send, batch by batch."""
    replica = StoreReplica(place.store)
    (journal,) = replica.own_journals()
    after = 0
    while batch := replica.next_batch(journal, after):
        yield batch
        after = batch.last


@contextmanager
def closing(place: Workplace) -> Iterator[Workplace]:
    """Close a workplace at the end."""
    try:
        yield place
    finally:
        place.close()
