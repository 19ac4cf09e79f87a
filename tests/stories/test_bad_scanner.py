"""Fault 45 at the whole window: scanners of another layout, without NULs, cut off, or in the wrong field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import DESK, Settings
from fairclient.store.slots import Cost
from fairclient.ui import theme
from fairclient.ui.main_window import MainWindow
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.ui.pages.find.page import FindPage
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.palette import INDOORS
from fairclient.ui.workspace import Workspace
from fairclient.usecases.practice_fair import practice_fair
from tests.fairclient.documents import papers
from tests.fairclient.ui.pages.tent import register
from tests.stories.conftest import PASSPHRASE

ON_SPANISH = str.maketrans(":-/+*<", "Ñ'-¿(;")
"""What a Spanish computer writes when a scanner thinks of a US keyboard."""
ON_AMERICAN = str.maketrans(":-/+*<", ">/&]}\\")
"""The other way round."""
UNKNOWN = str.maketrans(":-/+*", "=_#~^")
"""A layout that no table knows."""
PASSPORT = papers.td3(number="071945320", names="URDANETA<PAZ<<YORMAN<JOSE")
CEDULA = papers.cedula(finger=b"\x21\x40\x7e" * 121).replace(b"\0", b"").decode("latin-1")
A_HAND_MS, A_SCANNER_MS = 130, 6


class Tent:
    """A registrar at the window, and a colleague whose scanner types wherever the focus is."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window
        self._now = 1000
        self.idle()
        QTest.keyClicks(QApplication.focusWidget() or window, PASSPHRASE)
        self._press(Qt.Key.Key_Return)
        self.idle()
        assert window.workspace is not None
        self.space: Workspace = window.workspace
        self.space.scans.keyboard._now_ms = lambda: self._now

    @property
    def register(self) -> RegisterPage:
        """The registration page."""
        return cast(RegisterPage, self.space.page("register"))

    def open(self, name: str) -> Page:
        """Open a page by its key."""
        self.space.open_page(name)
        self.idle()
        return self.space.current_page()

    def type(self, text: str, gap: int = A_HAND_MS) -> None:
        """Type as a hand does; a line end is Enter and a tab is Tab."""
        for sign in text:
            self._now += gap
            if sign in "\n\t":
                self._press(Qt.Key.Key_Return if sign == "\n" else Qt.Key.Key_Tab)
            else:
                QTest.keyClicks(QApplication.focusWidget() or self._window, sign)

    def scan(self, text: str) -> str:
        """Scan right after a hand's key; returns what the program said in its banner."""
        self._now += A_HAND_MS
        self.type(text + "\n", A_SCANNER_MS)
        self.space.scans.keyboard.finish()  # silence
        self._now += A_HAND_MS
        self.idle()
        return self.space.banner.words() if self.space.banner.isVisible() else ""

    def standing(self) -> list[str]:
        """What stands in every line and every note of every page, sorted."""
        lines = [line.text() for line in self.space.findChildren(QLineEdit)]
        notes = [note.toPlainText() for note in self.space.findChildren(QPlainTextEdit)]
        return sorted(text for text in (*lines, *notes) if text)

    def name(self) -> QLineEdit:
        """Go to the field of the given names and return it."""
        assert self.register.person.fields.go_to("given_names")
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        return line

    def form(self) -> dict[str, str]:
        """What the registration page would save."""
        return dict(self.register.person.fields.read())

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(self._window.runner.is_idle)
        QApplication.processEvents()

    def _press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key)


