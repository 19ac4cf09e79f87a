"""Scanners that type: recognised by time and shape wherever the focus is, and never half in a field."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fairclient.slips.code import human_code
from fairclient.ui.scanning.scan_undo import Undo
from fairclient.ui.scanning.scanner import GAP_MS, SILENCE_MS, Scanner
from fairclient.ui.widgets.scan_box import ScanBox
from tests.fairclient.documents import papers

TOKEN = "FR1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWK G2EP4J0BGJLFX3R3VHXK.PJ:2DPF6"
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Tent:
    """A window with a field, a note, a button and a shortcut, a scanner's clock, and what was scanned."""

    def __init__(self, window: QWidget) -> None:
        self.now = 1000
        self.window = window
        self.line, self.note, self.button = QLineEdit(), QPlainTextEdit(), QPushButton("Guardar")
        column = QVBoxLayout(window)
        for widget in (self.line, self.note, self.button):
            column.addWidget(widget)
        self.acted: list[str] = []
        for key in ("R", "3", "Ctrl+N"):
            QShortcut(QKeySequence(key), window).activated.connect(lambda key=key: self.acted.append(key))
        self.undone = 0
        self.scans: list[str] = []
        self.scanner = Scanner(window, self._state, lambda: self.now)
        self.scanner.scanned.connect(self.scans.append)

    def _state(self) -> Undo | None:
        def undo() -> None:
            self.undone += 1

        return undo

    def type(self, text: str, gap: int = 8) -> None:
        """Type with so many milliseconds between the keys; a line end is Enter."""
        for sign in text:
            self.now += gap
            if sign == "\n":
                QTest.keyClick(self.focus(), Qt.Key.Key_Return)
            elif sign.isascii() and sign.isprintable():
                QTest.keyClicks(self.focus(), sign)  # shortcuts first, as the platform does
            else:
                self.send(Qt.Key.Key_unknown, sign)

    def send(self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press and release a key that no test library knows."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.focus(), QKeyEvent(kind, key, modifiers, text))

    def focus(self) -> QWidget:
        """What gets the next key."""
        return QApplication.focusWidget() or self.window

    def pause(self) -> None:
        """Nothing comes for a while."""
        self.now += 10 * SILENCE_MS
        self.scanner.finish()


@pytest.fixture
def tent(qtbot: QtBot, show: Callable[[QWidget], None]) -> Tent:
    window = QWidget()
    made = Tent(window)
    show(window)
    made.line.setFocus()
    return made


def test_a_token_is_taken_out_of_the_field_and_arrives_whole(tent: Tent) -> None:
    tent.line.setText("Ana María")
    tent.line.setSelection(4, 5)
    tent.type(TOKEN + "\n")
    assert tent.scans == [TOKEN]
    assert tent.line.text() == "Ana María"
    assert tent.line.selectedText() == "María"  # what was marked was not overwritten either


def test_two_line_ends_end_one_scan(tent: Tent) -> None:
    saved: list[bool] = []
    tent.line.returnPressed.connect(lambda: saved.append(True))
    tent.type(TOKEN + "\n\n")
    assert (tent.scans, saved) == ([TOKEN], [])
    tent.pause()
    tent.type("\n")
    assert saved == [True]  # a person's Enter is a person's Enter again


@pytest.mark.parametrize("scan", [TOKEN, human_code("7a1f00c3d4e5f601")], ids=["token", "code"])
@pytest.mark.parametrize("ends", [2, 3, 4])
def test_line_ends_without_a_pause_are_the_scanner_s_however_many(tent: Tent, scan: str, ends: int) -> None:
    pressed: list[bool] = []
    tent.line.returnPressed.connect(lambda: pressed.append(True))
    tent.type(scan + "\n" * ends, gap=GAP_MS)
    assert (tent.scans, pressed) == ([scan], [])
    tent.type("\n", gap=GAP_MS + 1)
    assert pressed == [True]  # a person was quick, and is heard


def test_a_line_feed_that_is_typed_as_a_command_sets_off_nothing(tent: Tent) -> None:
    for key in ("Ctrl+J", "Ctrl+M"):
        QShortcut(QKeySequence(key), tent.window).activated.connect(partial(tent.acted.append, key))
    tent.type(TOKEN + "\n")
    for letter in (Qt.Key.Key_J, Qt.Key.Key_M):
        tent.now += 8
        QTest.keyClick(tent.focus(), letter, CTRL)
    assert (tent.scans, tent.acted) == ([TOKEN], [])
    tent.now += GAP_MS + 1
    QTest.keyClick(tent.focus(), Qt.Key.Key_M, CTRL)
    assert tent.acted == ["Ctrl+M"]


def test_a_box_that_reads_by_itself_hears_one_line_end(qtbot: QtBot, show: Callable[[QWidget], None]) -> None:
    page = QWidget()
    tent = Tent(page)
    box = ScanBox(page)
    heard: list[str] = []
    box.entered.connect(heard.append)
    box.confirmed.connect(lambda: heard.append("Enter"))
    page.layout().addWidget(box)  # type: ignore[union-attr]  # it has one
    tent.scanner.come_first()
    show(page)
    box.setFocus()
    code = human_code("7a1f00c3d4e5f601")
    tent.type(code + "\n\n")
    assert heard == [code]
    tent.type("\n", gap=GAP_MS + 1)
    assert heard == [code, "Enter"]


def test_a_token_without_an_ending_ends_by_silence(tent: Tent, qtbot: QtBot) -> None:
    tent.type(TOKEN)
    assert tent.scans == []
    with qtbot.waitSignal(tent.scanner.scanned):
        pass  # its own timer
    assert tent.scans == [TOKEN]


def test_lines_of_a_document_do_not_end_it(tent: Tent) -> None:
    for zone in (papers.td1(), papers.td3()):
        tent.type(zone + "\n")
        tent.now += 2 * SILENCE_MS
    assert tent.scans == [papers.td1(), papers.td3()]
    assert tent.line.text() == ""


@pytest.mark.parametrize("dropped", [True, False], ids=["nulls-dropped", "nulls-typed"])
def test_the_old_cedula_is_one_scan_with_its_control_signs(tent: Tent, dropped: bool) -> None:
    frame = papers.cedula().decode("latin-1")
    if dropped:
        frame = frame.replace("\0", "")
    for sign in frame:
        tent.now += 5
        if sign == "\0":
            tent.send(Qt.Key.Key_At, sign, CTRL)
        elif ord(sign) < 32:
            key = Qt.Key.Key_Return if sign in "\r\n" else Qt.Key(ord(sign) + 64)
            QTest.keyClick(tent.focus(), key, NONE if sign in "\r\n" else CTRL)
        else:
            tent.type(sign, 0)
    tent.pause()
    assert len(tent.scans) == 1
    assert tent.scans[0].startswith("0330847811")
    assert tent.line.text() == ""
    assert "Ctrl+N" not in tent.acted  # byte 14 is Ctrl+N to a keyboard


def test_shortcuts_do_not_see_a_scan(tent: Tent) -> None:
    tent.button.setFocus()
    tent.type(TOKEN + "\n")
    assert (tent.acted, tent.scans) == ([], [TOKEN])
    assert tent.undone == 1  # what the first sign may have chosen on the page is put back
    tent.pause()
    tent.type("3", gap=400)
    assert tent.acted == ["3"]


def test_a_note_gets_its_text_back(tent: Tent) -> None:
    tent.note.setPlainText("Llega a las dos")
    tent.note.setFocus()
    tent.type(papers.td3() + "\n")
    assert tent.note.toPlainText() == "Llega a las dos"
    assert tent.scans == [papers.td3()]


def test_people_are_never_taken_for_scanners(tent: Tent) -> None:
    for text in ("FR1: nota", "P<VEN", papers.td1().replace("\n", "")):
        tent.line.clear()
        tent.type(text, gap=GAP_MS + 30)
        assert tent.line.text() == text
        tent.pause()
    assert tent.scans == []


@pytest.mark.parametrize(
    "text",
    ["Isabella", "1032456789", "AB123456", "CALLE123456", "Cra 7 # 12-40", "FRANCO", "PAZ<", "Ipiales"],
)
def test_what_is_no_scan_arrives_however_fast(tent: Tent, text: str) -> None:
    tent.type(text + "\n", gap=1)
    assert (tent.line.text(), tent.scans) == (text, [])


def test_a_scan_in_the_middle_of_typing_leaves_what_was_typed(tent: Tent) -> None:
    tent.type("Yuleidy ", gap=120)
    tent.now += 400
    tent.type(TOKEN + "\n")
    tent.now += 400
    tent.type("Paz", gap=120)
    assert (tent.line.text(), tent.scans) == ("Yuleidy Paz", [TOKEN])


def test_a_code_as_fast_as_a_scanner_is_one(tent: Tent) -> None:
    code = human_code("7a1f00c3d4e5f601")
    assert code.isalnum()
    assert not code.isdecimal()
    tent.type(code + "\n", gap=5)
    assert (tent.line.text(), tent.scans) == ("", [code])
    tent.type(code + "\n", gap=200)
    assert (tent.line.text(), tent.scans) == (code, [code])


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (TOKEN, TOKEN.translate(str.maketrans(":-/+*", "Ñ'-¿("))),
        (TOKEN, TOKEN.translate(str.maketrans(":-/+*", "ñ'-¡("))),
        (TOKEN, TOKEN.translate(str.maketrans(":-/+*", ">/&]}"))),
        (papers.td3(), papers.td3().replace("<", ";")),
        (papers.td1(), papers.td1().replace("<", "\\")),
    ],
    ids=["us-spanish", "us-latin-american", "spanish-us", "us-spanish-zone", "spanish-us-zone"],
)
def test_another_keyboard_is_recognised(tent: Tent, meant: str, written: str) -> None:
    tent.type(written + "\n")
    assert tent.scans == [written]
    assert tent.line.text() == ""
    from fairclient.documents.scan import read_scan
    from tests.fairclient.documents.test_scan_cedula import TODAY

    assert read_scan(written, TODAY) == read_scan(meant, TODAY)


def test_the_box_of_slips_and_the_scanner_agree(qtbot: QtBot, show: Callable[[QWidget], None]) -> None:
    page = QWidget()
    tent = Tent(page)
    box = ScanBox(page)
    entered: list[str] = []
    box.entered.connect(entered.append)
    page.layout().addWidget(box)  # type: ignore[union-attr]  # it has one
    tent.scanner.come_first()
    show(page)
    for focus in (tent.button, box, tent.line):
        focus.setFocus()
        tent.type(TOKEN + "\n")
        tent.pause()
        assert (box.text(), entered, tent.line.text()) == ("", [], "")
    assert tent.scans == [TOKEN] * 3
    box.setFocus()
    tent.type("7KQM2X9D4\n", gap=90)  # a person's typing is the box's own
    assert entered == ["7KQM2X9D4"]
