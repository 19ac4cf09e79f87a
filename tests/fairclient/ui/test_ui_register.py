"""The registration page as a registrar uses it: by keyboard, family by family, on the real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from fairclient.base.errors import DiskFull
from fairclient.domain.questions import EDITORS, QUESTIONS
from fairclient.store.queries import people, person
from fairclient.store.queries.person import PersonPage
from fairclient.ui.editors.answer import Answer
from fairclient.ui.editors.catalogue import answer_for
from fairclient.ui.pages.register import saving as register_saving
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.runner import Runner
from fairclient.usecases.workplace import Workplace

Show = Callable[[QWidget], None]


KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Desk:
    """A registrar at the page: she sees what has the focus, and types."""

    def __init__(self, qtbot: QtBot, page: RegisterPage, runner: Runner) -> None:
        self.qtbot = qtbot
        self.page = page
        self.runner = runner
        self.news: list[str] = []
        self.announced: list[set[str]] = []
        self.troubles: list[Exception] = []
        page.trouble.connect(self.troubles.append)
        page.news.connect(lambda title, text: self.news.append(f"{title}. {text}"))

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(self.runner.is_idle)
        if self.troubles:
            raise self.troubles[0]

    def keys(self, text: str) -> None:
        """Type; a tab is the Tab key."""
        for letter in text:
            if letter == "\t":
                QTest.keyClick(self.focus(), Qt.Key.Key_Tab)
            else:
                type_letter(self.focus(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self.focus(), key, modifier)

    def alt(self, letter: str) -> None:
        """Press Alt and a letter or figure."""
        self.press(Qt.Key(ord(letter)), Qt.KeyboardModifier.AltModifier)

    def save(self) -> None:
        """Ctrl+Enter, and wait for the disk."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.idle()

    def focus(self) -> QWidget:
        """What gets the next key: a list that hangs open, else what has the focus."""
        QApplication.processEvents()  # who is active is told by events
        popup = QApplication.activePopupWidget()
        if popup is None and not self.page.isActiveWindow():
            # The offscreen platform gives a list that opens the activation, and doesn't give it back.
            self.page.activateWindow()
            assert QTest.qWaitForWindowActive(self.page)
        focus = popup or QApplication.focusWidget()
        assert focus is not None
        return focus

    def answer(self, key: str) -> Answer:
        """The editor of a question on the page."""
        return self.page.person.fields.answers[key]


