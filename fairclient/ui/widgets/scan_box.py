"""The box for slips: it takes what is typed or scanned anywhere on its page."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from fairclient.ui.widgets.sheet import Sheet

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
# The fourth sign is a colon, or what a scanner makes of it that is set to another keyboard.
_TOKEN_BEGINS = re.compile(r"FR\d.", re.IGNORECASE)
_MAY_BE_TOKEN = re.compile(r"FR?", re.IGNORECASE)
_LONGEST = 1024


class ScanBox(QLineEdit):
    """One line for a slip's QR or code.

    A scanner of the keyboard kind types a token and Enter, wherever the focus happens to be. So what is typed
    on ``page`` outside of an editor comes here; and a token that begins inside another editor is taken out of
    it. Keys that an action of the page has for its shortcut never arrive here; ``claims`` may use up others
    (and says whether it did), without spoiling a token that begins with them.

    Signals:
        entered(str): Enter was pressed on this text; the box is empty again, unless it is to ``keep_text``.
        confirmed(): Enter was pressed on nothing.
    """

    entered = Signal(str)
    confirmed = Signal()

    # Of the class: events still come by while Python takes the box apart and its own attributes are gone.
    _in_sight = False

    def __init__(
        self, page: QWidget, claims: Callable[[str], bool] | None = None, *, keep_text: bool = False
    ) -> None:
        super().__init__()
        self._page = page
        self._keep_text = keep_text
        self._claims = claims or (lambda _text: False)
        self._tail = ""
        self._claimed = ""
        self.setProperty("look", "scan")
        self.setMaxLength(_LONGEST)
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(self._enter)
        program = QApplication.instance()
        assert program is not None
        program.installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        """Keep Enter for the text, if there is one, before a shortcut of the page; leave undo to the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _ENTER and self.text():
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and not self.text():
                event.ignore()
                return False
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch what is typed on the page."""
        # Every event of the program comes by: while the page is out of sight that costs next to nothing.
        if not self._in_sight or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self or not isinstance(watched, QWidget) or not self._is_ours(watched):
            return False
        return self._catch(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch."""
        self._in_sight = True
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch no more."""
        self._in_sight = False
        super().hideEvent(event)

    def _is_ours(self, watched: QWidget) -> bool:
        window = self._page.window()
        if (
            watched.window() is not window
            or not self.isEnabled()
            or QApplication.activeModalWidget() is not None
        ):
            return False
        if any(sheet.isVisible() for sheet in window.findChildren(Sheet)):
            return False
        # Once only: an ignored key is offered to the parents as well.
        return watched is (QApplication.focusWidget() or self._page.window())

    def _catch(self, watched: QWidget, event: QKeyEvent) -> bool:
        text = event.text()
        if not text or not text.isprintable() or event.modifiers() & _COMMAND:
            self._tail = self._claimed = ""
            return False
        self._tail = (self._tail + text)[-4:]
        if isinstance(watched, QLineEdit):
            return self._take_out_of(watched)
        if isinstance(watched, QPlainTextEdit | QTextEdit) or (text == " " and not self.text()):
            return False
        if not self.text() and self._claims(text):
            self._claimed += text
            return True
        begun = self._claimed if _MAY_BE_TOKEN.fullmatch(self._claimed) else ""
        self._begin(self.text() + begun + text)
        return True

    def _take_out_of(self, editor: QLineEdit) -> bool:
        if not _TOKEN_BEGINS.fullmatch(self._tail):
            return False
        begun = self._tail
        for _sign in begun[:-1]:
            editor.backspace()
        self._begin(begun)
        return True

    def _begin(self, text: str) -> None:
        self._tail = self._claimed = ""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(text)
        self.textEdited.emit(text)

    def _enter(self) -> None:
        text = self.text().strip()
        if text and not self._keep_text:
            self.setText("")  # unlike clear(), this leaves nothing to be undone
        if text:
            self.entered.emit(text)
        else:
            self.confirmed.emit()
