"""The sheet that erases a person: nothing happens before a reason is chosen, and only some see it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fairclient.store.queries import people
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.person.erase import goes_words, stays_words
from fairclient.usecases.erase_person import WhatGoes
from fairclient.usecases.workplace import Workplace
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import as_role, register


def test_what_goes_is_said_in_a_sentence() -> None:
    found = WhatGoes("x", documents=2, phones=1, slips=0, others=1, household=True, stays=3)
    assert goes_words(found) == (
        "Nombres, fecha de nacimiento, respuestas y notas, 2 documentos, 1 teléfono, "
        "1 autorización o nota sobre ella, la dirección y el teléfono del hogar, donde no queda nadie más."
    )
    assert stays_words(found).startswith("3 asistencias y remisiones")


def test_a_supervisor_erases_by_keyboard_after_saying_why(open_page: Open, point_a: Workplace) -> None:
    done = register(point_a, given_names="Quetzalcanaria")
    hands = open_page(FindPage, point_a)
    page = hands.page
    assert isinstance(page, FindPage)
    page.receive(done.attendee)
    hands.idle()
    hands.control(Qt.Key.Key_Delete)
    hands.idle()
    hands.control(Qt.Key.Key_Return)  # no reason yet: nothing happens
    hands.idle()
    with point_a.store.read() as session:
        assert len(people.find(session, "quetzalcanaria")) == 1
    hands.press(Qt.Key.Key_1)
    hands.control(Qt.Key.Key_Return)
    hands.idle()
    with point_a.store.read() as session:
        assert people.find(session, "quetzalcanaria") == []
    assert "Datos suprimidos" in hands.news[-1]


def test_a_registrar_does_not_see_the_button(open_page: Open, point_a: Workplace) -> None:
    done = register(point_a)
    registrar = as_role(point_a, "registrar")
    hands = open_page(FindPage, registrar)
    page = hands.page
    assert isinstance(page, FindPage)
    page.receive(done.attendee)
    hands.idle()
    assert not page.person.acts.erase.isVisible() and page.person.acts.correct.isVisible()
