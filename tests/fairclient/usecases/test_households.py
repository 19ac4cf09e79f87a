"""Households that people move between, that split and merge: on one laptop, and on two at once."""

from __future__ import annotations

from datetime import date

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.store.queries import households, report_rows
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.replay import replay
from fairclient.usecases.arrange_household import arrange_household
from fairclient.usecases.correct_household import correct_household
from fairclient.usecases.merge_households import merge_households
from fairclient.usecases.move_to_household import move_to_household
from fairclient.usecases.note_absent import note_absent
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.split_household import split_household
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Phone
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, known, register


def home(place: Workplace, household: str | None) -> HouseholdPage:
    """The household that stands for one, as this laptop knows it."""
    assert household is not None
    with place.store.read() as session:
        found = households.page(session, household)
    assert found is not None
    return found


def names(place: Workplace, household: str | None) -> list[str]:
    """The given names of its people, sorted."""
    return sorted(member.fact.given_names for member in home(place, household).members)


def meet(clock: FixedClock, fair: Fair, one: Workplace, other: Workplace) -> None:
    """Both hear all that the other wrote, and replaying gives the rows that are there."""
    clock.advance(60)
    carry(one, other, fair)
    carry(other, one, fair)
    for place in (one, other):
        assert replay(place.store).identical


@pytest.fixture
def urdaneta(point_a: Workplace) -> Registered:
    """A mother with a phone, a son and a house."""
    mother = register(
        point_a,
        given="Yuleidy",
        family="Urdaneta",
        neighbourhood="Centro",
        phones=(Phone(number="3995550142"),),
    )
    register(point_a, given="José", household=mother.household, birth_date=date(2015, 5, 1), phones=())
    assert mother.household is not None
    base = home(point_a, mother.household).revision
    shared = {
        "address": "Calle 1",
        "municipality": "08758",
        "neighbourhood": "Centro",
        "phone": "3995550142",
    }
    correct_household(point_a, mother.household, shared, base)
    arrange_household(point_a, mother.household, roles={}, representative=mother.attendee)
    return mother


@pytest.fixture
def paz(point_a: Workplace) -> Registered:
    """A grandmother by herself, in a household of her own."""
    return register(point_a, given="Rosa", family="Paz", birth_date=date(1950, 1, 1))


def test_who_moves_takes_her_phone_and_her_place_at_the_head_with_her(
    point_a: Workplace, urdaneta: Registered, paz: Registered
) -> None:
    assert home(point_a, urdaneta.household).fact.representative == urdaneta.attendee
    moved = move_to_household(point_a, urdaneta.attendee, paz.attendee, "HIJ")
    assert moved == paz.household
    assert names(point_a, paz.household) == ["Rosa", "Yuleidy"]
    left = home(point_a, urdaneta.household)
    assert [member.fact.given_names for member in left.members] == ["José"]
    assert (left.fact.representative, left.fact.phone, left.fact.address) == (None, "", "Calle 1")
    page = known(point_a, urdaneta.attendee)
    assert page.fact.household_role == "HIJ"
    assert page.moments[-1].changes["household"] == paz.household
    assert page.names[str(page.moments[-1].before["household"])] == "Urdaneta"
    assert replay(point_a.store).identical


def test_beside_somebody_without_a_household_both_get_one(point_a: Workplace, paz: Registered) -> None:
    alone = register(point_a, given="Luz", surname="Prieto")
    moved = move_to_household(point_a, paz.attendee, alone.attendee)
    assert names(point_a, moved) == ["Luz", "Rosa"]
    assert home(point_a, moved).fact.name == "Prieto"


def test_moving_to_where_she_is_or_beside_herself_changes_nothing(
    point_a: Workplace, urdaneta: Registered
) -> None:
    child = next(
        one for one in home(point_a, urdaneta.household).members if one.attendee != urdaneta.attendee
    )
    for beside in (child.attendee, urdaneta.attendee, "01890000-0000-7000-8000-00000000dead"):
        with pytest.raises(BadInput):
            move_to_household(point_a, urdaneta.attendee, beside)
    assert len(home(point_a, urdaneta.household).members) == 2


