"""A page's content, which scrolls up and down only where the window is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from fairclient.ui import theme


class PageScroll(QScrollArea):
    """Holds ``body``, a column with the margins of a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = _Inner()
        self.body = inner.column
        self.body.setContentsMargins(theme.ROOMY, theme.ROOMY, theme.ROOMY, theme.ROOMY)
        self.body.setSpacing(theme.GAP)
        self.setWidget(inner)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a widget or a layout under what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


class _Inner(QWidget):
    """Asks for the height that its text really needs at this width, not for that of its narrowest form."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the content goes; the height follows from the width."""
        return QSize(self.column.minimumSize().width(), 0)

    def heightForWidth(self, width: int) -> int:
        """The least height at which everything can be read."""
        return self.column.totalMinimumHeightForWidth(width)