def type_letter(widget: QWidget, letter: str) -> None:
    """Type one letter, of any alphabet (QTest knows ASCII only)."""
    if letter.isascii():
        QTest.keyClicks(widget, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def desk(qtbot: QtBot, show: Show, place: Workplace, runner: Runner) -> Iterator[Desk]:
    announced: list[set[str]] = []
    page = RegisterPage(place, runner, lambda changed: announced.append(set(changed)))
    desk = Desk(qtbot, page, runner)
    desk.announced = announced
    show(page)
    desk.idle()
    first = page.first_focus()
    assert first is not None
    first.setFocus()
    yield desk
    runner.close()


def _person(place: Workplace, text: str) -> PersonPage:
    with place.store.read() as session:
        found = people.find(session, text)
        assert len(found) == 1, [one.name for one in found]
        page = person.person(session, found[0].attendee)
    assert page is not None
    return page


def _type_mother(desk: Desk) -> None:
    desk.keys("PPT")
    desk.keys("\t5482193\t\t")  # number, expiry left out
    desk.keys("Yuleidy del Carmen\tUrdaneta\tVillalobos\t12 8 1988\tF\tP\tsoled\t399 555 0142\t")
    desk.alt("1")
    desk.alt("2")
    desk.page.authorisation.general.setFocus()
    desk.keys("S\tN")


def test_a_person_is_registered_by_keyboard_alone(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.save()
    page = _person(place, "Urdaneta")
    fact = page.fact
    assert (fact.given_names, fact.first_surname, fact.second_surname) == (
        "Yuleidy del Carmen",
        "Urdaneta",
        "Villalobos",
    )
    assert [(one.type, one.number) for one in fact.documents] == [("PPT", "5482193")]
    assert str(fact.birth_date) == "1988-08-12"
    assert (fact.sex, fact.profile, fact.municipality) == ("F", "VP", "08758")
    assert [phone.number for phone in fact.phones] == ["3995550142"]
    assert [referral.service for referral in page.referrals] == ["REG-INFO", "SAL-AFIL"]
    (authorisation,) = page.authorisations
    assert authorisation.general
    assert not authorisation.sensitive
    assert not authorisation.statistics  # never asked, so never a yes
    assert authorisation.text_version == "es-v1"
    assert len(page.slips) == 1
    assert page.household is not None
    assert page.household.name == "Urdaneta"
    assert desk.announced[-1] >= {"attendee", "slip"}
    assert desk.news[-1].startswith("Yuleidy U. · turno A-") and "Guardado." in desk.news[-1]


def test_tab_and_the_enter_of_the_number_pad_go_from_field_to_field(desk: Desk) -> None:
    desk.keys("CC\t")
    desk.press(Qt.Key.Key_Enter, KEYPAD)
    desk.keys("Ana")
    desk.press(Qt.Key.Key_Return)  # as at the end of a scanner's line: nothing moves
    assert desk.page.person.fields.key_of(desk.focus()) == "given_names"
    desk.press(Qt.Key.Key_Enter, KEYPAD)
    desk.keys("Ensayo")
    assert desk.page.person.fields.read()["first_surname"] == "Ensayo"
    desk.page.person.fields.go_to("phones")
    desk.press(Qt.Key.Key_Enter, KEYPAD)
    desk.keys("1")
    assert len(desk.page.services.chosen()) == 1
    desk.press(Qt.Key.Key_Enter, KEYPAD)
    desk.keys("S")
    desk.press(Qt.Key.Key_Enter, KEYPAD)
    desk.keys("N\t")
    consent = desk.page.authorisation.consent()
    assert (consent.general, consent.sensitive) == (True, False)
    desk.press(Qt.Key.Key_Enter, KEYPAD)  # on the button that reads it out
    assert desk.page.authorisation.sheet.isVisible()


def test_the_next_person_starts_at_the_document_on_an_empty_page(desk: Desk) -> None:
    _type_mother(desk)
    desk.save()
    assert isinstance(desk.focus(), QComboBox)
    draft = desk.page.draft()
    assert draft is not None
    assert desk.page.person.fields.read() == {}
    assert desk.page.services.chosen() == ()
    assert desk.page.authorisation.consent().general is None


def test_the_next_of_the_family_keeps_what_they_share(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.idle()
    form = desk.page.person.fields.read()
    assert form == {"profile": "VP", "municipality": "08758", "phones.0.number": "399 555 0142"}
    desk.keys("TI\t10203040506\t")
    desk.keys("José Gregorio\tUr\tVillalobos\t9 4 2011\tM")  # the surname completes itself
    field = desk.page.authorisation.represent
    assert not field.isHidden() and field.who.currentText() == "Yuleidy U."  # there is no other adult
    desk.page.authorisation.general.setFocus()
    desk.keys("S\tN")
    desk.save()
    assert desk.focus() is field.relation
    assert "qué es de esta persona" in desk.page.authorisation._state.text()
    desk.keys("M")
    desk.save()
    mother, child = _person(place, "Yuleidy"), _person(place, "Gregorio")
    assert child.fact.first_surname == "Urdaneta"
    assert child.fact.household == mother.fact.household
    (authorisation,) = child.authorisations
    assert (authorisation.representative, authorisation.relation) == (mother.attendee, "MAD")
    assert [finding.code for finding in desk.page.form.findings] == []


def test_somebody_else_gets_a_family_of_her_own(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.save()
    desk.page.fill(
        {"given_names": "Ana", "first_surname": "Polo", "sex": "F", "profile": "CA", "birth_date": "30"}
    )
    desk.page.authorisation.general.setFocus()
    desk.keys("S")
    desk.save()
    assert _person(place, "Polo").fact.household != _person(place, "Urdaneta").fact.household


def test_who_was_typed_already_can_still_join_the_family(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.save()
    desk.page.fill(
        {"given_names": "Luis", "first_surname": "Polo", "sex": "M", "profile": "CA", "birth_date": "40"}
    )
    desk.alt("L")
    form = desk.page.person.fields.read()
    assert (form["profile"], form["phones.0.number"]) == ("CA", "399 555 0142")  # what she typed stays
    desk.page.authorisation.general.setFocus()
    desk.keys("S")
    desk.save()
    assert _person(place, "Polo").fact.household == _person(place, "Urdaneta").fact.household


def test_what_is_missing_is_said_beneath_its_field(desk: Desk, place: Workplace) -> None:
    desk.keys("PPT\t5482193")
    desk.save()
    fields = desk.page.person.fields.fields
    assert fields["given_names"].level() == "refuse"
    assert fields["given_names"].finding() == "Falta el nombre. Escriba al menos uno."
    assert fields["sex"].level() == "refuse"
    assert desk.focus() is desk.answer("given_names").widget
    desk.keys("A")
    assert fields["given_names"].level() == ""
    with place.store.read() as session:
        assert people.find(session, "5482193") == []


def test_nothing_is_said_of_fields_that_were_not_reached(desk: Desk) -> None:
    desk.keys("\t\tAna\tPolo\t\t31 2 1999\t")
    fields = desk.page.person.fields.fields
    assert fields["birth_date"].level() == "refuse"
    assert "no es una fecha" in fields["birth_date"].finding()
    assert fields["sex"].level() == fields["profile"].level() == ""


def test_without_the_authorisation_nothing_is_kept(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.page.authorisation.general.setFocus()
    desk.press(Qt.Key.Key_Delete)
    desk.save()
    assert "Falta leerle la autorización" in desk.page.authorisation._state.text()
    desk.keys("N")
    desk.save()
    assert "Alt+I se atiende sin nombre" in desk.page.authorisation._state.text()
    with place.store.read() as session:
        assert people.find(session, "Urdaneta") == []


def test_the_authorisation_is_answered_by_one_key_a_part(desk: Desk) -> None:
    desk.alt("A")
    assert desk.page.authorisation.sheet.isVisible()
    desk.keys("SSSNNS")
    desk.press(Qt.Key.Key_Escape)
    consent = desk.page.authorisation.consent()
    assert (consent.general, consent.sensitive, consent.sharing) == (True, True, True)
    assert (consent.follow_up, consent.image, consent.statistics) == (False, False, True)
    assert not desk.page.authorisation.sheet.isVisible()
    assert isinstance(desk.focus(), QComboBox)  # the focus is where it was


def test_sensitive_questions_wait_for_leave(desk: Desk) -> None:
    desk.page.more.open_section("health")
    sheet = desk.page.more._sheets["health"]
    assert not sheet.fields.fields["pregnant"].isEnabled()
    assert sheet.fields.fields["health_regime"].isEnabled()
    desk.press(Qt.Key.Key_Escape)
    desk.page.authorisation.sensitive.setFocus()
    desk.keys("S")
    desk.page.more.open_section("health")
    assert sheet.fields.fields["pregnant"].isEnabled()


def test_sections_open_by_their_letter_and_their_answers_are_saved(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.alt("M")
    desk.keys("V")
    assert desk.page.more._sheets["contact"].isVisible()
    desk.keys("Los Robles\tCalle 1")
    desk.press(Qt.Key.Key_Escape)
    desk.save()
    page = _person(place, "Urdaneta")
    assert page.fact.neighbourhood == "Los Robles"
    assert page.household is not None
    assert page.household.address == "Calle 1"


def test_services_are_picked_after_alt_s(desk: Desk) -> None:
    desk.alt("S")
    desk.keys("4b")
    assert desk.page.services.chosen() == ("EDU-CUPO", "BANCO")


def test_people_who_are_here_already_show_while_one_types(desk: Desk) -> None:
    _type_mother(desk)
    desk.save()
    desk.keys("PPT\t548219")
    desk.qtbot.waitUntil(lambda: len(desk.page.alike.found) == 1)
    assert desk.page.alike.found[0].name == "Yuleidy del Carmen Urdaneta Villalobos"
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    desk.idle()
    assert desk.page.person.fields.read()["given_names"] == "Yuleidy del Carmen"
    assert not desk.page.person.fields.isEnabled()


def test_a_person_who_comes_back_gets_a_second_slip(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.save()
    first = _person(place, "Urdaneta")
    desk.page.take_returning(first.attendee)
    desk.idle()
    desk.keys("5")
    desk.save()
    again = _person(place, "Urdaneta")
    assert len(again.slips) == 2
    assert [referral.service for referral in again.referrals][-1] == "SAL-VAC"
    assert again.revision == first.revision  # nothing of the person was written anew


def test_letting_go_of_a_person_who_is_another_one(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    desk.save()
    desk.page.take_returning(_person(place, "Urdaneta").attendee)
    desk.idle()
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.person.fields.isEnabled()
    assert desk.page.person.fields.read() == {}


def test_what_is_half_filled_outlives_the_page(desk: Desk, place: Workplace, runner: Runner) -> None:
    _type_mother(desk)
    desk.page.more.show_form({"notes": "llega a las 10"})
    draft = desk.page.draft()
    other = RegisterPage(place, runner, lambda changed: None)
    desk.qtbot.addWidget(other)
    other.restore(draft)
    assert other.person.fields.read() == desk.page.person.fields.read()
    assert other.more.read() == {"notes": "llega a las 10"}
    assert other.authorisation.consent() == desk.page.authorisation.consent()


def test_a_full_disk_leaves_everything_on_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull("No queda espacio.")

    _type_mother(desk)
    before = desk.page.person.fields.read()
    monkeypatch.setattr(register_saving, "register_attendee", full)
    with pytest.raises(DiskFull):
        desk.save()
    assert desk.page.person.fields.read() == before
    assert desk.page.bar.save.isEnabled()
    assert desk.news == []


def test_a_key_held_down_saves_one_person(desk: Desk, place: Workplace) -> None:
    _type_mother(desk)
    for _again in range(3):
        desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.idle()
    with place.store.read() as session:
        assert len(people.find(session, "Urdaneta")) == 1


# -- guards over the catalogue of questions


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_question_has_an_editor_that_gives_back_what_it_shows(
    question: object, qtbot: QtBot, place: Workplace
) -> None:
    from fairclient.domain.questions import Question

    assert isinstance(question, Question)
    answer = answer_for(question, place.clock.today())
    qtbot.addWidget(answer.widget)
    form = _example(question)
    answer.show(form)
    assert answer.read() == form
    answer.show({})
    assert answer.read() == {}


def _example(question: object) -> dict[str, str]:
    from fairclient.domain.questions import Question

    assert isinstance(question, Question)
    codes = [choice.code for choice in question.offered()]
    special = {
        "documents": {
            "documents.0.type": "PA",
            "documents.0.number": "X123",
            "documents.0.country": "VEN",
            "documents.0.expires": "30/05/2031",
            "documents.1.type": "CC",
            "documents.1.number": "1234567",
        },
        "phones": {"phones.0.number": "3995550142", "phones.0.owner": "vecina", "phones.1.number": "399"},
        "municipality": {"municipality": "08758"},
        "birth_date": {"birth_date": "09/04/2011"},
        "functioning": {"functioning": ";".join("123412")},
        "specific_needs": {"specific_needs": ";".join(codes[:2])},
    }
    return special.get(question.key, {question.key: codes[-1] if codes else "Un texto"})


def test_every_kind_of_editor_is_used() -> None:
    assert {question.editor for question in QUESTIONS} == set(EDITORS)


def test_every_control_has_a_name_for_screen_readers(desk: Desk) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in desk.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and isinstance(widget, QLineEdit | QComboBox)
    ]
    assert nameless == []


def test_the_page_needs_no_scrolling_on_an_old_laptop(desk: Desk) -> None:
    bar = desk.page._columns.verticalScrollBar()
    desk.page.resize(1366 - 184, 768 - 52)
    desk.qtbot.waitUntil(lambda: desk.page._columns.columns_for(desk.page.width()) == 3)
    QApplication.processEvents()
    assert bar.maximum() == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [("PPT", "PPT"), ("ti", "TI"), ("pas", "PA"), ("c", "CC"), ("ce", "CE"), ("xxppt", "PPT")],
)
def test_the_type_of_a_paper_is_spelt(desk: Desk, typed: str, code: str) -> None:
    desk.keys(typed)
    assert desk.page.person.fields.read() == {"documents.0.type": code}
    desk.press(Qt.Key.Key_Backspace)
    assert desk.page.person.fields.read() == {}


def test_a_page_that_goes_with_the_focus_in_it_says_nothing(
    qtbot: QtBot, show: Show, place: Workplace, runner: Runner
) -> None:
    page = RegisterPage(place, runner, lambda changed: None)
    over, other = QWidget(), QLineEdit()
    QVBoxLayout(over).addWidget(page)
    show(other)
    show(over)
    qtbot.waitUntil(runner.is_idle)
    page.person.fields.go_to("given_names")
    with qtbot.captureExceptions() as raised:
        delete(over)
        other.setFocus()
        QApplication.processEvents()
    assert raised == []