def test_a_part_splits_off_and_keeps_the_address_if_it_says_so(
    point_a: Workplace, urdaneta: Registered
) -> None:
    brother = register(
        point_a, given="Luis", household=urdaneta.household, phones=(Phone(number="3000000009"),)
    )
    new = split_household(point_a, [brother.attendee], same_place=True)
    assert names(point_a, new) == ["Luis"]
    assert home(point_a, new).fact.address == "Calle 1"
    assert home(point_a, new).fact.phone == "3000000009"
    assert names(point_a, urdaneta.household) == ["José", "Yuleidy"]
    other = split_household(point_a, [urdaneta.attendee])
    assert home(point_a, other).fact.address == ""
    with pytest.raises(BadInput, match="nadie"):
        split_household(point_a, [one.attendee for one in home(point_a, urdaneta.household).members])


def test_two_become_one_with_what_either_knew(
    point_a: Workplace, urdaneta: Registered, paz: Registered
) -> None:
    assert urdaneta.household is not None and paz.household is not None
    note_absent(point_a, urdaneta.household, [("Pedro", 41, "PAR")])
    assert merge_households(point_a, paz.household, urdaneta.household) == paz.household
    one = home(point_a, urdaneta.household)
    assert one.household == paz.household
    assert [member.fact.given_names for member in one.members] == ["Rosa", "Yuleidy", "José"]
    assert one.fact.representative == urdaneta.attendee
    assert [(absent.name, absent.age) for absent in one.fact.absent] == [("Pedro", 41)]
    with pytest.raises(BadInput, match="un solo hogar"):
        merge_households(point_a, urdaneta.household, paz.household)
    assert "merged_into" in known(point_a, paz.attendee).moments[-2].changes
    assert replay(point_a.store).identical


def test_a_street_never_ends_up_in_another_town(
    point_a: Workplace, urdaneta: Registered, paz: Registered
) -> None:
    assert urdaneta.household is not None and paz.household is not None
    base = home(point_a, paz.household).revision
    correct_household(point_a, paz.household, {"municipality": "05001", "neighbourhood": "Norte"}, base)
    merge_households(point_a, paz.household, urdaneta.household)
    fact = home(point_a, paz.household).fact
    assert (fact.municipality, fact.address, fact.phone) == ("05001", "", "3995550142")


def test_who_lives_with_the_household_moves_along_with_it(point_a: Workplace, urdaneta: Registered) -> None:
    assert urdaneta.household is not None
    elsewhere = register(
        point_a, given="Ana", household=urdaneta.household, municipality="05001", neighbourhood="Lejos"
    )
    base = home(point_a, urdaneta.household).revision
    moved = correct_household(
        point_a, urdaneta.household, {"municipality": "08001", "neighbourhood": "La Paz"}, base
    )
    assert moved == 2
    assert known(point_a, urdaneta.attendee).fact.neighbourhood == "La Paz"
    assert known(point_a, elsewhere.attendee).fact.neighbourhood == "Lejos"


def test_only_a_grown_up_member_represents(point_a: Workplace, urdaneta: Registered, paz: Registered) -> None:
    assert urdaneta.household is not None
    child = home(point_a, urdaneta.household).members[1]
    for somebody in (child.attendee, paz.attendee):
        with pytest.raises(BadInput, match="adulta"):
            arrange_household(point_a, urdaneta.household, roles={}, representative=somebody)
    arrange_household(point_a, urdaneta.household, roles={child.attendee: "HIJ"}, representative=None)
    assert home(point_a, urdaneta.household).fact.representative is None
    assert known(point_a, child.attendee).fact.household_role == "HIJ"
    for roles in ({child.attendee: "REY"}, {paz.attendee: "HIJ"}):
        with pytest.raises(BadInput):
            arrange_household(point_a, urdaneta.household, roles=roles, representative=None)
    written = known(point_a, child.attendee).revision
    arrange_household(point_a, urdaneta.household, roles={child.attendee: "HIJ"}, representative=None)
    assert known(point_a, child.attendee).revision == written


def test_of_who_is_absent_a_name_and_an_age_is_all(point_a: Workplace, paz: Registered) -> None:
    assert paz.household is not None
    note_absent(point_a, paz.household, [(" Pedro  Luis ", 40, ""), ("Ana", None, "HIJ")])
    assert [one.name for one in home(point_a, paz.household).fact.absent] == ["Pedro Luis", "Ana"]
    for bad in ([("", 4, "")], [("Eva", 200, "")], [("Eva", 1, "")] * 25):
        with pytest.raises(BadInput):
            note_absent(point_a, paz.household, bad)
    note_absent(point_a, paz.household, [])
    assert home(point_a, paz.household).fact.absent == ()


