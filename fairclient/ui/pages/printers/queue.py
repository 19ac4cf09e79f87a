"""The card of what waits for paper: each slip, why it waits, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.printers.trouble import DOUBTFUL, reason_words
from fairclient.slips.code import pretty
from fairclient.store import print_jobs
from fairclient.store.print_jobs import PrintJob
from fairclient.store.queries.print_jobs import QueuedSlip
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

SHOWN = 30


class QueueCard(Card):
    """What waits, the oldest first; what may have been printed asks, and is never repeated by itself.

    Signals:
        again(list): print these jobs again; forgotten(list): take these off the queue.
        taken_back(int): have this one back from the system's queue.
    """

    again = Signal(list)
    forgotten = Signal(list)
    taken_back = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Esperan papel"), parent=parent)
        self.now = ActionButton(_("Imprimir lo que espera"), "Ctrl+Enter", icon="printer")
        self._rows = NoteList()
        self._more = Text("", "soft")
        self._empty = EmptyState(
            "done", _("Nada espera papel"), _("Cada ficha nueva sale sola por la impresora elegida.")
        )
        self.buttons: list[_RowButton] = []
        self._shown: list[tuple[object, ...]] | None = None
        self.add(self._empty, 1)
        self.add(self._rows, 1)
        self.add(self._more)
        self.add(self.now)
        self.show_queue([])

    def show_queue(self, queue: Sequence[QueuedSlip]) -> None:
        """Show what isn't on paper; first what asks something.

        What is there already stays: the printer is tried every few seconds, and somebody's focus is on a row.
        """
        known = [_seen(one) for one in queue]
        if known == self._shown:
            return
        self._shown = known
        focused = next((one.place for one in self.buttons if one.hasFocus()), None)
        self.buttons = []
        asking = [one for one in queue if one.job.state == print_jobs.FAILED]
        ordered = [*asking, *(one for one in queue if one.job.state != print_jobs.FAILED)]
        self._rows.show_rows([self._row(one) for one in ordered[:SHOWN]])
        show_if(bool(queue), self._rows)
        show_if(bool(queue), self.now)
        show_if(not queue, self._empty)
        left = len(queue) - SHOWN
        self._more.setText(_("Y {n} más.").format(n=figure(left)))
        show_if(left > 0, self._more)
        self.set_title(_("Esperan papel"), figure(len(queue)) if queue else "")
        for button in self.buttons:
            if button.place == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()

    def _row(self, queued: QueuedSlip) -> NoteRow:
        job = queued.job
        name = "  ".join(filter(None, (queued.turn, queued.display_name)))
        if not name and queued.code:
            name = f"{_('Registro sin terminar')}  {pretty(queued.code)}"
        name = name or _("Ficha de otro equipo")
        icon, role, what, do = _said(job)
        row = NoteRow(icon, role, name, f"{what} {do}".strip(), _("copia") if job.again else "")
        actions = QHBoxLayout()
        actions.setSpacing(theme.SNUG)
        for words, act in self._actions(job):
            button = _RowButton(words, (job.number, words))
            button.setAccessibleDescription(name)
            button.clicked.connect(act)
            actions.addWidget(button)
            self.buttons.append(button)
        actions.addStretch(1)
        row.lines.addSpacing(theme.TIGHT)
        row.lines.addLayout(actions)
        return row

    def _actions(self, job: PrintJob) -> list[tuple[str, Callable[[], None]]]:
        again = partial(self.again.emit, [job.number])
        forget = partial(self.forgotten.emit, [job.number])
        if job.ref:
            return [(_("Sacarla de esa cola"), partial(self.taken_back.emit, job.number))]
        if job.state != print_jobs.FAILED:
            return [(_("No imprimirla"), forget)]
        if job.reason in DOUBTFUL:
            return [(_("Sí salió"), forget), (_("Reimprimir"), again)]
        return [(_("Reintentar"), again), (_("No imprimirla"), forget)]


class _RowButton(ActionButton):
    """An action of a row; ``place`` finds it again when the rows are drawn anew."""

    def __init__(self, words: str, place: tuple[int, str]) -> None:
        super().__init__(words, compact=True)
        self.place = place


def _seen(queued: QueuedSlip) -> tuple[object, ...]:
    """All of a job that its row shows."""
    job = queued.job
    return job.number, job.state, job.reason, job.ref, job.again, queued.turn, queued.display_name


def _said(job: PrintJob) -> tuple[str, str, str, str]:
    """Drawing, its colour, what happened, and what to do."""
    if job.state == print_jobs.FAILED:
        return ("warn", "warn_ink", *reason_words(job.reason))
    if job.ref:
        return "printer", "accent_ink", _("Está en la cola de la impresora del sistema."), ""
    if job.state == print_jobs.SENT:
        return "printer", "accent_ink", _("Se está imprimiendo."), ""
    what = reason_words(job.reason)[0] if job.reason else _("Espera su turno.")
    return "clock", "ink_soft", what, ""
