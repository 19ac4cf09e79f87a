"""A desk's line on the board of turns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from fairclient.base.words import _
from fairclient.store.queries.board import DeskLine
from fairclient.ui import theme

_NOBODY = "–"
_BETWEEN = "   "
_GAP = 24


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
        # As many turns as there is room for; they never push the screen's edge away.
        self._next.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._following: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(_GAP)
        row.addWidget(self._letter)
        row.addWidget(self._turn)
        row.addWidget(self._next, 1)

    def show_line(self, line: DeskLine) -> None:
        """Show whom this desk called."""
        self._turn.setText(line.turn or _NOBODY)
        self._following = line.following
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of the next ones as fit."""
        super().resizeEvent(event)
        self._fit()

    def words(self) -> str:
        """The line as it is read aloud."""
        desk = _("mesa {letter}").format(letter=self.letter)
        turns = ", ".join(self._following)
        following = _("siguen {turns}").format(turns=turns) if turns else ""
        return ", ".join(filter(None, (desk, self._turn.text().strip(_NOBODY), following)))

    def set_letters(self, large: float, small: float) -> None:
        """Letters of this height, in pixels."""
        for label, pixels in ((self._letter, large), (self._turn, large), (self._next, small)):
            set_pixels(label, pixels)
        self._letter.setFixedWidth(round(large * 1.4))
        self._turn.setFixedWidth(round(large * 3.2))
        self._fit()

    def _fit(self) -> None:
        self._next.ensurePolished()
        metrics = self._next.fontMetrics()
        room = self.width() - self._letter.width() - self._turn.width() - 2 * _GAP
        shown = list(self._following)
        while shown and metrics.horizontalAdvance(_BETWEEN.join(shown)) > room:
            shown.pop()
        self._next.setText(_BETWEEN.join(shown))


def set_pixels(label: QLabel, pixels: float) -> None:
    """Give a label letters so high; by a style of its own, because the window's wins over a font."""
    label.setStyleSheet(f"font-size: {max(round(pixels), 8)}px;")