def test_two_laptops_that_merge_in_opposite_directions_end_with_one_household(
    point_a: Workplace,
    point_b: Workplace,
    fair: Fair,
    clock: FixedClock,
    urdaneta: Registered,
    paz: Registered,
) -> None:
    assert urdaneta.household is not None and paz.household is not None
    meet(clock, fair, point_a, point_b)
    merge_households(point_a, paz.household, urdaneta.household)
    clock.advance(1)
    merge_households(point_b, urdaneta.household, paz.household)
    meet(clock, fair, point_a, point_b)
    pages = [home(place, one) for place in (point_a, point_b) for one in (paz.household, urdaneta.household)]
    assert len({page.household for page in pages}) == 1
    assert all(len(page.members) == 3 for page in pages)
    with point_a.store.read() as session:
        assert report_rows.of_day(session, point_a.today()).households == 1
    # Somebody decides: from then on it says so itself, on both laptops.
    standing = pages[0].household
    other = ({paz.household, urdaneta.household} - {standing}).pop()
    register(point_b, given="Nueva", household=other)
    meet(clock, fair, point_a, point_b)
    assert names(point_a, standing) == names(point_b, other) == ["José", "Nueva", "Rosa", "Yuleidy"]


def test_one_moves_her_while_the_other_merges_and_both_values_are_kept(
    point_a: Workplace,
    point_b: Workplace,
    fair: Fair,
    clock: FixedClock,
    urdaneta: Registered,
    paz: Registered,
) -> None:
    assert urdaneta.household is not None and paz.household is not None
    prieto = register(point_a, given="Luz", family="Prieto")
    meet(clock, fair, point_a, point_b)
    merge_households(point_a, paz.household, urdaneta.household)
    clock.advance(5)
    move_to_household(point_b, urdaneta.attendee, prieto.attendee)
    meet(clock, fair, point_a, point_b)
    for place in (point_a, point_b):
        page = known(place, urdaneta.attendee)
        assert page.conflicts == ("household",)
        assert set(page.choices["household"]) == {paz.household, prieto.household}
        assert page.home is not None and page.home.household == prieto.household
        assert names(place, paz.household) == ["José", "Rosa"]


def test_two_addresses_are_kept_until_somebody_decides(
    point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock, urdaneta: Registered
) -> None:
    assert urdaneta.household is not None
    meet(clock, fair, point_a, point_b)
    for place, address in ((point_a, "Calle 2"), (point_b, "Calle 3")):
        clock.advance(5)
        correct_household(
            place, urdaneta.household, {"address": address}, home(place, urdaneta.household).revision
        )
    meet(clock, fair, point_a, point_b)
    found = home(point_a, urdaneta.household)
    assert (found.fact.address, found.conflicts) == ("Calle 3", ("address",))
    correct_household(point_a, urdaneta.household, {"address": "Calle 3"}, found.revision)
    meet(clock, fair, point_a, point_b)
    assert home(point_b, urdaneta.household).conflicts == ()


def test_two_representatives_are_decided_by_naming_one(
    point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock, urdaneta: Registered
) -> None:
    assert urdaneta.household is not None
    aunt = register(point_a, given="Ana", household=urdaneta.household)
    meet(clock, fair, point_a, point_b)
    for place, who in ((point_a, aunt.attendee), (point_b, None)):
        clock.advance(5)
        arrange_household(place, urdaneta.household, roles={}, representative=who)
    meet(clock, fair, point_a, point_b)
    assert home(point_a, urdaneta.household).conflicts == ("representative",)
    arrange_household(point_a, urdaneta.household, roles={}, representative=None)
    meet(clock, fair, point_a, point_b)
    found = home(point_b, urdaneta.household)
    assert (found.fact.representative, found.conflicts) == (None, ())


def test_two_laptops_that_move_one_person_show_the_later_and_keep_both(
    point_a: Workplace,
    point_b: Workplace,
    fair: Fair,
    clock: FixedClock,
    urdaneta: Registered,
    paz: Registered,
) -> None:
    prieto = register(point_a, given="Luz", family="Prieto")
    meet(clock, fair, point_a, point_b)
    move_to_household(point_b, urdaneta.attendee, paz.attendee)
    clock.advance(5)
    move_to_household(point_a, urdaneta.attendee, prieto.attendee)
    meet(clock, fair, point_a, point_b)
    for place in (point_a, point_b):
        assert known(place, urdaneta.attendee).choices["household"] == (paz.household, prieto.household)
        assert names(place, prieto.household) == ["Luz", "Yuleidy"]
