"""The three places where a record can be, with large counts that also choose what the list shows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.synchronise.words import PLACES, STICK
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text

FOUR_FROM = 720
"""Logical pixels of width from which the tiles stand in one row."""


class Counts(QWidget):
    """A tile for each place; 1 to 5 choose it for the list, the same key again shows all.

    Signals:
        changed(str): the place that the list shows now, "" for all.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {where: _Tile(where, str(at), self) for at, where in enumerate(PLACES, start=1)}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP)
        for tile in self._tiles.values():
            tile.clicked.connect(lambda _checked=False, where=tile.where: self._choose(where))
        self._tiles[STICK].hide()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside two where four don't fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = len(self._tiles) if self.width() >= theme.scaled(FOUR_FROM) else 2
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, *divmod(at, columns))
        for column, tile in enumerate(self._tiles.values()):
            self._grid.setColumnStretch(column, 1 if column < columns and not tile.isHidden() else 0)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many records are in each place."""
        for where, tile in self._tiles.items():
            tile.show_count(counts.get(where, 0))
        # Few fairs need a stick: its tile is there when something is on one.
        self._tiles[STICK].setVisible(bool(counts.get(STICK)) or self.chosen() == STICK)
        self._fit()

    def chosen(self) -> str:
        """The place that is chosen, or ""."""
        return next((where for where, tile in self._tiles.items() if tile.isChecked()), "")

    def words(self) -> list[str]:
        """What the tiles say."""
        return [tile.accessibleName() for tile in self._tiles.values() if not tile.isHidden()]

    def _choose(self, where: str) -> None:
        for other, tile in self._tiles.items():
            tile.setChecked(other == where and tile.isChecked())
        self.changed.emit(self.chosen())


class _Tile(QPushButton):
    """One place: how many, what that is called and what it means."""

    def __init__(self, where: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.where = where
        self._look = PLACES[where]
        self.setCheckable(True)
        self.setProperty("look", "count")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = Text("0", "figure")
        self._number.setFont(theme.tabular(self._number.font()))
        self._mark = Picture(self._look.icon, self._look.role, 22)
        self._lay_out(key)
        QShortcut(QKeySequence(key), self).activated.connect(self.click)
        self.setAccessibleDescription(_("tecla {key}").format(key=key))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many there are; what needs a look is amber only where there is something."""
        self._number.setText(figure(count))
        self.setAccessibleName(f"{_(self._look.text)}: {count}. {_(self._look.meaning)}")
        level = "warn" if count and self._look.role == "warn_ink" else "plain"
        self._mark.show_picture(self._look.icon, self._look.role if count else "ink_soft")
        if self.property("level") != level:
            self.setProperty("level", level)
            theme.restyle(self)
            theme.restyle(self._number)

    def sizeHint(self) -> QSize:
        """Room for the number and two lines."""
        return QSize(self._column.sizeHint().width(), theme.scaled(104))

    def _lay_out(self, key: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SNUG)
        top.addWidget(self._number)
        top.addStretch(1)
        top.addWidget(KeyCap(key), 0, Qt.AlignmentFlag.AlignTop)
        name = QHBoxLayout()
        name.setSpacing(theme.SNUG - 2)
        name.addWidget(self._mark)
        name.addWidget(Text(_(self._look.text), "row_title", elide=True), 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.ROOMY, theme.SNUG, theme.GAP, theme.SNUG)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(name)
        column.addWidget(Text(_(self._look.meaning), "row_text", elide=True))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
