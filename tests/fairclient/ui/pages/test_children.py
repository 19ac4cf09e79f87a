"""Children at the registration desk, and those who came alone as supervisors see them; all by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from fairclient.store.queries import people, reference
from fairclient.store.queries.alone import alone
from fairclient.store.queries.people import PersonPage
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.person.represent import RepresentSheet
from fairclient.ui.pages.register.draft import Family, Member, following
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.workplace import OperatorAtWork, Workplace
from sync.wire.attendee import Document
from sync.wire.desk import Desk
from sync.wire.service import Service
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, hear_of, register

BOY = {"given_names": "Samuel David", "birth_date": "12/05/2014", "sex": "M", "profile": "VP"}


@pytest.fixture
def protection(fair: Fair, point_a: Workplace) -> Workplace:
    """The fair has a desk for children."""
    fair.add(
        (fair.id[:-4] + "00d1", Service(code="NNA", name_es="Mesa D", sector="PRO-CP", sensitive=True)),
        (fair.id[:-4] + "00d3", Desk(letter="D", name="Mesa D", services=("NNA",), order=3)),
    )
    hear_of(point_a, fair)
    return point_a


def at_register(open_page: Open, place: Workplace) -> tuple[RegisterPage, Hands]:
    """The registration page with a boy on it."""
    hands = open_page(RegisterPage, place)
    assert isinstance(hands.page, RegisterPage)
    hands.page.fill(BOY)
    hands.idle()
    return hands.page, hands


def choose(hands: Hands, box: QComboBox, letter: str) -> None:
    """Choose in a box by the first letter, as a person does."""
    box.setFocus()
    hands.type(letter)
    box.activated.emit(box.currentIndex())


def only_child(place: Workplace) -> PersonPage | None:
    """The child who came alone, if there is one."""
    with place.store.read() as session:
        found = alone(session, reference.fair(session).starts)
        return people.person(session, found[0].attendee) if found else None


def as_registrar(place: Workplace) -> Workplace:
    """The same laptop with a registrar at work."""
    operator = OperatorAtWork(
        place.operator.id, "Solo Registro", frozenset({"registrar"}), place.operator.key
    )
    return Workplace(place.store, operator, place.clock, place.home)


def test_nobody_is_saved_before_it_is_said_who_answers(open_page: Open, protection: Workplace) -> None:
    page, hands = at_register(open_page, protection)
    hands.control(Qt.Key.Key_Return)
    assert "diga quién autoriza" in page.authorisation._state.text()
    assert hands.focus() is page.authorisation.represent.who
    with protection.store.read() as session:
        assert people.find(session, "Samuel") == []


def test_alone_is_one_letter_and_one_key(open_page: Open, protection: Workplace) -> None:
    page, hands = at_register(open_page, protection)
    hands.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    choose(hands, page.authorisation.represent.who, "v")
    assert page.authorisation.consent().alone
    assert not page.authorisation.general.isEnabled()
    hands.control(Qt.Key.Key_Return)
    child = only_child(protection)
    assert child is not None
    assert (child.fact.given_names, child.fact.birth_estimated) == ("Samuel", True)
    assert child.slips[0][1].desks == ("D",)
    assert hands.trouble == []


def test_somebody_present_is_named_with_a_document(open_page: Open, protection: Workplace) -> None:
    page, hands = at_register(open_page, protection)
    field = page.authorisation.represent
    choose(hands, field.who, "o")
    page.authorisation.general.set_value("Y")
    page.authorisation.general.changed.emit("Y")
    hands.control(Qt.Key.Key_Return)
    assert hands.focus() is field.name
    hands.type("Elvira Ensayo")
    field.number.setFocus()
    hands.type("1.000.000.001")
    hands.control(Qt.Key.Key_Return)
    assert hands.focus() is field.relation
    hands.type("p")
    hands.control(Qt.Key.Key_Return)
    with protection.store.read() as session:
        (found,) = people.find(session, "Samuel")
        page_of = people.person(session, found.attendee)
    assert page_of is not None
    (proof,) = page_of.authorisations
    assert (proof.representative, proof.relation, proof.representative_name) == (None, "PAD", "Elvira Ensayo")
    assert proof.representative_documents == (Document(type="CC", number="1000000001"),)


def test_of_two_adults_one_is_named_and_the_next_child_has_the_same(
    open_page: Open, protection: Workplace
) -> None:
    page, hands = at_register(open_page, protection)
    adults = (Member("uno", "Rosa P.", "A-001", minor=False), Member("dos", "Elías P.", "A-002", minor=False))
    family = Family("hogar", adults)
    page.restore(replace(following(family), form=BOY))
    field = page.authorisation.represent
    assert page.authorisation.consent().representative is None  # nobody said who
    hands.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    hands.type("e")
    assert page.authorisation.consent().representative == "dos"
    hands.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert hands.focus() is field.relation
    hands.type("t")
    assert field.missing() is None and page.authorisation.consent().relation == "TUT"
    field.who.setFocus()
    hands.press(Qt.Key.Key_Up)  # a slip of the hand, or the other one after all: what she is was not said
    assert page.authorisation.consent().representative == "uno"
    assert page.authorisation.consent().relation == ""
    page.restore(replace(following(replace(family, representative="dos", relation="PAD")), form=BOY))
    said = page.authorisation.consent()
    assert (said.representative, said.relation, field.missing()) == ("dos", "PAD", None)


def test_supervisors_see_the_alert_and_registrars_nothing(open_page: Open, protection: Workplace) -> None:
    page, hands = at_register(open_page, protection)
    choose(hands, page.authorisation.represent.who, "v")
    hands.control(Qt.Key.Key_Return)
    child = only_child(protection)
    assert child is not None
    seen = open_page(FindPage, protection)
    assert isinstance(seen.page, FindPage)
    assert [words.split("  ·  ")[0] for words in seen.page.alone.words()] == ["Samuel, 12 años. A-001"]
    seen.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    seen.enter()
    assert seen.page.shows_person()
    assert "ruta de protección" in seen.page.person.notices.alone.words()
    unseen = open_page(FindPage, as_registrar(protection))
    assert isinstance(unseen.page, FindPage)
    assert unseen.page.alone.isHidden()
    unseen.page.receive(child.attendee)
    unseen.idle()
    assert unseen.page.person.notices.alone.isHidden() and unseen.page.person.acts.represent.isHidden()
    told = " ".join((*unseen.page.person.timeline.words(), *unseen.page.person.referrals.words()))
    assert "NNA" not in told and "adulto" not in told and "Mesa D (ruta reservada)" in told


def test_an_adult_who_comes_later_is_written_by_keys(open_page: Open, protection: Workplace) -> None:
    page, hands = at_register(open_page, protection)
    choose(hands, page.authorisation.represent.who, "v")
    hands.control(Qt.Key.Key_Return)
    aunt = register(protection, given="Rosa", surname="Paz")
    child = only_child(protection)
    assert child is not None
    seen = open_page(FindPage, protection)
    assert isinstance(seen.page, FindPage)
    seen.page.receive(child.attendee)
    seen.idle()
    seen.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    sheet = seen.page.person.acts.sheet(RepresentSheet)
    assert sheet is not None and seen.focus() is sheet.finder.box
    seen.control(Qt.Key.Key_Return)
    assert "diga quién autoriza" in sheet.notice.words()
    sheet.finder.box.setFocus()
    seen.type("rosa")
    seen.idle()
    choose(seen, sheet.field.relation, "t")
    seen.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    for letter in "ssnnnn":
        seen.type(letter)
    seen.control(Qt.Key.Key_Return)  # the text that was read out is closed
    seen.control(Qt.Key.Key_Return)
    assert sheet.isHidden()
    assert only_child(protection) is None
    with protection.store.read() as session:
        found = people.person(session, child.attendee)
    assert found is not None
    assert found.authorisations[0].representative == aunt.attendee
    assert found.authorisations[0].relation in ("TUT", "TIO")
    assert any("por ella: Rosa Paz" in words for words in seen.page.person.timeline.words())
