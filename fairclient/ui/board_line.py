"""A desk's line on the board of turns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from fairclient.base.words import _
from fairclient.store.queries.board import DeskLine
from fairclient.ui import theme

_NOBODY = "–"


class BoardLine(QFrame):
    """A desk: its letter, whom it called, and who comes next."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.setProperty("look", "board_line")
        self.letter = letter
        self._letter, self._turn, self._next = QLabel(letter), QLabel(_NOBODY), QLabel("")
        for label, look in ((self._letter, "letter"), (self._turn, "turn"), (self._next, "next")):
            label.setProperty("look", f"board_{look}")
            label.setFont(theme.tabular(label.font()))
        self._letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(24)
        row.addWidget(self._letter)
        row.addWidget(self._turn)
        row.addWidget(self._next, 1)

    def show_line(self, line: DeskLine) -> None:
        """Show whom this desk called."""
        self._turn.setText(line.turn or _NOBODY)
        self._next.setText("   ".join(line.following))

    def words(self) -> str:
        """The line as it is read aloud."""
        desk = _("mesa {letter}").format(letter=self.letter)
        following = self._next.text() and _("siguen {turns}").format(turns=self._next.text())
        return ", ".join(filter(None, (desk, self._turn.text().strip(_NOBODY), following)))

    def set_letters(self, large: float, small: float) -> None:
        """Letters of this height, in pixels."""
        for label, pixels in ((self._letter, large), (self._turn, large), (self._next, small)):
            set_pixels(label, pixels)
        self._letter.setFixedWidth(round(large * 1.4))
        self._turn.setFixedWidth(round(large * 3.2))


def set_pixels(label: QLabel, pixels: float) -> None:
    """Give a label letters so high; by a style of its own, because the window's wins over a font."""
    label.setStyleSheet(f"font-size: {max(round(pixels), 8)}px;")
