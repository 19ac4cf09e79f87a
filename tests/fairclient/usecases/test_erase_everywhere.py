"""Erasing from a laptop over the centre to another laptop: all three end with the same state, without her."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks import fair
from fairclient.store.queries import people
from fairclient.store.queries import state as here
from fairclient.store.queries.rows import one
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.close_day import close_day
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.erase_person import erase_person
from fairclient.usecases.park_registration import HalfDone, abandon_registration, park_registration
from fairclient.usecases.workplace import Workplace
from sync.server import erase_person as at_the_centre
from sync.server import handout, intake, roster
from sync.server import state as there
from sync.server.node import Node
from sync.wire.attendee import Attendee
from sync.wire.journal import JournalId
from tests.fairclient.ui.pages.tent import register

BORN = date(1988, 8, 12)


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave the keyring of whoever runs them alone."""
    monkeypatch.setenv("FAIRCLIENT_KEYRING", "off")


def settle(node: Node, *places: Workplace) -> None:
    """Bring everything to the centre and from there to every laptop, receipts included."""
    for place in places:
        replica = StoreReplica(place.store)
        for journal in replica.own_journals():
            while batch := replica.next_batch(journal, replica.acknowledged(journal)):
                replica.save_receipt(intake.take(node, place.identity.station, batch))
    for place in places:
        _receive(node, place)


def _receive(node: Node, place: Workplace) -> None:
    replica = StoreReplica(place.store)
    with node.database.read() as connection:
        reader = roster.active(connection, node, place.identity.station, place.fair)
        rows = connection.execute(
            text("SELECT station, incarnation, fair, seq FROM journal ORDER BY station = :s DESC"),
            {"s": node.server},
        ).all()
        for *name, seq in rows:
            journal = JournalId(*name)
            while (have := replica.heads().get(str(journal), (0, ""))[0]) < seq:
                replica.receive(handout.next_batch(connection, node, journal, have, reader))


def digests(node: Node, *places: Workplace) -> set[str]:
    """The digests of what shows, at the centre and at the laptops."""
    found = set()
    for place in places:
        with place.store.read() as session:
            found.add(str(here.state(session)["state_digest"]))
    with node.database.read() as connection:
        found.add(there.state(connection, places[0].fair).state_digest)
    return found


def test_laptop_centre_and_laptop_end_with_one_state(tmp_path: Path) -> None:
    node, fair_id = fair.set_up_centre(f"sqlite:///{tmp_path / 'centre.db'}")
    first, second = (fair.enrol(node, fair_id, tmp_path, name) for name in ("A", "B"))
    _receive(node, first)
    try:
        services = ("SAL-AFIL",)
        gone = register(first, services=services, given_names="Quetzalcanaria")
        register(second, services=services, given_names="Otra")
        given_up = park_registration(first, HalfDone({"given_names": "Quetzalcanaria"}, services))
        abandon_registration(first, given_up.draft)
        settle(node, first, second)
        assert len(digests(node, first, second)) == 1
        close_day(first)  # what was given up is forgotten with it
        correct_attendee(second, gone.attendee, {"neighbourhood": "Vereda Ultramarina"}, base="")
        erase_person(first, gone.attendee, "request")
        settle(node, first, second)
        settle(node, first, second)
        assert len(digests(node, first, second)) == 1
        for place in (first, second):
            with place.store.read() as session:
                assert people.find(session, "quetzalcanaria") == []
        with node.database.read() as connection:
            raw = connection.execute(text("SELECT body FROM entry WHERE body IS NOT NULL")).scalars().all()
            apart = connection.execute(text("SELECT COUNT(*) FROM quarantined_entry")).scalar_one()
        assert not any(b"uetzal" in body or b"Ultramarina" in body for body in map(bytes, raw)) and apart == 0
    finally:
        first.close()
        second.close()
        node.database.close()


def test_the_centre_leaves_what_a_laptop_leaves(tmp_path: Path) -> None:
    node, fair_id = fair.set_up_centre(f"sqlite:///{tmp_path / 'centre.db'}")
    place = fair.enrol(node, fair_id, tmp_path, "A")
    _receive(node, place)
    try:
        for born in (BORN, None, date(2190, 1, 1)):
            here_gone, there_gone = (_twin(place, born) for _end in range(2))
            settle(node, place)
            erase_person(place, here_gone, "request")
            with node.database.write() as connection:
                at_the_centre.erase(connection, node, there_gone, "request")
            settle(node, place)
            with place.store.read() as session:
                left = [one(session, Attendee, gone) for gone in (here_gone, there_gone)]
            assert left[0] is not None and left[1] is not None
            assert left[0][1] == left[1][1]
            assert left[0][1].anonymous and left[0][1].age_band == ("26-59" if born == BORN else "")
    finally:
        place.close()
        node.database.close()


def _twin(place: Workplace, born: date | None) -> str:
    """Register one of two people who answered the same."""
    return register(place, services=("SAL-AFIL",), given_names="Quetzalcanaria", birth_date=born).attendee
