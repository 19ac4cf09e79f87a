"""The sheet of the household: everything by keyboard, and a slip that is scanned finds its person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fairclient.base.clock import FixedClock
from fairclient.documents.scanned import ScannedSlip
from fairclient.store.queries import households
from fairclient.store.queries.households import HouseholdPage
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.person.household import HouseholdSheet
from fairclient.ui.pages.person.household_what import AbsentPanel, PlacePanel, RolesPanel
from fairclient.ui.pages.person.household_who import MergePanel, MovePanel, SplitPanel
from fairclient.usecases.correct_household import correct_household
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, carry, register


@pytest.fixture
def mother(point_a: Workplace) -> Registered:
    """A woman with a family."""
    return register(point_a, given="Yuleidy", surname="Urdaneta", family="Urdaneta")


@pytest.fixture
def son(point_a: Workplace, mother: Registered) -> Registered:
    """Her grown-up son."""
    return register(point_a, given="José", surname="Urdaneta", household=mother.household)


@pytest.fixture
def rosa(point_a: Workplace) -> Registered:
    """A woman of another household."""
    return register(point_a, given="Rosa", surname="Paz", family="Paz")


def home(place: Workplace, household: str | None) -> HouseholdPage:
    """The household that stands for one."""
    assert household is not None
    with place.store.read() as session:
        found = households.page(session, household)
    assert found is not None
    return found


def at_sheet(open_page: Open, place: Workplace, attendee: str) -> tuple[FindPage, HouseholdSheet, Hands]:
    """The sheet of a person's household, opened by its key."""
    hands = open_page(FindPage, place)
    assert isinstance(hands.page, FindPage)
    hands.page.receive(attendee)
    hands.idle()
    hands.press(Qt.Key.Key_F7)
    sheet = hands.page.person.acts.sheet(HouseholdSheet)
    assert sheet is not None and sheet.isVisible()
    return hands.page, sheet, hands


def test_move_by_keys_alone(
    open_page: Open, point_a: Workplace, son: Registered, mother: Registered, rosa: Registered
) -> None:
    page, sheet, hands = at_sheet(open_page, point_a, son.attendee)
    assert "Hogar Urdaneta" in sheet.words()
    panel = sheet.panel()
    assert isinstance(panel, MovePanel)
    hands.press(Qt.Key.Key_Tab)
    assert hands.focus() is panel.finder.box
    hands.type("urda")
    hands.idle()
    assert "este mismo hogar" in panel.finder.words()
    assert not sheet.save.isEnabled()
    panel.finder.box.clear()
    hands.type("rosa")
    hands.idle()
    assert "Hogar Paz: Rosa Paz" in panel.finder.words()
    hands.control(Qt.Key.Key_Return)
    assert sheet.isHidden()
    assert [one.fact.given_names for one in home(point_a, rosa.household).members] == ["José", "Rosa"]
    assert hands.news[-1].startswith("José Urdaneta pasó al hogar de Rosa Paz")
    told = page.person.timeline.words()[-1]
    assert told.startswith("Pasó al hogar Paz. antes, en el hogar Urdaneta")


def test_a_scanned_slip_finds_whose_household_to_merge(
    open_page: Open, point_a: Workplace, mother: Registered, son: Registered, rosa: Registered
) -> None:
    page, sheet, hands = at_sheet(open_page, point_a, rosa.attendee)
    hands.type("u")
    assert isinstance(sheet.panel(), MergePanel)
    assert page.take_scan(ScannedSlip(son.slip.token))
    hands.idle()
    hands.control(Qt.Key.Key_Return)
    assert len(home(point_a, mother.household).members) == 3
    assert home(point_a, mother.household).household == rosa.household
    assert "3 personas" in hands.news[-1]


