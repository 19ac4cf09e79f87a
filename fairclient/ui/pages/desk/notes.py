"""The sealed notes of a protection desk: read and written by its focal point, and kept nowhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.desk.words import moment_words
from fairclient.ui.pages.page import Page
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from fairclient.usecases.seal_note import Note, read_notes, seal_note


class NotesSheet(Sheet):
    """What was written about a referral, and a field for more. It is emptied when it is closed."""

    def __init__(self, page: Page, referral: str | None, turn: str, time_zone: str) -> None:
        super().__init__(page, _("Notas selladas del turno {turn}").format(turn=turn))
        self._page, self._referral, self._time_zone = page, referral, time_zone
        self.body.addWidget(
            Text(
                _("Solo las leen los puntos focales de protección de la feria; la central no puede."),
                "soft",
                wrap=True,
            )
        )
        self.rows = NoteList()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.scaled(150))
        self.save = ActionButton(_("Sellar y guardar"), "Ctrl+Enter", primary=True, icon="lock")
        self.save.clicked.connect(self._seal)
        self.text.textChanged.connect(self._look)
        self.body.addWidget(self.rows)
        self.body.addWidget(Field(_("Nota nueva"), self.text))
        self.body.addStretch(1)
        self.done.set_words(_("Volver"))
        self.set_action(self.save)
        self.closed.connect(self.deleteLater)
        self._look()
        self._read()

    def _look(self) -> None:
        self.save.setEnabled(bool(self.text.toPlainText().strip()))

    def _read(self) -> None:
        self._page.ask(read_notes, self._page.place, self._referral, then=self._show)

    def _show(self, notes: tuple[Note, ...]) -> None:
        self.rows.show_rows([self._row(note) for note in notes])
        self.rows.setVisible(bool(notes))

    def _row(self, note: Note) -> NoteRow:
        when = moment_words(note.at, self._time_zone, self._page.place.now())
        if note.text is None:
            words = _("No se selló para usted: pida a quien la escribió que la repita.")
            return NoteRow("lock", "warn_ink", note.author, words, when)
        return NoteRow("lock", "done_ink", note.author, note.text, when)

    def _seal(self) -> None:
        self.save.set_busy(_("Sellando…"))
        words = self.text.toPlainText()
        self._page.ask(
            seal_note, self._page.place, self._referral, words, then=self._sealed, fail=self._failed
        )

    def _sealed(self, _note: str) -> None:
        self.save.set_busy()
        self.text.clear()
        self._page.announce({"sealed"})
        self._read()

    def _failed(self, error: Exception) -> None:
        self.save.set_busy()
        self._page.trouble.emit(error)


def show_notes(page: Page, referral: str | None, turn: str, time_zone: str) -> NotesSheet:
    """Open the notes about a referral over ``page``."""
    sheet = NotesSheet(page, referral, turn, time_zone)
    sheet.open(sheet.text)
    return sheet
