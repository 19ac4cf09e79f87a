"""A line or a paragraph of text in one of the looks of the style sheet."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fairclient.ui import theme

_LEAST = 48
"""Pixels; a shortened text needs at least so many."""


class Text(QLabel):
    """Plain text (never markup, for it may quote what somebody typed).

    ``look`` is one of ``body``, ``label``, ``hint``, ``soft``, ``heading``, ``strong``, ``title``, ``huge``.
    ``elide`` shortens the text by "…" where there is no room, and says all of it in the tip.
    """

    def __init__(
        self,
        text: str = "",
        look: str = "body",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setText(text)
        self.setProperty("look", look)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show ``text``, whatever signs are in it."""
        # Only where there could be markup: Qt's namespace of constants takes a tenth of the start to load.
        if "<" in text:
            self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        super().setText(text)

    def minimumSizeHint(self) -> QSize:
        """A text that may be shortened gives way."""
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def set_look(self, look: str) -> None:
        """Change the look, when it has to."""
        if self.property("look") != look:
            self.setProperty("look", look)
            theme.restyle(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened where that was asked and there is no room."""
        room = self.contentsRect()
        if not self._elide or self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        self.setToolTip(self.text())
        if room.width() < _LEAST:
            return  # two letters and a "…" say nothing
        right = QtCore.Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), right, room.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()