def test_split_off_with_the_space_bar(
    open_page: Open, point_a: Workplace, mother: Registered, son: Registered
) -> None:
    _page, sheet, hands = at_sheet(open_page, point_a, son.attendee)
    hands.type("s")
    panel = sheet.panel()
    assert isinstance(panel, SplitPanel)
    assert [box.isChecked() for box in panel.leaving.values()] == [True, False]
    panel.leaving[mother.attendee].setFocus()
    hands.press(Qt.Key.Key_Space)
    assert not sheet.save.isEnabled()
    hands.press(Qt.Key.Key_Space)
    hands.control(Qt.Key.Key_Return)
    assert [one.fact.given_names for one in home(point_a, mother.household).members] == ["Yuleidy"]


def test_roles_place_and_who_is_absent(open_page: Open, point_a: Workplace, mother: Registered) -> None:
    page, sheet, hands = at_sheet(open_page, point_a, mother.attendee)
    for code, do in (("p", _roles), ("d", _place), ("a", _absent)):
        if not sheet.isVisible():
            hands.press(Qt.Key.Key_F7)
        while sheet.choice.value() != {"p": "roles", "d": "place", "a": "absent"}[code]:
            sheet.choice.setFocus()
            hands.type(code)
        do(sheet, hands)
        hands.control(Qt.Key.Key_Return)
        assert sheet.isHidden()
    found = home(point_a, mother.household)
    assert found.members[0].fact.household_role == "JEF"
    assert found.fact.representative == mother.attendee
    assert (found.fact.address, found.fact.phone) == ("Calle 9", "3000000007")
    assert [(one.name, one.age) for one in found.fact.absent] == [("Pedro", 41)]
    assert page.person.family.isVisible()
    told = [one.split(". ")[0] for one in page.person.timeline.words()]
    assert "Representa al hogar: Yuleidy Urdaneta" in told
    assert "Se corrigió el hogar: dirección, teléfono" in told
    assert "Se corrigió el hogar: quiénes no vinieron" in told


def _roles(sheet: HouseholdSheet, hands: Hands) -> None:
    panel = sheet.panel()
    assert isinstance(panel, RolesPanel)
    panel.first().setFocus()
    hands.press(Qt.Key.Key_Down)
    panel.representative.setFocus()
    hands.press(Qt.Key.Key_Down)


def _place(sheet: HouseholdSheet, hands: Hands) -> None:
    panel = sheet.panel()
    assert isinstance(panel, PlacePanel) and panel.fields is not None
    panel.fields.go_to("address")
    hands.type("Calle 9")
    panel.phone.setFocus()
    panel.phone.selectAll()
    hands.type("12")
    assert not sheet.save.isEnabled()
    panel.phone.selectAll()
    hands.type("300 000 0007")


def _absent(sheet: HouseholdSheet, hands: Hands) -> None:
    panel = sheet.panel()
    assert isinstance(panel, AbsentPanel)
    panel.first().setFocus()
    hands.type("Pedro")
    hands.press(Qt.Key.Key_Tab)
    hands.type("41")


def test_without_a_household_somebody_is_looked_for(
    open_page: Open, point_a: Workplace, rosa: Registered
) -> None:
    alone = register(point_a, given="Luz", surname="Prieto")
    _page, sheet, hands = at_sheet(open_page, point_a, alone.attendee)
    assert "no tiene hogar" in sheet.words()
    hands.type("rosa")
    hands.idle()
    hands.control(Qt.Key.Key_Return)
    assert len(home(point_a, rosa.household).members) == 2


def test_two_addresses_are_told_and_saving_one_decides(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair, mother: Registered, clock: FixedClock
) -> None:
    assert mother.household is not None
    carry(point_a, point_b, fair)
    for place, address in ((point_a, "Calle 2"), (point_b, "Calle 3")):
        clock.advance(60)
        base = home(place, mother.household).revision
        correct_household(place, mother.household, {"address": address}, base)
    carry(point_b, point_a, fair)
    page, sheet, hands = at_sheet(open_page, point_a, mother.attendee)
    assert "corrigieron el hogar: dirección" in page.person.notices.home.words()
    hands.type("d")
    hands.control(Qt.Key.Key_Return)  # what is shown is what she says
    assert sheet.isHidden() and page.person.notices.home.isHidden()
    assert home(point_a, mother.household).conflicts == ()
