"""A small drawing that follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fairclient.ui import icons, theme


class Picture(QWidget):
    """One of our icons, in the palette's colour ``role`` (such as ``ink`` or ``warn_ink``)."""

    def __init__(self, name: str, role: str = "ink", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def show_picture(self, name: str, role: str) -> None:
        """Show another drawing."""
        self._name, self._role = name, role
        self.update()

    @property
    def name(self) -> str:
        """Which drawing it shows."""
        return self._name

    def sizeHint(self) -> QSize:
        """As large as was asked, at the chosen size of letter."""
        side = theme.scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, sharp on this screen; the role ``none`` keeps the place free."""
        if self._role == "none":
            return
        colour = theme.current().tokens()[self._role if self.isEnabled() else "ink_soft"]
        drawn = icons.pixmap(self._name, colour, self.width(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(QRect(0, 0, self.width(), self.height()), drawn)
        painter.end()


def at_top(picture: Picture) -> QVBoxLayout:
    """The drawing beside the first line of a text of several lines."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 2, 0, 0)
    column.addWidget(picture)
    column.addStretch(1)
    return column
