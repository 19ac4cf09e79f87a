"""A few answers, each with the number of its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.text import Text
from fairclient.ui.widgets.tile_grid import TileGrid


class Numbered(TileGrid):
    """``(code, words)`` as tiles; the first ten answer to 1 … 9 and 0 while they can be seen.

    Signals:
        chosen(str): the code of an answer.
    """

    chosen = Signal(str)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these answers."""
        self.set_tiles([self._tile(at, code, words) for at, (code, words) in enumerate(choices)])

    def choices(self) -> list[str]:
        """The words of the answers that are shown."""
        return [tile.accessibleName() for tile in self.tiles()]

    def _tile(self, at: int, code: str, words: str) -> QPushButton:
        tile = _Tile(words, str((at + 1) % 10) if at < 10 else "", self)
        tile.clicked.connect(lambda: self.chosen.emit(code))
        return tile


class _Tile(QPushButton):
    """One answer: its number and its words."""

    def __init__(self, words: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SNUG, 0, theme.SNUG, 0)
        row.setSpacing(theme.SNUG)
        cap = KeyCap(key)
        cap.setProperty("look", "tile_key")
        name = Text(words, "tile", elide=True)
        name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if key:
            row.addWidget(cap)
        row.addWidget(name, 1)
        if key:
            self.setAccessibleDescription(_("tecla {key}").format(key=key))
            QShortcut(QKeySequence(key), self).activated.connect(self.click)

    def sizeHint(self) -> QSize:
        """A little taller than an input: these are hit in a hurry."""
        return QSize(160, theme.scaled(theme.ROW + 8))
