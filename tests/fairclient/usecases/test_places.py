"""Load, places and turns: several laptops that have not met send people on, and none promises too much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.base.ids import new_id
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import load, turns
from fairclient.usecases.places import full_words
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.walk import keep_counting
from fairclient.usecases.workplace import Workplace
from sync.wire.desk import Desk
from sync.wire.outcome import Outcome
from sync.wire.service import Service
from sync.wire.station import Station
from tests.fairclient.store.making import AUTHOR, Fair, arrive, attendee
from tests.fairclient.ui.pages.tent import as_role, carry, hear_of, laptop, register


@pytest.fixture
def fair(clock: FixedClock) -> Fair:
    """A fictional centre: desk B gives ORI, desk C the services SAL and EMP."""
    return Fair(clock)


@pytest.fixture
def points(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[tuple[Workplace, ...]]:
    """Three laptops at the points A, B and C that know of each other and have not met since."""
    made = [laptop(tmp_path / point, clock, fair, point) for point in "ABC"]
    for one in made:
        hear_of(one, fair)
    yield tuple(registrar(one) for one in made)
    for one in made:
        one.close()


def registrar(place: Workplace) -> Workplace:
    """The same laptop with somebody who registers and serves, and doesn't supervise."""
    return as_role(place, "registrar", "desk")


def desks_of(place: Workplace, services: tuple[str, ...]) -> tuple[str, ...]:
    """Where a new person is sent, in order."""
    return read_slip(place, register(place, services=services).slip.token).desks


def test_the_shorter_wait_comes_first_and_little_is_no_difference(
    points: tuple[Workplace, ...], clock: FixedClock
) -> None:
    place = points[0]
    assert desks_of(place, ("ORI", "SAL")) == ("B", "C")
    assert desks_of(place, ("ORI",)) == ("B",)
    # Two wait at B, twelve minutes; one at C: the longer walk is worth it.
    assert desks_of(place, ("ORI", "SAL")) == ("C", "B")
    clock.advance(151)
    assert desks_of(place, ("ORI", "SAL")) == ("B", "C")  # three at B and two at C: both over ten minutes


