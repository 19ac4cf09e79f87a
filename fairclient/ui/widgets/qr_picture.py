"""A QR code on the screen, black on white in every look, as large as it may be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fairclient.slips.qr import Symbol, bars, symbol
from fairclient.ui import theme

QUIET = 4
"""Light modules around it (ISO/IEC 18004)."""


class QrPicture(QWidget):
    """Shows a text as a QR code; ``side`` logical pixels at least."""

    def __init__(self, side: int = 420, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._made: Symbol | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(self.sizeHint())

    def show_text(self, text: str) -> None:
        """Show another text, which fits alphanumeric mode."""
        self._made = symbol(text)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = theme.scaled(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole pixels for each module: a camera reads sharp edges."""
        painter = QPainter(self)
        side = min(self.width(), self.height())
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        painter.fillRect(QRectF(left, top, side, side), QColor(Qt.GlobalColor.white))
        if self._made is None:
            return
        module = max(1, int(side // (self._made.size + 2 * QUIET)))
        offset = (side - module * self._made.size) / 2
        for x, y, length in bars(self._made):
            painter.fillRect(
                QRectF(left + offset + x * module, top + offset + y * module, length * module, module),
                QColor(Qt.GlobalColor.black),
            )
