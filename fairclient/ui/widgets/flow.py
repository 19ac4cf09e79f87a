"""A layout that sets things beside each other and begins a new row when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Left to right, then down; each thing is as wide as it wants, rows are ``spacing`` apart.

    To stay in its row a thing may be ``give`` pixels narrower than it wants.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 8, give: int = 0) -> None:
        super().__init__(parent)
        self._give = give
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many things there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The thing at ``index``, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and give the thing at ``index``."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower flow is a taller one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How tall it is when ``width`` pixels wide."""
        return self._place(QRect(0, 0, width, 0), dry=True)

    def setGeometry(self, rect: QRect) -> None:
        """Set everything in its place."""
        super().setGeometry(rect)
        self._place(rect, dry=False)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        return QSize(
            sum(hint.width() for hint in shown) + gaps, max((hint.height() for hint in shown), default=0)
        )

    def minimumSize(self) -> QSize:
        """The widest thing alone."""
        hints = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((hint.width() for hint in hints), default=0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def _place(self, rect: QRect, *, dry: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        end = rect.x() + rect.width()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() - self._give > end:
                x, y, tallest = rect.x(), y + tallest + self.spacing(), 0
            if not dry:
                width = min(size.width(), end - x)
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + self.spacing()
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()
