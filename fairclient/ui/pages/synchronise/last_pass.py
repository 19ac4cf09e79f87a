"""The truth in one sentence, the button that synchronises, how far the pass is, and how the last one went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.synchronise.headline import NOTHING, Around, headline
from fairclient.ui.pages.synchronise.words import WEATHER, progress_words, report_lines
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text
from fairclient.usecases.sync_words import refusal

if TYPE_CHECKING:
    from sync.client.report import Progress, SyncReport


class TruthBand(QFrame):
    """Whether everything has arrived, in words that are true, with the one thing to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "truth")
        self._mark = Picture("clock", "accent_ink", 40)
        self._sentence = Text("", "title", wrap=True)
        self._meaning = Text("", "body", wrap=True)
        self.sync = ActionButton(_("Sincronizar ahora"), "Ctrl+S", primary=True, icon="synchronise")
        self.cancel = ActionButton(_("Detener"), "Esc")
        for button in (self.sync, self.cancel):
            button.setAutoDefault(True)  # Enter presses it too
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Avance de la sincronización"))
        self._run = QWidget()
        self._progress = Text("", "soft")
        self._progress.setFont(theme.tabular(self._progress.font()))
        self._lay_out()
        self.set_busy(False)
        self.show_truth(None)

    def show_truth(self, counts: Mapping[str, int] | None, around: Around = NOTHING) -> None:
        """Say where the records are, and what to do about it; None is not known yet."""
        level, icon, sentence, meaning = headline(counts, around)
        role = {"warn": "warn_ink", "done": "done_ink"}.get(level, "accent_ink")
        self._mark.show_picture(icon, role)
        self._sentence.setText(sentence)
        self._meaning.setText(meaning)
        self.setAccessibleName(f"{sentence}. {meaning}")
        self.setProperty("level", level)
        theme.restyle(self)
        for label in (self._sentence, self._meaning):
            theme.restyle(label)

    def words(self) -> str:
        """The sentence."""
        return self._sentence.text()

    def set_busy(self, busy: bool) -> None:
        """Show that a pass is under way, and how to end it."""
        # what goes goes first: showing lays out at once, and nothing shall move twice
        (self.sync if busy else self.cancel).hide()
        (self.cancel if busy else self.sync).show()
        self._run.setVisible(busy)
        if busy:
            self.bar.setRange(0, 0)
            self._progress.setText(_("Buscando la central…"))

    def progress_text(self) -> str:
        """How far the pass is, in words."""
        return self._progress.text()

    def set_stopping(self) -> None:
        """A pass ends at the next batch, not in the middle of one."""
        self._progress.setText(_("Terminando el lote que va en camino…"))

    def show_progress(self, progress: Progress) -> None:
        """Show how far the pass is."""
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self._progress.setText(progress_words(progress))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._meaning)
        run = QHBoxLayout(self._run)
        run.setContentsMargins(0, theme.TIGHT, 0, 0)
        run.setSpacing(theme.GAP)
        run.addWidget(self.bar, 1)
        run.addWidget(self._progress)
        words.addWidget(self._run)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, theme.ROOMY, 24, theme.ROOMY)
        row.setSpacing(theme.ROOMY)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.sync)
        row.addWidget(self.cancel)


class LastPass(Card):
    """How the last pass went: what was sent, acknowledged and received, and what stood in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Última sincronización"), parent=parent)
        self._rows = NoteList()
        self._none = Text(
            _("Todavía no se ha sincronizado desde que se abrió el programa."), "soft", wrap=True
        )
        self._trouble = Banner(closable=False)
        self._trouble.clear()
        self.add(self._none)
        self.add(self._trouble)
        self.add(self._rows)

    def show_report(self, report: SyncReport, time: str) -> None:
        """Show what a pass did; ``time`` is when it ended."""
        self.set_title(_("Última sincronización"), time)
        self._none.hide()
        self._rows.show_rows([NoteRow(*line) for line in report_lines(report)])
        if report.problem is None:
            self._trouble.clear()
            return
        said = refusal(report.problem)
        # without a network nothing is the matter, and the sentence at the top says where the records are
        safe = "" if report.problem.code in WEATHER else said.safe
        self._trouble.say("warn", said.what, safe, said.do)

    def show_practice(self) -> None:
        """A practice fair has no centre."""
        self._none.setText(
            _(
                "Esta es una feria de práctica: no tiene central. "
                "Los datos ficticios se quedan en este equipo."
            )
        )

    def words(self) -> str:
        """All that the card says."""
        said = [self._trouble.words()] if not self._trouble.isHidden() else []
        none = [self._none.text()] if not self._none.isHidden() else []
        return " ".join([*none, *said, *self._rows.words()])
