"""Tiles in one column or two, gone through by the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fairclient.ui import theme

TWO_FROM = 480
"""Logical pixels of width from which there are two columns."""

_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TileGrid(QWidget):
    """Buttons of one size. Arrows go to the neighbours, Enter presses the one with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SNUG)

    def set_tiles(self, tiles: Sequence[QPushButton], first: int = 0) -> None:
        """Show these; the focus of the grid goes to the one at ``first``."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = list(tiles)
        self._arrange()
        for tile in self._tiles:
            tile.installEventFilter(self)
            tile.show()  # at once, so that it can have the focus at once
        if self._tiles:
            self.setFocusProxy(self._tiles[first])

    def tiles(self) -> list[QPushButton]:
        """The tiles that are shown."""
        return list(self._tiles)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer a key before the tile does, which would go to the next in line by any arrow."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        at = next((at for at, tile in enumerate(self._tiles) if tile is watched), -1)
        key = Qt.Key(event.key())
        step = _ACROSS.get(key, 0) + _DOWN.get(key, 0) * self._columns()
        if at < 0 or (not step and key not in _ENTER):
            return False
        if not step:
            self._tiles[at].click()
        elif 0 <= at + step < len(self._tiles):
            self._tiles[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two are too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _columns(self) -> int:
        return 2 if self.width() >= theme.scaled(TWO_FROM) else 1

    def _arrange(self) -> None:
        columns = self._columns()
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(at, columns))
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
