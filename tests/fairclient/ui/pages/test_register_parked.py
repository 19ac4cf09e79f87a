"""A registration is parked, travels, and is taken up by its paper or from the list, on any laptop."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from fairclient.base.errors import BadInput, SayError, SlipRefused
from fairclient.documents.scanned import ScannedSlip
from fairclient.store.queries import drafts, people, person
from fairclient.store.replay import replay
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.draft import Consent
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.park_registration import abandon_registration, end_within
from fairclient.usecases.print_queue import print_queue
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import OTHER_AUTHOR, Hands, Lent, carry, register

SOME = {"given_names": "Yuleidy", "first_surname": "Urdaneta", "sex": "F", "notes": "trae el papel\na las 10"}
AGREED = Consent(general=True, sensitive=False, sharing=True)


def _page(hands: Hands) -> RegisterPage:
    assert isinstance(hands.page, RegisterPage)
    return hands.page


def _park(hands: Hands, form: dict[str, str] = SOME) -> drafts.Parked:
    """Fill in, agree, park by Ctrl+P; what was written."""
    page = _page(hands)
    page.fill(form)
    page.authorisation.set_consent(AGREED)
    page.services.set_chosen(("ORI",))
    hands.control(Qt.Key.Key_P)
    with page.place.store.read() as session:
        return drafts.open_drafts(session)[-1]


def _waiting(place: Workplace) -> list[str]:
    with place.store.read() as session:
        return [one.name for one in drafts.open_drafts(session)]


def _refusal(hands: Hands) -> SayError:
    error = hands.trouble[-1]
    assert isinstance(error, SayError)
    return error


def test_parking_writes_prints_and_makes_room(
    point_a: Workplace, open_page: Open, lent: dict[Page, Lent]
) -> None:
    hands = open_page(RegisterPage, point_a)
    parked = _park(hands)
    page = _page(hands)
    assert page.form.collect().blank
    assert lent[page].paper.slips == [(parked.draft, False)]
    assert parked.fact.form["notes"] == "trae el papel\na las 10"
    assert page.bar.parked.words() == "En pausa: 1" and page.bar.parked.isVisible()
    with point_a.store.read() as session:
        assert people.find(session, "Urdaneta") == []  # nobody is registered yet
    content = slip_content(point_a, parked.draft)
    assert (content.turn, content.desks, content.display_name) == ("", (), "Yuleidy U.")
    assert content.edition == "draft" and content.code == parked.fact.code
    assert [(queued.job.slip, queued.code) for queued in print_queue(point_a)] == [
        (parked.draft, parked.fact.code)
    ]


def test_without_the_authorisation_nothing_travels(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    page = _page(hands)
    page.fill(SOME)
    hands.control(Qt.Key.Key_P)
    assert _waiting(point_a) == []
    assert "Falta leerle la autorización" in page.authorisation._state.text()
    assert page.person.fields.read()["given_names"] == "Yuleidy"


def test_its_paper_brings_it_back_and_saving_ends_it(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    parked = _park(hands)
    page = _page(hands)
    page.take_scan(ScannedSlip(slip_content(point_a, parked.draft).token))
    hands.idle()
    hands.idle()
    draft = page.form.collect()
    assert draft.form == SOME and draft.services == ("ORI",)
    assert draft.consent == AGREED  # the same operator heard it
    page.fill({"profile": "VP", "birth_date": "12/08/1988"})
    page.save()
    hands.idle()
    with point_a.store.read() as session:
        (found,) = people.find(session, "Urdaneta")
        over = drafts.by_id(session, parked.draft)
    assert over is not None
    assert (over.fact.ended, over.fact.attendee) == ("registered", found.attendee)
    assert over.fact.form == {} and over.fact.services == ()
    assert _waiting(point_a) == []


def test_another_laptop_finishes_it_in_the_name_of_who_is_there(
    point_a: Workplace, point_b: Workplace, fair: Fair, open_page: Open
) -> None:
    parked = _park(open_page(RegisterPage, point_a))
    carry(point_a, point_b, fair)
    luz = replace(point_b, operator=replace(point_b.operator, id=OTHER_AUTHOR))
    hands = open_page(RegisterPage, luz)
    page = _page(hands)
    page.parking.show_list()
    hands.idle()
    (row,) = page.parking.sheet.rows
    assert row.go_on.accessibleName().startswith("Yuleidy Urdaneta. ")
    row.go_on.click()
    hands.idle()
    hands.idle()
    draft = page.form.collect()
    assert draft.form == SOME
    assert draft.consent.general is None  # she has not heard it
    assert "Ana de Ensayo" in page.authorisation._state.text()
    page.fill({"profile": "VP", "birth_date": "12/08/1988"})
    page.authorisation.set_consent(AGREED)
    page.save()
    hands.idle()
    carry(point_b, point_a, fair)
    with point_a.store.read() as session:
        over = drafts.by_id(session, parked.draft)
        (found,) = people.find(session, "Urdaneta")
        shown = person.person(session, found.attendee)
    assert over is not None and over.fact.attendee == found.attendee
    assert shown is not None and len(shown.slips) == 1


def test_the_family_comes_back_with_it(point_a: Workplace, open_page: Open) -> None:
    mother = register(point_a, given="Yuleidy", surname="Urdaneta", family="Urdaneta")
    hands = open_page(RegisterPage, point_a)
    page = _page(hands)
    page.take_returning(mother.attendee)
    hands.idle()
    page.save()
    hands.idle()
    page.next_of_family()
    parked = _park(hands, {"given_names": "José", "sex": "M"})
    page.new_family()
    page.parking.take_up(parked.draft)
    hands.idle()
    draft = page.form.collect()
    assert draft.joined and draft.family is not None
    assert draft.family.household == mother.household
    assert [member.attendee for member in draft.family.members] == [mother.attendee]


def test_two_laptops_at_one_are_warned_and_a_second_save_is_stopped(
    point_a: Workplace, point_b: Workplace, fair: Fair, open_page: Open
) -> None:
    here = open_page(RegisterPage, point_a)
    parked = _park(here)
    carry(point_a, point_b, fair)
    there = open_page(RegisterPage, point_b)
    _page(there).parking.take_up(parked.draft)
    there.idle()
    assert there.trouble == []
    carry(point_b, point_a, fair)
    _page(here).parking.take_up(parked.draft)
    here.idle()
    assert _refusal(here).code == "taken-elsewhere" and "punto B" in str(_refusal(here))
    _page(there).fill({"profile": "VP", "birth_date": "12/08/1988"})
    _page(there).save()
    there.idle()
    carry(point_b, point_a, fair)
    _page(here).fill({"profile": "VP", "birth_date": "12/08/1988"})
    _page(here).save()
    here.idle()
    assert _refusal(here).code == "draft-registered"
    with point_a.store.read() as session:
        assert len(people.find(session, "Urdaneta")) == 1
    assert _page(here).person.fields.read()["given_names"] == "Yuleidy"
    _page(here).save()  # it is somebody else, says the registrar
    here.idle()
    with point_a.store.read() as session:
        assert len(people.find(session, "Urdaneta")) == 2


def test_what_both_finish_without_hearing_of_each_other_is_found(
    point_a: Workplace, point_b: Workplace, fair: Fair, open_page: Open
) -> None:
    parked = _park(open_page(RegisterPage, point_a))
    carry(point_a, point_b, fair)
    for place in (point_a, point_b):
        attendee = register(place, given="Yuleidy", surname="Urdaneta").attendee
        with place.store.write(place.operator.id) as work:
            end_within(work, parked.draft, attendee)
    carry(point_a, point_b, fair)
    carry(point_b, point_a, fair)
    for place in (point_a, point_b):
        with place.store.read() as session:
            assert [one.draft for one in drafts.taken_twice(session)] == [parked.draft]


def test_thrown_away_is_forgotten_and_said_twice(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    parked = _park(hands)
    page = _page(hands)
    page.parking.show_list()
    hands.idle()
    (row,) = page.parking.sheet.rows
    row.throw.click()
    hands.idle()
    assert _waiting(point_a) == ["Yuleidy Urdaneta"]
    row.throw.click()
    hands.idle()
    assert _waiting(point_a) == []
    with point_a.store.read() as session:
        over = drafts.by_id(session, parked.draft)
    assert over is not None and over.fact.ended == "abandoned" and over.fact.form == {}
    with pytest.raises(BadInput) as refused:
        abandon_registration(point_a, parked.draft)
    assert refused.value.code == "draft-abandoned"


def test_parked_again_it_keeps_its_paper(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    parked = _park(hands)
    page = _page(hands)
    page.parking.take_up(parked.draft)
    hands.idle()
    page.fill({"second_surname": "Paz"})
    hands.control(Qt.Key.Key_P)
    with point_a.store.read() as session:
        (again,) = drafts.open_drafts(session)
    assert again.fact.code == parked.fact.code
    assert (again.name, again.taken) == ("Yuleidy Urdaneta Paz", "")


def test_a_desk_sends_its_paper_to_the_registration(point_a: Workplace, open_page: Open) -> None:
    parked = _park(open_page(RegisterPage, point_a))
    for text in (slip_content(point_a, parked.draft).token, parked.fact.code):
        with pytest.raises(SlipRefused) as refused:
            read_slip(point_a, text)
        assert refused.value.code == "draft"


def test_a_paper_that_has_not_arrived_says_where_it_is(
    point_a: Workplace, point_b: Workplace, open_page: Open
) -> None:
    parked = _park(open_page(RegisterPage, point_a))
    token = slip_content(point_a, parked.draft).token
    hands = open_page(RegisterPage, point_b)
    _page(hands).take_scan(ScannedSlip(token))
    hands.idle()
    assert _refusal(hands).code == "draft-not-here" and "punto A" in str(_refusal(hands))


def test_who_stands_there_is_not_mixed_with_who_was_parked(point_a: Workplace, open_page: Open) -> None:
    hands = open_page(RegisterPage, point_a)
    parked = _park(hands)
    page = _page(hands)
    page.fill({"given_names": "Ana"})
    page.parking.sheet.open()
    page.parking.sheet.code.setText(parked.fact.code)
    page.parking.sheet.code.returnPressed.emit()
    hands.idle()
    hands.idle()
    assert _refusal(hands).code == "somebody-else"
    assert page.person.fields.read() == {"given_names": "Ana"}


def test_parked_registrations_replay(point_a: Workplace, open_page: Open) -> None:
    parked = _park(open_page(RegisterPage, point_a))
    abandon_registration(point_a, parked.draft)
    assert replay(point_a.store).identical
