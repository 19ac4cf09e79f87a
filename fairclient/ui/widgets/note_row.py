"""A row of a list that is read: a drawing, what, more about it, and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text


class NoteRow(QFrame):
    """``title`` over ``text``, ``aside`` (a time, a number) at the right; ``role`` colours the drawing."""

    def __init__(
        self,
        icon: str,
        role: str,
        title: str,
        text: str = "",
        aside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "note_row")
        self.setAccessibleName(spoken((title, text, aside)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.SNUG, 0, theme.SNUG)
        row.setSpacing(theme.GAP)
        row.addWidget(Picture(icon, role, 20), 0, Qt.AlignmentFlag.AlignTop)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.lines.addWidget(Text(title, "row_title", wrap=True))
        if text:
            self.lines.addWidget(Text(text, "row_text", wrap=True))
        row.addLayout(self.lines, 1)
        if aside:
            when = Text(aside, "row_aside")
            when.setFont(theme.tabular(when.font()))
            row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)


class NoteList(QWidget):
    """Rows under each other with a hairline between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NoteRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: list[NoteRow]) -> None:
        """Show these rows instead of those that were there."""
        empty(self._column)
        self._rows = list(rows)
        for at, row in enumerate(rows):
            if at:
                self._column.addWidget(_line())
            self._column.addWidget(row)
        self._column.addStretch(1)

    def words(self) -> list[str]:
        """What a screen reader hears, row by row."""
        return [row.accessibleName() for row in self._rows]


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and away."""
    for at in reversed(range(layout.count())):
        item = layout.takeAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("look", "line")
    return line
