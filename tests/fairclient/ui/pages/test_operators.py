"""The Operators page by keyboard: access is given, renewed and taken; what may not be is not offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.errors import WrongPassphrase
from fairclient.base.home import Home
from fairclient.store import vault
from fairclient.store.slots import Cost
from fairclient.ui.pages.operators.page import OperatorsPage
from fairclient.ui.pages.operators.sheets import PassphraseSheet
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.banner import Banner
from fairclient.usecases.laptop_people import laptop_people
from fairclient.usecases.resume import resume
from fairclient.usecases.workplace import Workplace
from tests.fairclient.ui.conftest import PASSPHRASE
from tests.fairclient.ui.pages.tent import Hands

LATER, FOCAL = "Supervisora de la tarde (práctica)", "Punto focal de protección (práctica)"
NEW = "una frase para la tarde"
Show = Callable[[QWidget], None]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "Cost", lambda: Cost(passes=1, memory_kib=64, lanes=1))


class AtPage:
    """The page, hands on it, and what the window was told."""

    def __init__(self, qtbot: QtBot, runner: Runner, show: Show, place: Workplace) -> None:
        self.page = OperatorsPage(place, runner, self.told)
        self.changed: list[str] = []
        show(self.page)
        self.hands = Hands(qtbot, self.page, runner)
        self.hands.idle()
        self.page.first_focus().setFocus()

    def told(self, kinds: object) -> None:
        """What the page announces."""
        assert isinstance(kinds, frozenset)
        self.changed += sorted(kinds)
        self.page.heed(kinds)

    @property
    def sheet(self) -> PassphraseSheet:
        """The sheet that is open."""
        assert self.page.sheet is not None and self.page.sheet.isVisible()
        return self.page.sheet

    def line(self, text: str) -> None:
        """Type into the line with the focus, and Enter."""
        self.hands.type(text)
        self.hands.enter()


@pytest.fixture
def at_page(qtbot: QtBot, runner: Runner, show: Show, place: Workplace) -> AtPage:
    """Rosa supervises and opens the page."""
    return AtPage(qtbot, runner, show, place)


def name_of(place: Workplace, name: str) -> str:
    """The id of somebody of the practice fair."""
    return next(one.id for one in laptop_people(place) if one.name == name)


def add(at_page: AtPage) -> None:
    """Give somebody access, by keyboard alone."""
    at_page.hands.press(Qt.Key.Key_F9)
    at_page.hands.press(Qt.Key.Key_Tab)
    for text in (NEW, NEW, PASSPHRASE):
        at_page.line(text)


def test_somebody_gets_access_by_keyboard_alone(at_page: AtPage, place: Workplace) -> None:
    assert at_page.page.here.words() == ["Rosa Elena Pérez. registro, mesa de servicio, supervisión. usted"]
    focal, later = at_page.page.roster.words()
    assert focal.startswith(FOCAL) and later.startswith(LATER)
    # Whose notes are sealed even for supervisors gets access from somebody else.
    assert [button.accessibleDescription() for button in at_page.page.roster.buttons] == [LATER]
    add(at_page)
    assert at_page.changed == ["operator_key"]
    assert at_page.hands.news[0].startswith(f"{LATER} ya puede entrar en este equipo. Bloquee la pantalla")
    assert [words.split(". ")[0] for words in at_page.page.here.words()] == ["Rosa Elena Pérez", LATER]
    assert len(at_page.page.roster.words()) == 1
    assert at_page.page.here.change.hasFocus()  # there is nobody left to add
    at_work = resume(place, NEW, name_of(place, LATER))
    assert (at_work.operator.name, "supervisor" in at_work.operator.roles) == (LATER, True)
    assert at_page.hands.trouble == []


def test_what_is_wrong_is_said_beneath_and_nothing_is_forgotten_in_between(
    at_page: AtPage, place: Workplace
) -> None:
    before = place.home.keys.read_bytes()
    at_page.hands.press(Qt.Key.Key_F9)
    at_page.hands.press(Qt.Key.Key_Tab)
    at_page.line("corta")
    at_page.line("otra")
    at_page.line(PASSPHRASE)
    sheet = at_page.sheet
    assert sheet.field_of(sheet.again).finding() == "Las dos contraseñas no son iguales."
    assert sheet.again.hasFocus()
    sheet.again.clear()
    at_page.line("corta")
    at_page.hands.enter()  # hers is there already
    assert sheet.field_of(sheet.new).finding().startswith("La contraseña es muy corta")
    assert sheet.new.hasFocus()
    at_page.line(NEW)
    sheet.again.clear()
    at_page.line(NEW)
    sheet.own.clear()
    at_page.line("otra que no es")
    assert sheet.field_of(sheet.own).finding().startswith("La contraseña no es correcta.")
    assert (sheet.own.hasFocus(), sheet.new.text()) == (True, NEW)
    assert place.home.keys.read_bytes() == before
    at_page.line(PASSPHRASE)
    assert at_page.changed == ["operator_key"]
    assert at_page.page.sheet is None


def test_a_forgotten_passphrase_and_the_way_out(at_page: AtPage, place: Workplace) -> None:
    add(at_page)
    later = name_of(place, LATER)
    give, _remove = at_page.page.here.buttons
    assert give.accessibleDescription() == LATER
    give.setFocus()
    at_page.hands.press(Qt.Key.Key_Space)
    for text in ("la frase que no olvido", "la frase que no olvido", PASSPHRASE):
        at_page.line(text)
    assert at_page.hands.news[-1].startswith(f"{LATER} tiene contraseña nueva")
    with pytest.raises(WrongPassphrase):
        resume(place, NEW, later)
    assert resume(place, "la frase que no olvido", later).operator.id == later
    at_page.page.here.buttons[1].setFocus()
    at_page.hands.press(Qt.Key.Key_Space)
    at_page.line(PASSPHRASE)
    assert at_page.hands.news[-1].startswith(f"{LATER} ya no entra en este equipo")
    assert len(at_page.page.here.words()) == 1 and len(at_page.page.roster.words()) == 2
    assert at_page.page.roster.add_one.hasFocus()


def test_ones_own_passphrase(
    at_page: AtPage, place: Workplace, practice_home: Home, clock: FixedClock
) -> None:
    at_page.hands.press(Qt.Key.Key_F8)
    for text in (PASSPHRASE, NEW, NEW):
        at_page.line(text)
    assert at_page.hands.news == ["Su contraseña cambió. Vale en este equipo, desde ahora."]
    assert vault.unlock(practice_home, NEW, place.operator.id, clock).operator == place.operator.id


def test_who_only_registers_sees_everybody_and_changes_her_own_alone(
    qtbot: QtBot, runner: Runner, show: Show, place: Workplace
) -> None:
    registrar = replace(place, operator=replace(place.operator, roles=frozenset({"registrar"})))
    at_page = AtPage(qtbot, runner, show, registrar)
    assert len(at_page.page.roster.words()) == 2
    assert at_page.page.here.buttons == at_page.page.roster.buttons == []
    assert not at_page.page.roster.add_one.isVisible()
    at_page.hands.press(Qt.Key.Key_F9)
    assert at_page.page.sheet is None
    assert at_page.page.first_focus() is at_page.page.here.change


def test_what_the_centre_says_meanwhile_is_told_above_the_button(at_page: AtPage, place: Workplace) -> None:
    with place.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE operator SET revoked = 1 WHERE name = ?", (LATER,))
    place.store._remembered.clear()
    add(at_page)
    notice = at_page.sheet.findChild(Banner)
    assert isinstance(notice, Banner) and "El permiso de" in notice.words()
    assert at_page.hands.trouble == [] and at_page.changed == []
    at_page.hands.press(Qt.Key.Key_Escape)
    at_page.page.refresh()
    at_page.hands.idle()
    assert at_page.page.roster.words()[1].startswith(f"{LATER}. Su permiso para la feria terminó.")