def test_waits_are_counted_before_a_save_holds_the_file(
    points: tuple[Workplace, ...], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, counting, held = points[0], load.count_again, []

    def watched(session: Session, day: date, now_ms: int) -> load.Counted:
        held.append(place.store._writing)  # the test looks inside on purpose
        return counting(session, day, now_ms)

    monkeypatch.setattr(load, "count_again", watched)
    keep_counting(place.store)
    for seconds in (0, 61, 151):
        clock.advance(seconds)
        register(place, services=("ORI",))
    assert held == [False, False]
    keep_counting(place.store)
    assert held == [False, False, False]


def test_a_desk_that_has_served_its_people_is_quick_again(
    points: tuple[Workplace, ...], clock: FixedClock
) -> None:
    place = points[0]
    slips = [register(place, services=("ORI",)).slip for _person in range(5)]
    assert desks_of(place, ("ORI", "SAL")) == ("C", "B")
    for slip in slips:
        clock.advance(20)
        record_outcome(place, read_slip(place, slip.token), "ORI", "served", desk="B")
    clock.advance(151)
    with place.store.read() as session:
        found = load.count_again(session, place.today(), clock.now_ms()).loads
    assert (found["B"].waiting, found["B"].minutes_each) == (1, 1.0)
    assert desks_of(place, ("ORI", "SAL")) == ("B", "C")


def test_a_stated_capacity_is_the_pace_until_the_desk_shows_its_own(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    fair.add(
        (new_id(clock), Service(code="VAC", name_es="Servicio VAC")),
        (new_id(clock), Desk(letter="F", name="Mesa F", services=("VAC",), order=0, capacity=21)),
    )
    hear_of(points[0], fair)
    assert desks_of(points[0], ("ORI", "VAC")) == ("F", "B")
    assert desks_of(points[0], ("ORI", "VAC")) == ("B", "F")  # one person takes twenty minutes at F


def test_a_service_of_two_desks_is_sent_to_the_one_with_less_to_do(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    fair.add((new_id(clock), Desk(letter="E", name="Mesa E", services=("ORI", "SAL"), order=9)))
    hear_of(points[0], fair)
    sent = [desks_of(points[0], ("SAL",)) for _person in range(6)]
    assert sent[0] == ("C",)
    assert set(sent) == {("C",), ("E",)}


def test_a_protected_letter_follows_the_same_rule(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    fair.add(
        (new_id(clock), Service(code="RES", name_es="Reservado", sensitive=True)),
        (new_id(clock), Desk(letter="D", name="Mesa D", services=("RES",), order=5)),
    )
    hear_of(points[0], fair)
    everything = ("ORI", "SAL", "RES")
    assert desks_of(points[0], everything) == ("B", "C", "D")
    assert desks_of(points[0], ("ORI",)) == ("B",)
    assert desks_of(points[0], everything) == ("C", "D", "B")
    assert [desks_of(points[0], ("SAL",)) for _person in range(2)] == [("C",)] * 2
    assert [desks_of(points[0], ("ORI",)) for _person in range(2)] == [("B",)] * 2
    assert desks_of(points[0], everything) == ("D", "C", "B")


def quota(fair: Fair, clock: FixedClock, places: int) -> None:
    """A desk with so many places a day."""
    fair.add(
        (new_id(clock), Service(code="CUP", name_es="Cupos contados")),
        (new_id(clock), Desk(letter="Q", name="Mesa Q", services=("CUP",), order=7, quota=places)),
    )


def test_laptops_that_cannot_talk_share_the_places_and_give_no_more(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    quota(fair, clock, 7)
    for place in points:
        hear_of(place, fair)
    given = []
    for place in points:
        done = [register(place, services=("CUP", "ORI")) for _person in range(5)]
        given.append(sum(not one.full for one in done))
        assert done[-1].full == ("CUP",)
        read = read_slip(place, done[-1].slip.token)
        assert (read.desks, [one.service for one in read.owed]) == (("B",), ["ORI"])
    assert given == [3, 2, 2]
    for place in points[1:]:
        carry(place, points[0], fair)
    with points[0].store.read() as session:
        count = day_queries.reconcile(session, points[0].today())
        found = load.places(session, points[0].today(), "CUP")
    assert (count.issued, count.not_served, count.adds_up) == (30, 8, True)
    assert found is not None
    assert (found.given, found.left, found.left_of_all) == (7, 0, 0)


def test_the_words_say_whose_part_is_used_up(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    quota(fair, clock, 4)
    place = points[1]
    hear_of(place, fair)
    assert not register(place, services=("CUP",)).full
    done = register(place, services=("CUP",))
    assert full_words(place, done.full) == (
        "Este punto ya dio su parte de Cupos contados: 1 de 4 cupos. "
        "Quedó en la lista para otro día; la ficha no lleva esa mesa."
    )
    # A supervisor may give what the others have not used, as far as she knows.
    supervisor = as_role(place, "supervisor")
    assert [bool(register(supervisor, services=("CUP",)).full) for _person in range(4)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert full_words(supervisor, ("CUP",)).startswith("Se acabaron los cupos de Cupos contados.")


def test_a_place_that_is_given_back_is_given_again(
    points: tuple[Workplace, ...], fair: Fair, clock: FixedClock
) -> None:
    quota(fair, clock, 3)
    place = points[0]
    hear_of(place, fair)
    first = register(place, services=("CUP",))
    assert register(place, services=("CUP",)).full == ("CUP",)
    with place.store.write(place.operator.id) as work:
        work.create(Outcome(service="CUP", result="void", referral=first.referrals[0]))
    assert not register(place, services=("CUP",)).full


def test_what_is_still_open_is_not_asked_for_twice_by_mistake(points: tuple[Workplace, ...]) -> None:
    place = points[0]
    first = register(place, services=("ORI", "SAL"))
    record_outcome(place, read_slip(place, first.slip.token), "SAL", "served", desk="C")
    person = attendee()
    with pytest.raises(BadInput) as refused:
        register_attendee(place, Registration(person, ("ORI", "EMP"), returning=first.attendee))
    assert refused.value.code == "still-open"
    assert "Servicio ORI (A-001)" in refused.value.what
    register_attendee(place, Registration(person, ("SAL",), returning=first.attendee))  # served: she may
    again = register_attendee(place, Registration(person, ("ORI",), returning=first.attendee, again=True))
    assert again.slip.turn == first.slip.turn  # she came back the same day and keeps her turn
    assert register(place).slip.turn == "A-002"


def turn(place: Workplace) -> str:
    """The turn of somebody who comes now."""
    return register(place).slip.turn


def test_two_laptops_at_one_point_give_different_turns(tmp_path: Path, clock: FixedClock, fair: Fair) -> None:
    first = laptop(tmp_path / "1", clock, fair, "AA")
    clock.advance(5)
    second = laptop(tmp_path / "2", clock, fair, "AA")
    assert [turn(first), turn(first)] == ["AA-001", "AA-002"]
    assert [turn(second), turn(second)] == ["AA-2000", "AA-2001"]
    hear_of(first, fair)
    carry(second, first, fair)
    assert turn(first) == "AA-003"
    for place in (first, second):
        place.close()


def test_a_restored_laptop_does_not_repeat_its_other_self(
    tmp_path: Path, clock: FixedClock, fair: Fair
) -> None:
    place = laptop(tmp_path / "1", clock, fair, "B")
    assert turn(place) == "B-001"
    place.store.save_identity(replace(place.identity, incarnation=1 + (1 << 20)))
    restored = turn(place)
    assert restored != "B-002" and int(restored[2:]) >= turns.OWN_BLOCKS
    assert turn(place) == f"B-{int(restored[2:]) + 1}"
    place.close()


def test_whoever_has_used_up_his_numbers_goes_on_beyond(points: tuple[Workplace, ...], fair: Fair) -> None:
    place = points[0]
    fair.clock.advance(1)
    fair.add((new_id(fair.clock), Station(name="Otro", point="A", public_key="aa" * 32)))
    hear_of(place, fair)
    with place.store.read() as session:
        own = list(turns.ranges(session, place.identity))
        other = list(
            turns.ranges(session, replace(place.identity, station="ffffffff" + place.identity.station[8:]))
        )
    assert [tuple(one) for one in own] == [(0, 1000), (1000, 2000), (10_000, 15_000), (15_000, 20_000)]
    assert [tuple(one) for one in other] == [(2100, 2200), (21_000, 22_000), (15_000, 20_000)]


def test_laptops_of_one_point_that_go_on_beyond_repeat_no_turn_either(
    tmp_path: Path, clock: FixedClock, fair: Fair
) -> None:
    places = []
    for number in range(3):
        places.append(laptop(tmp_path / str(number), clock, fair, "AA"))
        clock.advance(5)
    given = []
    for place in places:
        with place.store.write(AUTHOR) as work:
            for numbers in list(turns.ranges(work.session, place.identity))[:-2]:
                arrive(work, clock, turn=f"AA-{numbers.high - 1}")
        given.append(turn(place))
    assert given == ["AA-10000", "AA-20000", "AA-21000"]
    for place in places:
        place.close()
