"""Segments: a choice of a few, all of them in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.flow import Flow

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Segments(QWidget):
    """One choice of two to six ``(code, words)``.

    One stop for Tab; arrows move, the first letter or the number of a segment chooses it, Delete takes the
    choice away where ``optional``.

    Signals:
        changed(str): the code that is chosen now, "" for none; only when a person did it.
    """

    changed = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, optional: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._codes = [code for code, _words in choices]
        self._buttons = [_Segment(words, self) for _code, words in choices]
        self._chosen = ""
        # Half of the room beside the words may go before a segment stands in a row of its own.
        flow = Flow(self, theme.TIGHT, give=theme.SNUG)
        for button in self._buttons:
            button.clicked.connect(partial(self._clicked, button))
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show()

    def value(self) -> str:
        """The code that is chosen, or ""."""
        return self._chosen

    def set_value(self, code: str) -> None:
        """Choose ``code`` (ValueError for a code that isn't there); "" takes the choice away."""
        if code and code not in self._codes:
            raise ValueError(code)
        self._chosen = code
        self._show()

    def set_long_names(self, names: Mapping[str, str]) -> None:
        """Tell screen readers, and the tip, a whole name where the words are short."""
        for code, button in zip(self._codes, self._buttons, strict=True):
            button.setAccessibleName(names.get(code, button.text()))
            button.setToolTip(names.get(code, ""))

    def setAccessibleName(self, name: str) -> None:
        """Name the group; each segment then says the group's name and its own."""
        super().setAccessibleName(name)
        for button in self._buttons:
            button.setAccessibleDescription(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the segment that stands for the group."""
        self._stop().setFocus(event.reason())

    def key_pressed(self, button: _Segment, event: QKeyEvent) -> bool:
        """Answer a key that was pressed on one of the segments; whether it meant something here."""
        at = self._buttons.index(button)
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._choose((at + step) % len(self._buttons))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._optional:
            self._pick("")
        elif (found := self._by_text(event.text(), at)) is not None:
            self._choose(found)
        else:
            return False
        return True

    def _by_text(self, text: str, at: int) -> int | None:
        text = text.strip().casefold()
        if not text:
            return None
        if text.isdecimal():
            return int(text) - 1 if 0 < int(text) <= len(self._buttons) else None
        count = len(self._buttons)
        # Two segments with one first letter take turns.
        turns = [(at + step) % count for step in range(1, count)] + [at] if self._chosen else range(count)
        return next((n for n in turns if self._buttons[n].text().casefold().startswith(text)), None)

    def _choose(self, at: int) -> None:
        self._buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        self._pick(self._codes[at])

    def _clicked(self, button: _Segment) -> None:
        at = self._buttons.index(button)
        again = self._codes[at] == self._chosen and self._optional
        self._pick("" if again else self._codes[at])

    def _pick(self, code: str) -> None:
        before, self._chosen = self._chosen, code
        self._show()
        if before != code:
            self.changed.emit(code)

    def _stop(self) -> QPushButton:
        return self._buttons[self._codes.index(self._chosen) if self._chosen else 0]

    def _show(self) -> None:
        stop = self._stop()
        for code, button in zip(self._codes, self._buttons, strict=True):
            button.setChecked(code == self._chosen and bool(code))
            tab = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)


class _Segment(QPushButton):
    """One of the choices; a screen reader says whether it is checked, and the name of the group."""

    def __init__(self, words: str, group: Segments) -> None:
        super().__init__(words, group)
        self._group = group
        self.setCheckable(True)
        self.setProperty("look", "segment")
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the words in bold, so that nothing moves when one is chosen."""
        font = self.font()
        edge = int(theme.current().edge_width)
        font.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(self.text()) + 2 * theme.SNUG + 2 * edge
        return QSize(max(width, theme.scaled(32)), theme.scaled(theme.ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the group answer first."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if not (plain and self._group.key_pressed(self, event)):
            super().keyPressEvent(event)
