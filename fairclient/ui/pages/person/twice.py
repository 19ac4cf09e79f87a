"""Whether a person is here twice: who looks like her, and what somebody decided about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.find.results import birth_words
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text
from fairclient.usecases.look_alike import Candidate
from fairclient.usecases.look_twice import Twice


class TwiceCard(Card):
    """The likeliest first: Alt+N says that she isn't the same, Alt+I that she is. Hidden for nobody.

    Signals:
        person_wanted(str): open this person.
        decided(str, bool): this person is, or isn't, the same.
    """

    person_wanted = Signal(str)
    decided = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("¿Está dos veces?"), parent=parent)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.SNUG)
        self.add(self._column)
        self._words: list[str] = []
        self._shown = Twice((), ())
        self.hide()

    def show_twice(self, found: Twice) -> None:
        """Show these; what stands there already is left, and the focus with it."""
        if found == self._shown:
            self.setVisible(bool(self._words))
            return
        self._shown = found
        empty(self._column)
        self._words = []
        for other, name in found.same:
            words = _("Es la misma persona que {name}").format(name=name)
            self._words.append(words)
            self._column.addWidget(self._link(other, words), 0, Qt.AlignmentFlag.AlignLeft)
        for at, candidate in enumerate(found.look):
            self._add(candidate, first=at == 0)
        self.setVisible(bool(self._words))

    def words(self) -> list[str]:
        """What the rows say."""
        return list(self._words)

    def _add(self, candidate: Candidate, *, first: bool) -> None:
        about = (*candidate.documents[:1], birth_words(candidate.birth_date, candidate.birth_estimated, None))
        told = "  ·  ".join(filter(None, (*about, candidate.where_when)))
        why = " · ".join(candidate.why)
        self._words.append(spoken((candidate.name, told, why)))
        self._column.addWidget(self._link(candidate.attendee, candidate.name), 0, Qt.AlignmentFlag.AlignLeft)
        for words, look in ((told, "hint"), (why, "warn")):
            line = Text(words, look, wrap=True)
            line.setContentsMargins(theme.SNUG, 0, 0, 0)
            self._column.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(theme.SNUG)
        for label, key, same in ((_("No es la misma"), "Alt+N", False), (_("Es la misma"), "Alt+I", True)):
            button = ActionButton(label, key if first else "", compact=True)
            button.setAutoDefault(True)
            button.setAccessibleName(f"{label}: {candidate.name}")
            button.clicked.connect(partial(self._decide, candidate.attendee, same))
            row.addWidget(button)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(theme.SNUG, 0, 0, 0)
        self._column.addWidget(holder)

    def _decide(self, other: str, same: bool) -> None:
        self.decided.emit(other, same)

    def _link(self, other: str, words: str) -> QPushButton:
        link = QPushButton(words)
        link.setProperty("look", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAutoDefault(True)
        link.clicked.connect(lambda: self.person_wanted.emit(other))
        return link