@pytest.fixture
def tent(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[Tent]:
    home = Home(tmp_path / "home")
    practice_fair(home, PASSPHRASE, clock, "Rosa Ficticia", Cost(passes=1, memory_kib=8, lanes=1)).close()
    settings = Settings(home.settings)
    settings.set(DESK, "*")
    if not qapp.styleSheet() or theme.current() is not INDOORS:
        theme.install(qapp)  # dressing every widget anew takes a second
    window = MainWindow(home, clock, settings)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    yield Tent(qtbot, window)
    window.close()


@pytest.fixture
def token(tent: Tent) -> str:
    """What the slip of somebody who was registered here says."""
    who = register(tent.register.place, ("SAL-AFIL",), given="Yuleidy", surname="Urdaneta")
    return who.slip.token


def test_a_scan_into_a_name_that_is_being_typed_leaves_the_name(tent: Tent, token: str) -> None:
    name = tent.name()
    said = {
        "Es la ficha A-001, de Yuleidy U.": [
            token,
            token.translate(ON_SPANISH),
            token.translate(ON_AMERICAN),
        ],
        "El lector escribe con otro teclado": [token.translate(UNKNOWN)],
        "el código llegó incompleto": [token[:4], token[:40], token[:-1]],
        "La lectura es de otra persona": [PASSPORT, PASSPORT.translate(ON_SPANISH), CEDULA],
        "La lectura llegó incompleta": [PASSPORT[:60], CEDULA[:60]],
    }
    typed = ""
    for letter, (words, scans) in zip("Maria", said.items(), strict=True):
        tent.type(letter)
        typed += letter
        for scan in scans:
            assert words in tent.scan(scan), scan
            assert (tent.standing(), tent.form()) == ([typed], {"given_names": typed}), scan
            assert QApplication.focusWidget() is name


def test_a_document_fills_a_person_whole_or_not_at_all(tent: Tent) -> None:
    """In any layout and without its NULs, with the focus in the wrong field; of a bad reading, nothing."""
    whole: list[dict[str, str]] = []
    for scan in (PASSPORT, PASSPORT.translate(ON_SPANISH), PASSPORT.translate(ON_AMERICAN)):
        tent.name()
        assert tent.scan(scan) == ""
        whole.append(tent.form())
        tent.register.new_family()
    assert whole[0]["documents.0.number"] == "071945320"
    assert (whole[0]["given_names"], whole[0]["first_surname"]) == ("Yorman Jose", "Urdaneta")
    assert whole[1] == whole[2] == whole[0]
    for scan in (PASSPORT[:60], PASSPORT.replace("8507044", "8507045"), CEDULA[:60]):
        tent.name()
        assert "No se llenó ningún campo." in tent.scan(scan)
        assert (tent.standing(), tent.form()) == ([], {})
    assert tent.scan(CEDULA) == ""
    form = tent.form()
    assert (form["documents.0.number"], form["birth_date"]) == ("51907053", "28/01/1967")
    assert (form["given_names"], form["first_surname"]) == ("Maria Gabriela", "Gonzalez")
    assert "separaron" in tent.register.person.fields.fields["given_names"].finding()
    assert set(tent.standing()) <= set(form.values())  # nothing of the frame stands anywhere else


def test_a_burst_without_its_head_is_pointed_out_beneath_the_name(tent: Tent) -> None:
    """Nobody can tell it from quick typing: it stays, in one field only, and is spoken of there."""
    for burst, words in (
        ("R1:6BFOXN", "¿Se escribió ahí otro dato?"),
        (PASSPORT[3:], "y caben 80. Acórtelo."),
    ):
        tent.name()
        tent.scan(burst)
        tent.type("\t")
        (left,) = tent.standing()
        assert left.casefold() == burst.replace("\n", "").casefold()
        assert words in tent.register.person.fields.fields["given_names"].finding()
        tent.register.new_family()


def test_a_burst_on_the_other_pages_leaves_what_was_half_typed(tent: Tent, token: str) -> None:
    tent.name()
    tent.type("Ana")
    desk = cast(DeskPage, tent.open("desk"))
    tent.type("7KQ")
    assert "otro teclado" in tent.scan(token.translate(UNKNOWN))
    assert "incompleta" in tent.scan(PASSPORT[:60])
    tent.scan(token[:40])
    assert "incompleto" in desk.panel.band.accessibleName()
    assert tent.standing() == ["7KQ", "Ana"]
    find = cast(FindPage, tent.open("find"))
    tent.type("Urd")
    assert "otro teclado" in tent.scan(token.translate(UNKNOWN))
    assert "incompleta" in tent.scan(CEDULA[:60])
    tent.scan(token[:40])
    assert "incompleto" in find.notice.words()
    assert tent.standing() == ["7KQ", "Ana", "Urd"]
    tent.open("synchronise")
    before = tent.standing()
    assert "otro teclado" in tent.scan(token.translate(UNKNOWN))
    assert "incompleta" in tent.scan(PASSPORT[:60])
    assert tent.standing() == before
    tent.scan(token.translate(ON_SPANISH))  # a whole slip goes to the desk's panel, and into no field
    assert tent.space.current_page() is desk
    assert tent.standing() == before
