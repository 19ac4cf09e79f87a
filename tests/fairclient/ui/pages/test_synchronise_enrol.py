"""A supervisor lets another laptop enrol, from the Sync page and by the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from fairclient.base.errors import ServerUnreachable
from fairclient.ui.pages.synchronise import enrol as synchronise_enrol
from fairclient.ui.pages.synchronise.enrol import EnrolSheet
from fairclient.ui.pages.synchronise.page import SynchronisePage
from fairclient.usecases.ask_enrolment_code import SUPERVISE, WORK, AskedCode
from fairclient.usecases.workplace import Workplace
from sync.wire.enrolment_code import as_words, spell
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, as_role

CODE = spell(2**127 + 12345)
GIVEN = AskedCode(CODE, as_words(CODE), "FE1:ABC", "https://central.example:8440", 10)


def opened(open_page: Open, place: Workplace) -> tuple[SynchronisePage, Hands]:
    hands = open_page(SynchronisePage, place)
    assert isinstance(hands.page, SynchronisePage)
    return hands.page, hands


def sheet_of(page: SynchronisePage) -> EnrolSheet:
    (sheet,) = (one for one in page.findChildren(EnrolSheet) if one.isVisible())
    return sheet


@pytest.mark.parametrize("supervises", [False, True])
def test_the_code_is_shown_in_its_three_forms_and_goes_with_the_sheet(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch, supervises: bool
) -> None:
    wanted: list[Any] = []

    def ask(_place: Workplace, roles: tuple[str, ...]) -> AskedCode:
        wanted.append(roles)
        return GIVEN

    monkeypatch.setattr(synchronise_enrol, "ask_enrolment_code", ask)
    page, hands = opened(open_page, point_a)
    hands.control(Qt.Key.Key_I)
    sheet = sheet_of(page)
    assert not sheet.picture.isVisible()
    if supervises:
        hands.press(Qt.Key.Key_Right)
    hands.control(Qt.Key.Key_Return)
    assert wanted == [SUPERVISE if supervises else WORK]
    assert sheet.picture.isVisible() and not sheet.ask.isVisible()
    assert sheet.code.text() == CODE
    assert sheet.words.accessibleName() == as_words(CODE)
    assert "https://central.example:8440" in sheet.until.text() and "10 minutos" in sheet.until.text()
    hands.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    hands.control(Qt.Key.Key_I)
    assert not sheet_of(page).picture.isVisible(), "another laptop needs another code"


def test_without_a_network_it_says_so_and_nothing_is_shown(
    open_page: Open, point_a: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_place: Workplace, _roles: tuple[str, ...]) -> AskedCode:
        raise ServerUnreachable("No hay conexión.")

    monkeypatch.setattr(synchronise_enrol, "ask_enrolment_code", ask)
    page, hands = opened(open_page, point_a)
    hands.control(Qt.Key.Key_I)
    hands.control(Qt.Key.Key_Return)
    assert [str(error) for error in hands.trouble] == ["No hay conexión."]
    assert not any(one.isVisible() for one in page.findChildren(EnrolSheet))


def test_it_is_not_offered_to_who_may_not(open_page: Open, point_a: Workplace) -> None:
    page, hands = opened(open_page, as_role(point_a, "registrar", "desk"))
    assert not page.stations.enrol.isVisible()
    hands.control(Qt.Key.Key_I)
    assert not page.findChildren(EnrolSheet)
