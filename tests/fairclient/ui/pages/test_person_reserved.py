"""Sensitive answers on the person's page: covered, written over without being seen, read by a focal point."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fairclient.domain.catalogues import profiles
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.person.correct import CorrectSheet
from fairclient.ui.pages.person.reserved import ReservedSheet
from fairclient.usecases.read_reserved import read_reserved
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.wire.authorisation import Authorisation
from tests.fairclient.store.making import attendee
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import NOBODY, Hands, as_role


@pytest.fixture
def woman(point_a: Workplace) -> Registered:
    """A woman who allowed that sensitive things are asked, and answered two."""
    said = Authorisation(
        attendee=NOBODY, text_version="es-1", text_digest="ab" * 32, general=True, sensitive=True
    )
    person = attendee(profile=profiles()[0].code, specific_needs=("SV",), ethnicity="4")
    return register_attendee(point_a, Registration(person, ("ORI",), said))


def at_page(open_page: Open, place: Workplace, woman: Registered) -> tuple[FindPage, Hands]:
    """The page of the woman."""
    hands = open_page(FindPage, place)
    assert isinstance(hands.page, FindPage)
    hands.page.receive(woman.attendee)
    hands.idle()
    return hands.page, hands


def test_registrars_see_that_it_is_reserved_and_no_way_in(
    open_page: Open, point_a: Workplace, woman: Registered
) -> None:
    page, hands = at_page(open_page, as_role(point_a, "registrar"), woman)
    assert "Reservado: identidad, necesidades y notas" in page.person.reserved.words()
    assert page.person.reserved.look.isHidden()
    hands.control(Qt.Key.Key_E)
    assert page.person.acts.sheet(ReservedSheet) is None


def test_asked_again_it_is_written_over_without_being_seen(
    open_page: Open, point_a: Workplace, woman: Registered
) -> None:
    page, hands = at_page(open_page, as_role(point_a, "registrar"), woman)
    hands.press(Qt.Key.Key_F9)
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None and sheet.fields is not None
    assert sheet.fields.answers["ethnicity"].read() == {}
    assert "Reservado" in sheet.fields.fields["ethnicity"].finding()
    sheet.fields.go_to("ethnicity")
    hands.type("prefiere")
    hands.press(Qt.Key.Key_Tab)
    hands.control(Qt.Key.Key_Return)
    assert sheet.isHidden()
    told = page.person.timeline.words()[-1]
    assert "Se corrigió: ¿cómo se reconoce" in told and "Prefiere" not in told
    focal = as_role(point_a, "protection")
    assert read_reserved(focal, woman.attendee, "identity") == {"ethnicity": "97"}
    assert read_reserved(focal, woman.attendee, "needs") == {"specific_needs": ["SV"]}


def test_a_focal_point_reads_a_section_and_a_supervisor_sees_who_did(
    open_page: Open, point_a: Workplace, woman: Registered
) -> None:
    page, hands = at_page(open_page, as_role(point_a, "protection"), woman)
    hands.control(Qt.Key.Key_E)
    sheet = page.person.acts.sheet(ReservedSheet)
    assert sheet is not None and sheet.words("needs") == "reservado"
    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert "Sobreviviente de violencia" in sheet.words("needs")
    assert sheet.words("identity") == "reservado"
    hands.press(Qt.Key.Key_Escape)
    assert sheet.words("needs") == ""
    seen, _hands = at_page(open_page, as_role(point_a, "supervisor"), woman)
    assert "lo leyó Ana de Ensayo: necesidades y notas" in seen.person.reserved.words()
    unseen, _hands = at_page(open_page, as_role(point_a, "registrar"), woman)
    assert "lo leyó" not in unseen.person.reserved.words()


def test_who_did_not_allow_it_is_not_asked(open_page: Open, point_a: Workplace) -> None:
    said = Authorisation(attendee=NOBODY, text_version="es-1", text_digest="ab" * 32, general=True)
    done = register_attendee(point_a, Registration(attendee(), ("ORI",), said))
    page, hands = at_page(open_page, point_a, done)
    hands.press(Qt.Key.Key_F9)
    sheet = page.person.acts.sheet(CorrectSheet)
    assert sheet is not None and sheet.fields is not None
    assert not sheet.fields.fields["ethnicity"].isEnabled()
    assert sheet.fields.fields["education"].isEnabled()
    assert page.person.reserved.isHidden()
