"""What a scanner types is caught wherever the focus is, and nothing else is spoiled by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.scan_box import ScanBox
from fairclient.ui.widgets.sheet import Sheet

TOKEN = "FR1:6BF N80/J 1*$%:S"


class Counter(QWidget):
    """A page with a box, another editor, a paragraph, buttons and an action with a letter."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed = ""
        self.acted = 0
        self.pressed = 0
        self.scanned: list[str] = []
        self.box = ScanBox(self, self.claim)
        self.editor = QLineEdit()
        self.paragraph = QPlainTextEdit()
        self.button = QPushButton("Botón")
        self.action = ActionButton("Atendido", "S")
        column = QVBoxLayout(self)
        for part in (self.box, self.editor, self.paragraph, self.button, self.action):
            column.addWidget(part)
        self.box.entered.connect(self.scanned.append)
        self.button.clicked.connect(self.press)
        self.action.clicked.connect(self.act)

    def claim(self, text: str) -> bool:
        """Use up the letter F."""
        if text in "Ff":
            self.claimed += text
            return True
        return False

    def press(self) -> None:
        """Count presses of the button."""
        self.pressed += 1

    def act(self) -> None:
        """Count the action's presses."""
        self.acted += 1


@pytest.fixture
def counter(show: Callable[[QWidget], None]) -> Counter:
    """A page on the screen."""
    page = Counter()
    show(page)
    return page


def type_text(text: str, *, enter: bool = True) -> None:
    """Type each sign to what has the focus then."""
    for sign in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, sign)
    if enter:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Return)


@pytest.mark.parametrize("where", ["box", "editor", "button", "action"])
def test_a_token_is_caught(counter: Counter, where: str) -> None:
    getattr(counter, where).setFocus()
    type_text(TOKEN)
    assert counter.scanned == [TOKEN]
    assert (counter.box.text(), counter.editor.text()) == ("", "")
    assert (counter.acted, counter.pressed) == (0, 0)


def test_a_token_is_taken_out_of_what_was_being_typed(counter: Counter) -> None:
    counter.editor.setFocus()
    type_text("Faltan FR", enter=False)
    type_text(TOKEN)
    assert counter.editor.text() == "Faltan FR"
    assert counter.scanned == [TOKEN]


def test_small_letters_of_a_scanner_with_caps_lock(counter: Counter) -> None:
    counter.editor.setFocus()
    type_text(TOKEN.lower())
    assert counter.scanned == [TOKEN.lower()]
    assert counter.editor.text() == ""


def test_a_paragraph_keeps_what_is_typed(counter: Counter) -> None:
    counter.paragraph.setFocus()
    type_text("una nota", enter=False)
    assert counter.paragraph.toPlainText() == "una nota"
    assert counter.box.text() == ""


def test_an_action_keeps_its_letter_until_the_box_has_text(counter: Counter) -> None:
    counter.button.setFocus()
    type_text("s", enter=False)
    assert counter.acted == 1
    type_text("7s", enter=False)
    assert (counter.acted, counter.box.text()) == (1, "7s")


def test_the_page_may_claim_a_letter_without_spoiling_a_token(counter: Counter) -> None:
    counter.button.setFocus()
    type_text("f", enter=False)
    assert (counter.claimed, counter.box.text()) == ("f", "")
    type_text("x", enter=False)
    assert counter.box.text() == "fx"


def test_a_space_presses_a_button_as_everywhere(counter: Counter) -> None:
    counter.button.setFocus()
    type_text(" ", enter=False)
    assert (counter.pressed, counter.box.text()) == (1, "")


def test_a_command_is_not_typing(counter: Counter) -> None:
    counter.button.setFocus()
    QTest.keyClick(counter.button, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert counter.box.text() == ""


def test_undo_belongs_to_the_page_while_the_box_is_empty(counter: Counter) -> None:
    undone: list[bool] = []
    undo = ActionButton("Deshacer", "Ctrl+Z", parent=counter)
    undo.show()
    undo.clicked.connect(lambda: undone.append(True))
    counter.box.setFocus()
    type_text("ABC")
    QTest.keyClick(counter.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (len(undone), counter.box.text()) == (1, "")


def test_nothing_is_caught_under_a_sheet(counter: Counter) -> None:
    sheet = Sheet(counter, "Encima")
    sheet.open()
    type_text("abc", enter=False)
    assert counter.box.text() == ""
    sheet.close_sheet()
    counter.button.setFocus()
    type_text("abc", enter=False)
    assert counter.box.text() == "abc"


def test_a_box_out_of_sight_catches_nothing(counter: Counter) -> None:
    counter.box.hide()
    counter.button.setFocus()
    type_text("abc", enter=False)
    assert counter.box.text() == ""


def test_nothing_is_caught_of_another_page(counter: Counter, show: Callable[[QWidget], None]) -> None:
    other = QWidget()
    button = QPushButton("Otro", other)
    show(other)
    button.setFocus()
    type_text("abc", enter=False)
    assert counter.box.text() == ""


def test_enter_belongs_to_the_text_and_else_to_the_page(counter: Counter) -> None:
    done: list[bool] = []
    enter = ActionButton("Hecho", "Enter", parent=counter)
    enter.show()
    enter.clicked.connect(lambda: done.append(True))
    counter.box.setFocus()
    type_text("ABC")
    assert (counter.scanned, len(done)) == (["ABC"], 0)
    type_text("")
    assert (counter.scanned, len(done)) == (["ABC"], 1)
