"""The columns of the registration page: three in a wide window, two or one in a narrower one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fairclient.ui import theme

THREE_FROM, TWO_FROM = 1040, 660
"""Logical pixels of width from which three, or two, columns have room."""

_ALL = 1000
"""The share of the last card of a column: all the height that is left."""

_SHARES = {3: (40, 41, 19), 2: (1, 1), 1: (1,)}


class RegisterColumns(QScrollArea):
    """Sets ``left`` (who), ``middle`` (what) and ``right`` (already here?) beside each other, or below."""

    def __init__(self, left: Sequence[QWidget], middle: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self._parts = [_pile(left), _pile(middle), _pile(right)]
        self._count = 0
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(theme.ROOMY, theme.GAP, theme.ROOMY, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(0)  # a pile brings the gap beneath it, and takes it away when it goes
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place(3)

    @staticmethod
    def columns_for(width: int) -> int:
        """How many columns have room in ``width`` pixels."""
        return 3 if width >= theme.scaled(THREE_FROM) else 2 if width >= theme.scaled(TWO_FROM) else 1

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll, where there is need, so that ``widget`` can be seen."""
        body = self.widget()
        if body is not None and body.isAncestorOf(widget):
            self.ensureWidgetVisible(widget, 0, theme.scaled(2 * theme.ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the columns anew when their number changes."""
        super().resizeEvent(event)
        count = self.columns_for(self.width())
        if count != self._count:
            self._place(count)

    def _place(self, count: int) -> None:
        self._count = count
        places = {
            3: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
            2: ((0, 0, 2), (1, 1, 1), (0, 1, 1)),
            1: ((1, 0, 1), (2, 0, 1), (0, 0, 1)),
        }[count]
        last = max(row + rows for row, _column, rows in places)
        for part, (row, column, rows) in zip(self._parts, places, strict=True):
            self._grid.addWidget(part, row, column, rows, 1)
            part.set_gap_beneath(row + rows < last)
        for row in range(3):
            self._grid.setRowStretch(row, 1 if row == (0 if count == 3 else 1) else 0)
        for column in range(3):
            shares = _SHARES[count]
            self._grid.setColumnStretch(column, shares[column] if column < count else 0)
            self._grid.setColumnMinimumWidth(column, 1 if column < count else 0)


class _Pile(QWidget):
    """Cards under each other; without one in sight it leaves no gap either."""

    def __init__(self) -> None:
        super().__init__()
        self._beneath = False

    def set_gap_beneath(self, beneath: bool) -> None:
        """Keep away from what stands beneath, if anything does."""
        self._beneath = beneath
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card came or went."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return False

    def _fit(self) -> None:
        cards = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        stands = any(not card.isHidden() for card in cards)
        self.setContentsMargins(0, 0, 0, theme.GAP if stands and self._beneath else 0)


def _pile(widgets: Sequence[QWidget]) -> _Pile:
    pile = _Pile()
    # The shares alone say how wide a column is, whatever stands in it.
    pile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(pile)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP)
    for widget in widgets:
        column.addWidget(widget, _ALL if widget is widgets[-1] else 0)
        widget.installEventFilter(pile)
    column.addStretch(1)  # where the last one is hidden, the others keep their height
    return pile
