"""A button that shows its key and is pressed by it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text


class ActionButton(QPushButton):
    """An action: its words, its key cap and the shortcut itself.

    ``key`` is written as in Qt ("Ctrl+Enter", "F8"); it works while the button can be seen and is enabled.
    A ``primary`` button is the one thing to do next, a ``danger`` one can't be taken back; a
    ``compact`` one is as high as an input. An act that takes a moment calls ``set_busy(words)``.

    Signals: those of QPushButton; ``clicked`` also follows the key.
    """

    def __init__(
        self,
        text: str,
        key: str = "",
        primary: bool = False,
        *,
        icon: str = "",
        compact: bool = False,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._height = theme.ROW if compact else theme.ROW + 4
        self._look = "primary" if primary else "danger" if danger else "plain"
        self.setProperty("look", self._look)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._picture = Picture(icon, self._ink(), 18) if icon else None
        self._label = Text(text, "button")
        self._cap = KeyCap(key_text(key))
        if not key:
            self._cap.hide()
        self._row = QHBoxLayout(self)
        self._lay_out()
        for sequence in _sequences(key):
            self._listen(sequence)
        self._name(text, key)

    def words(self) -> str:
        """What stands on the button."""
        return self._text

    def set_words(self, text: str) -> None:
        """Change what stands on the button."""
        self._text = text
        self._label.setText(text)
        self._name(text, self._cap.text())
        self.updateGeometry()

    def show_key(self, key: str) -> None:
        """Show the key of a shortcut that stands elsewhere, and works while the button is hidden too."""
        self._cap.setText(key_text(key))
        show_if(bool(key), self._cap)
        self._name(self._text, key)

    def set_short(self, short: str) -> None:
        """Say it in ``short``, its key beside it; "" says it in full."""
        self._label.setText(short or self._text)
        self.setToolTip(self._text if short else "")
        self.updateGeometry()

    def set_folded(self, folded: bool, short: str = "") -> None:
        """Say it in ``short`` and leave the key out, where there is little room; the tip says it all."""
        self._label.setText(short if folded and short else self._text)
        show_if(not folded and bool(self._cap.text()), self._cap)
        self.setToolTip(f"{self._text}  {self._cap.text()}" if folded else "")
        self.updateGeometry()

    def set_busy(self, words: str = "") -> None:
        """Say that the act is under way and take no second press; an empty text ends that."""
        self.setEnabled(not words)
        self._label.setText(words or self._text)

    def sizeHint(self) -> QSize:
        """As wide as its words and its key cap."""
        return QSize(self._row.sizeHint().width(), theme.scaled(self._height))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut off."""
        return self.sizeHint()

    def _ink(self) -> str:
        return {"primary": "on_accent", "danger": "danger_ink"}.get(self._look, "accent_ink")

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(theme.ROOMY, 0, theme.GAP if self._cap.text() else theme.ROOMY, 0)
        row.setSpacing(theme.SNUG)
        row.addStretch(1)
        for part in (self._picture, self._label, self._cap):
            if part is not None:
                row.addWidget(part)
        row.addStretch(1)

    def _listen(self, sequence: str) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.setAutoRepeat(False)  # a key held down saves one person, not ten
        shortcut.activated.connect(self.click)

    def _name(self, text: str, key: str) -> None:
        self.setAccessibleName(text)
        self.setAccessibleDescription(key_text(key))


def key_text(key: str) -> str:
    """A key as people read it on their keyboard."""
    return key.replace("Return", "Enter").replace("Meta+", "Win+")


def _sequences(key: str) -> tuple[str, ...]:
    """The sequences of Qt for ``key``: Enter is two keys, the large one and the number pad's."""
    if not key:
        return ()
    return (key, key.replace("Enter", "Return")) if "Enter" in key else (key,)
