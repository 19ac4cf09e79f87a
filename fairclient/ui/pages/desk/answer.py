"""The desk's answer: a band that is read across a table, what is owed, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets import states
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text
from fairclient.usecases.read_at_desk import DeskService

# Each answer has a colour, a drawing and words of its own; none is told by its colour alone.
_MARKS = {
    "wait": ("desk", "accent_ink"),
    "go": ("person", "on_accent"),
    "done": ("done", "done_ink"),
    "warn": ("warn", "warn_ink"),
    "danger": ("danger", "on_accent"),
}


@dataclass(frozen=True)
class Answer:
    """What the band says. ``level`` is ``wait``, ``go``, ``done``, ``warn`` or ``danger``."""

    level: str
    headline: str
    who: str = ""
    turn: str = ""


class AnswerBand(QFrame):
    """Colour, drawing and words: who, and the turn very large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "answer_band")
        self._mark = Picture("desk", "accent_ink", 64)
        self._headline = Text("", "band_headline", wrap=True)
        self._who = Text("", "band_who", wrap=True)
        self._turn = Text("", "band_turn")
        self._turn.setFont(theme.tabular(self._turn.font()))
        self._turn.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addWidget(self._who)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, theme.SNUG, 24, theme.SNUG)
        row.setSpacing(theme.ROOMY)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self._turn)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Take less height, on a screen that has little."""
        self._mark.setVisible(not compact)
        self.setMinimumHeight(theme.scaled(84 if compact else 148))

    def say(self, answer: Answer) -> None:
        """Show this answer."""
        icon, role = _MARKS[answer.level]
        self._mark.show_picture(icon, role)
        for label, words in (
            (self._headline, answer.headline),
            (self._who, answer.who),
            (self._turn, answer.turn),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(spoken((answer.headline, answer.who, answer.turn)))
        # A screen reader says it at once, wherever it was.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if self.property("level") != answer.level:
            self.setProperty("level", answer.level)
            theme.restyle(self)
            for label in (self._headline, self._who, self._turn):
                theme.restyle(label)

    def level(self) -> str:
        """Which answer it is."""
        return str(self.property("level"))


class Remark(QFrame):
    """A sentence with a drawing: what is odd about a slip, or where to go next."""

    def __init__(self, icon: str, role: str, words: str, look: str = "body") -> None:
        super().__init__()
        self.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(Picture(icon, role, 26 if look == "title" else 22), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(words, look, wrap=True), 1)


class ServiceRow(QPushButton):
    """A service that is owed here, with its state and what was done before; the chosen one is acted upon."""

    def __init__(self, service: DeskService, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = states.look(service.state)
        self.service = service.service
        self.name = service.name
        self.setProperty("look", "service")
        self.setCheckable(True)
        self.setEnabled(service.is_open)
        self.setAccessibleName(spoken((service.name, look.words, note)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(service.name, "strong", elide=True))
        if note:
            lines.addWidget(Text(note, "row_text", elide=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.TIGHT, theme.GAP, theme.TIGHT)
        row.setSpacing(theme.SNUG)
        row.addLayout(lines, 1)
        row.addWidget(Picture(look.icon, look.role, 20))
        row.addWidget(Text(look.words, "soft"))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(theme.scaled(theme.ROW + (24 if note else 12)))


class ServiceRows(QWidget):
    """The services of this desk on the slip; at most one of them is chosen.

    Signals:
        picked(str): somebody chose another service.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ServiceRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SNUG)

    def show_services(self, services: Sequence[tuple[DeskService, str]], chosen: str) -> None:
        """Show these services, each with what was done before in words; ``chosen`` is acted upon."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [ServiceRow(service, note, self) for service, note in services]
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, code=row.service: self._pick(code))
            self._column.addWidget(row)
        self.setVisible(bool(services))
        self._mark(chosen)

    def chosen(self) -> str:
        """The service that is acted upon, or ""."""
        return next((row.service for row in self._rows if row.isChecked()), "")

    def chosen_name(self) -> str:
        """The name of the service that is acted upon, or ""."""
        return next((row.name for row in self._rows if row.isChecked()), "")

    def words(self) -> list[str]:
        """What the rows say."""
        return [row.accessibleName() for row in self._rows]

    def is_empty(self) -> bool:
        """Whether there is no service at all."""
        return not self._rows

    def step(self, by: int) -> None:
        """Choose the next open service (``by`` 1) or the one before (-1)."""
        open_rows = [row for row in self._rows if row.isEnabled()]
        if len(open_rows) > 1:
            at = next((at for at, row in enumerate(open_rows) if row.isChecked()), 0)
            self._pick(open_rows[(at + by) % len(open_rows)].service)

    def _pick(self, code: str) -> None:
        self._mark(code)
        self.picked.emit(code)

    def _mark(self, code: str) -> None:
        for row in self._rows:
            row.setChecked(row.service == code and row.isEnabled())
