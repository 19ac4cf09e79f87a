"""A card: a titled surface for things that belong together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text


class Card(QFrame):
    """A white surface with a title, an optional key cap on the right, and ``body`` for the content."""

    def __init__(self, title: str = "", key_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.ROOMY, theme.SNUG + 2, theme.ROOMY, theme.GAP)
        outer.setSpacing(theme.SNUG)
        self._title = Text(title.upper(), "heading")
        self._note = Text("", "hint")
        self._key = KeyCap(key_hint)
        show_if(bool(key_hint), self._key)
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.SNUG)
        self.header.addWidget(self._title)
        self.header.addWidget(self._note)
        self.header.addStretch(1)
        self.header.addWidget(self._key)
        if title:
            outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SNUG)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str, note: str = "") -> None:
        """Change the title, and the quieter words after it."""
        self.setAccessibleName(title)
        self._title.setText(title.upper())
        self._note.setText(note)

    def set_key_hint(self, key_hint: str) -> None:
        """Change the key cap; an empty text hides it."""
        self._key.setText(key_hint)
        show_if(bool(key_hint), self._key)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a widget or a layout under what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
