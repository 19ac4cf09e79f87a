"""The last slips of this desk, and the minute in which the latest can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fairclient.base.words import _
from fairclient.ui.widgets import states
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.text import Text

UNDO_MS = 60_000
KEPT = 7


@dataclass(frozen=True)
class Done:
    """Something that this desk recorded; ``time`` is the time of day, ``text`` what was scanned or typed."""

    outcome: str
    turn: str
    who: str
    service: str
    result: str
    time: str
    reason: str = ""
    text: str = ""


class RecentCard(Card):
    """The newest first; an outcome that was taken back stays, and says so.

    Signals:
        undo_wanted(object): take this ``Done`` back.
    """

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Últimas de esta mesa"), parent=parent)
        self._done: list[Done] = []
        self._undone: set[str] = set()
        self._empty = Text(_("Aquí aparece cada ficha que atienda."), "soft", wrap=True)
        self._rows = NoteList()
        self.undo = ActionButton(_("Deshacer la última"), "Ctrl+Z", icon="undo")
        self.undo.clicked.connect(self._want_undo)
        self.minute = QTimer(self)
        self.minute.setSingleShot(True)
        self.minute.setInterval(UNDO_MS)
        self.minute.timeout.connect(self.undo.hide)
        self.add(self._empty)
        self.add(self._rows)
        self.body.addStretch(1)
        self.add(self.undo)
        self.body.setAlignment(self.undo, Qt.AlignmentFlag.AlignLeft)
        self.undo.hide()

    def add_done(self, done: Done) -> None:
        """Put this on top; for a minute it can be taken back."""
        self._done = [done, *self._done][:KEPT]
        self._show()
        self.undo.show()
        self.minute.start()

    def mark_undone(self, done: Done) -> None:
        """This has been taken back."""
        self._undone.add(done.outcome)
        self.undo.hide()
        self.minute.stop()
        self._show()

    def clear(self) -> None:
        """Another desk begins: what this one did is no business of the next."""
        self._done = []
        self.undo.hide()
        self.minute.stop()
        self._show()

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _want_undo(self) -> None:
        if self._done and self._done[0].outcome not in self._undone:
            self.undo.hide()
            self.undo_wanted.emit(self._done[0])

    def _show(self) -> None:
        self._empty.setVisible(not self._done)
        self._rows.show_rows([self._row(done) for done in self._done])

    def _row(self, done: Done) -> NoteRow:
        look = states.look(done.result)
        title = "  ".join(filter(None, (done.turn, done.who)))
        text = " · ".join(
            filter(None, (done.service, look.words.lower(), done.reason[:1].lower() + done.reason[1:]))
        )
        if done.outcome in self._undone:
            return NoteRow("undo", "warn_ink", title, _("{what}: se deshizo").format(what=text), done.time)
        return NoteRow(look.icon, look.role, title, text, done.time)
