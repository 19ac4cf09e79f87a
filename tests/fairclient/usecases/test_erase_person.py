"""Erasing a person by whoever may: what goes, what stays for counting, and paper that waits forgets her."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.store import backup
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import households, people, report_rows
from fairclient.store.queries.rows import facts
from fairclient.usecases.arrange_household import arrange_household
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.correct_household import correct_household
from fairclient.usecases.erase_person import erase_person, what_goes
from fairclient.usecases.merge_households import merge_households
from fairclient.usecases.move_to_household import move_to_household
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.tell_apart import tell_apart
from fairclient.usecases.workplace import Workplace
from sync.wire import signing
from sync.wire.attendee import Attendee, Phone
from sync.wire.erasure import Erasure
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import as_role, carry, known, laptop, register


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """Where people are registered."""
    opened = laptop(tmp_path / "a", clock, fair, "A")
    yield opened
    opened.close()


def test_what_would_go_is_said_before(place: Workplace) -> None:
    done = register(place, given_names="Quetzalcanaria", family="Hogar Ficticio")
    found = what_goes(place, done.attendee)
    assert (found.documents, found.phones, found.slips, found.others, found.household) == (1, 1, 1, 1, True)
    assert found.stays == 3


def test_counts_and_reports_stay_as_they_were(place: Workplace) -> None:
    gone = register(place, given_names="Quetzalcanaria", family="Hogar Ficticio")
    register(place, given_names="Otra")
    with place.store.read() as session:
        before = day_queries.reconcile(session, place.today())
    erased = erase_person(place, gone.attendee, "request")
    with place.store.read() as session:
        assert day_queries.reconcile(session, place.today()) == before
        assert people.find(session, "quetzalcanaria") == []
        figures = report_rows.of_day(session, place.today())
        assert len(figures.people) == 2 and figures.slips == 2
        ((_kept, fact),) = facts(session, Erasure, "subject = ?", (erased,))
        run = session.connection().exec_driver_sql
        assert run("SELECT count(*) FROM household").scalar_one() == 0
        assert run("SELECT age_band FROM attendee WHERE anonymous").scalar_one() == "26-59"
    key = signing.public_bytes(place.operator.key)
    assert signing.check(key, bytes.fromhex(fact.signature), fact.signed_part())
    assert len(backup.copies(place.home)) == 1


def test_a_home_where_others_live_stays(place: Workplace) -> None:
    first = register(place, family="Hogar Ficticio")
    register(place, household=first.household, given_names="Otra")
    erase_person(place, first.attendee, "revoked")
    with place.store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM household").scalar_one() == 1


def test_her_telephone_leaves_the_home_where_others_stay(place: Workplace) -> None:
    phone = "3995550142"
    first = register(place, family="Hogar Ficticio", phones=(Phone(number=phone),))
    register(place, household=first.household, given_names="Otra", phones=())
    with place.store.read() as session:
        found = households.page(session, str(first.household))
    assert found is not None
    changes = {"phone": phone, "address": "Calle ficticia 1"}
    correct_household(place, found.household, changes, found.revision)
    arrange_household(place, found.household, roles={}, representative=first.attendee)
    erase_person(place, first.attendee, "request")
    with place.store.read() as session:
        left = households.page(session, found.household)
    assert left is not None
    assert (left.fact.phone, left.fact.address, left.fact.representative) == ("", "Calle ficticia 1", None)


def test_the_homes_that_she_left_empty_go_with_her(place: Workplace) -> None:
    alone = register(place, family="Quetzalcanaria", given_names="Luz")
    other = register(place, family="Otro Hogar", given_names="Otra")
    kin = register(place, family="Tercer Hogar", given_names="Hijo")
    move_to_household(place, alone.attendee, other.attendee)
    merge_households(place, str(other.household), str(kin.household))
    assert not what_goes(place, alone.attendee).household
    erase_person(place, alone.attendee, "request")
    with place.store.read() as session:
        run = session.connection().exec_driver_sql
        left = set(run("SELECT subject FROM household").scalars())
        bodies = [bytes(body) for body in run("SELECT body FROM entry WHERE body IS NOT NULL").scalars()]
    assert left == {other.household, kin.household}
    assert not any(b"Quetzalcanaria" in body for body in bodies)


def test_a_home_that_was_merged_into_hers_goes_with_her(place: Workplace) -> None:
    alone = register(place, family="Hogar Ficticio", given_names="Luz")
    son = register(place, family="Quetzalcanaria", given_names="Hijo")
    merge_households(place, str(alone.household), str(son.household))
    for who in (son, alone):
        assert what_goes(place, who.attendee).household is (who is alone)
        erase_person(place, who.attendee, "request")
    with place.store.read() as session:
        run = session.connection().exec_driver_sql
        assert run("SELECT count(*) FROM household").scalar_one() == 0
        bodies = [bytes(body) for body in run("SELECT body FROM entry WHERE body IS NOT NULL").scalars()]
    assert not any(b"Quetzalcanaria" in body for body in bodies)


def test_it_reaches_the_other_laptops(
    place: Workplace, tmp_path: Path, clock: FixedClock, fair: Fair
) -> None:
    other = laptop(tmp_path / "b", clock, fair, "B")
    try:
        done = register(place, given_names="Quetzalcanaria")
        carry(place, other, fair)
        erase_person(place, done.attendee, "order")
        carry(place, other, fair)
        with other.store.read() as session:
            assert people.find(session, "quetzalcanaria") == []
            assert day_queries.reconcile(session, place.today()).issued == 2
    finally:
        other.close()


def test_who_was_written_twice_goes_under_both_ids(place: Workplace, clock: FixedClock) -> None:
    one = register(place, given_names="Quetzalcanaria", family="Quetzalcanaria")
    other = register(place, given_names="Quetzalcanaria", household=one.household)
    apart = register(place, given_names="Otra")
    tell_apart(place, other.attendee, one.attendee, same=True)
    tell_apart(place, apart.attendee, one.attendee)
    found = what_goes(place, one.attendee)
    assert (found.documents, found.slips, found.household, found.stays) == (2, 2, True, 6)
    clock.advance(1)
    erase_person(place, one.attendee, "request")
    with place.store.read() as session:
        run = session.connection().exec_driver_sql
        bodies = [bytes(body) for body in run("SELECT body FROM entry WHERE body IS NOT NULL").scalars()]
        assert people.find(session, "otra") != []
    assert not any(b"Quetzalcanaria" in body for body in bodies)
    with pytest.raises(BadInput):
        what_goes(place, other.attendee)


def test_no_name_is_written_to_somebody_without_one(place: Workplace) -> None:
    unknown = register_attendee(
        place, Registration(Attendee(anonymous=True, sex="F", profile="VP", age_band="18-25"), ("ORI",))
    )
    erased = register(place)
    erase_person(place, erased.attendee, "request")
    for who in (unknown.attendee, erased.attendee):
        with pytest.raises(BadInput) as refused:
            correct_attendee(place, who, {"given_names": "Quetzalcanaria"}, known(place, who).revision)
        assert refused.value.code == "unknown-person"
    with place.store.read() as session:
        run = session.connection().exec_driver_sql
        bodies = [bytes(body) for body in run("SELECT body FROM entry WHERE body IS NOT NULL").scalars()]
    assert not any(b"Quetzalcanaria" in body for body in bodies)


def test_only_some_may_and_only_once(place: Workplace) -> None:
    done = register(place)
    registrar = as_role(place, "registrar")
    with pytest.raises(Unauthorised):
        erase_person(registrar, done.attendee, "request")
    erase_person(place, done.attendee, "request")
    with pytest.raises(BadInput, match="suprimieron"):
        erase_person(place, done.attendee, "request")
    with pytest.raises(BadInput):
        what_goes(place, "01890000-0000-7000-8000-0000000000cc")
