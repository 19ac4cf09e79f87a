"""Columns that become a pile where the width doesn't do: a small screen, or large letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fairclient.ui import theme


class Columns(QWidget):
    """``parts`` (a widget, its share of the width) side by side from ``narrow`` pixels on, else a pile."""

    def __init__(
        self, parts: Sequence[tuple[QWidget, int]], narrow: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self._parts = [widget for widget, _share in parts]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        for widget, share in parts:
            self._row.addWidget(widget, share)

    def is_pile(self) -> bool:
        """Whether the parts stand beneath each other now."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to become a pile."""
        hint = super().minimumSizeHint()
        widths = [max(part.minimumWidth(), part.minimumSizeHint().width()) for part in self._parts]
        return QSize(max(widths, default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between columns and a pile."""
        way = QBoxLayout.Direction
        pile = event.size().width() < theme.scaled(self._narrow)
        if pile != self.is_pile():
            self._row.setDirection(way.TopToBottom if pile else way.LeftToRight)
        super().resizeEvent(event)
