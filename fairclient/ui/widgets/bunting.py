"""A string of pennants, as they hang over a fair."""

from __future__ import annotations

from itertools import pairwise
from math import cosh

from PySide6.QtCore import QPointF, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fairclient.ui import theme

_WIDE, _SAG = 34, 34.0
HUNG_AFTER_MS = 120
"""The window takes the first key before it is decorated."""
_INDOORS = ("#0b7a75", "#f0b429", "#f4f2ec", "#d9622b", "#5fb3ab")


class Bunting(QWidget):
    """Decoration only: two strings of pennants over the whole width."""

    def __init__(self, height: int = 132, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._hung = False
        QTimer.singleShot(HUNG_AFTER_MS, self, self._hang)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hang the pennants, once there is time for it."""
        if not self._hung:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._string(painter, -40.0, self.width() * 0.62, 8.0, 0)
        self._string(painter, self.width() * 0.62, self.width() + 60.0, 8.0, 2)
        painter.end()

    def _hang(self) -> None:
        self._hung = True
        self.update()

    def _string(self, painter: QPainter, left: float, right: float, top: float, first: int) -> None:
        count = max(3, round((right - left) / (_WIDE + 10)))
        points = [_hang(left, right, top, step / count) for step in range(count + 1)]
        painter.setPen(QPen(QColor(theme.current().rail_line), 2))
        painter.drawPolyline(QPolygonF(points))
        for at, (one, other) in enumerate(pairwise(points)):
            painter.setPen(QPen(QColor(theme.current().rail), 1))
            painter.setBrush(QColor(_INDOORS[(at + first) % len(_INDOORS)]))
            painter.drawPolygon(_pennant(one, other))


def _hang(left: float, right: float, top: float, share: float) -> QPointF:
    """A point of a hanging string: a catenary between two nails at the same height."""
    across = 2 * share - 1
    return QPointF(left + (right - left) * share, top + _SAG * (cosh(1) - cosh(across)) / (cosh(1) - 1))


def _pennant(one: QPointF, other: QPointF) -> QPolygonF:
    along = other - one
    start, end = one + along * 0.1, one + along * 0.9
    middle = (start + end) / 2
    return QPolygonF([start, end, middle + QPointF(-along.y() * 0.6, abs(along.x()) * 0.95)])
