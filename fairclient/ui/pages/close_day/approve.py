"""Approving a day: what it means, whose eyes have seen it, and a word that nobody types by accident."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fairclient.base.clock import zone
from fairclient.base.words import _, ngettext
from fairclient.ui.pages.close_day.facts import Approval, DayFacts
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import NoteList, NoteRow


class ApproveCard(Card):
    """The word has to be typed; then Enter or Ctrl+Enter approves.

    Signals:
        approved(str): the day is to be closed, with this note.
    """

    approved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Aprobar y cerrar"), "Alt+C", parent)
        self._notices = NoteList()
        self.note = QLineEdit()
        self.note.setMaxLength(400)
        self.word = QLineEdit()
        self.word.setMaxLength(12)
        self.word.textChanged.connect(self._look_at_word)
        self.word.returnPressed.connect(self._approve)
        self.close_day = ActionButton(
            _("Aprobar y cerrar el día"), "Ctrl+Enter", primary=True, icon="close_day"
        )
        self.close_day.clicked.connect(self._approve)
        self.add(self._notices)
        self.add(Field(_("Nota para la central"), self.note, _("si hay algo que explicar, sin nombres")))
        self.add(Field(_("Escriba {word} para aprobar").format(word=self.expected()), self.word))
        self.add(self.close_day)
        self._look_at_word()

    @staticmethod
    def expected() -> str:
        """The word."""
        return _("CERRAR")

    def show_day(self, facts: DayFacts) -> None:
        """Say what closing this day means."""
        self.set_title(_("Volver a cerrar") if facts.approvals else _("Aprobar y cerrar"))
        self._notices.show_rows(_notices(facts))

    def set_busy(self, busy: bool) -> None:
        """Take no key while the day is being closed."""
        self.word.setEnabled(not busy)
        self.note.setEnabled(not busy)
        self.close_day.set_busy(_("Cerrando…") if busy else "")
        if not busy:
            self._look_at_word()

    def clear(self) -> None:
        """Forget what was typed."""
        self.word.clear()
        self.note.clear()

    def words(self) -> list[str]:
        """What the notices say."""
        return self._notices.words()

    def _look_at_word(self) -> None:
        self.close_day.setEnabled(self.word.text().strip().casefold() == self.expected().casefold())

    def _approve(self) -> None:
        if self.close_day.isEnabled():
            self.approved.emit(self.note.text().strip())


class ClosedCard(Card):
    """Who closed the day and when, and whether four eyes saw it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cierres de este día"), parent=parent)
        self._rows = NoteList()
        self.add(self._rows)

    def show_day(self, facts: DayFacts) -> None:
        """Show the approvals, the latest first; nothing at all where there are none."""
        self.setVisible(bool(facts.approvals))
        self._rows.show_rows([_approval(one, facts.time_zone) for one in reversed(facts.approvals)])

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()


def _approval(approval: Approval, time_zone: str) -> NoteRow:
    at = approval.at.astimezone(zone(time_zone)).strftime("%d/%m %H:%M")
    eyes = (
        _("Firmado; no registró a nadie ese día")
        if approval.four_eyes
        else _("Firmado; también registró ese día: falta otra revisión")
    )
    icon, role = ("done", "done_ink") if approval.four_eyes else ("warn", "warn_ink")
    return NoteRow(icon, role, approval.who or _("Otra persona"), eyes, at)


def _notices(facts: DayFacts) -> list[NoteRow]:
    rows = []
    if facts.approvals:
        rows.append(
            NoteRow(
                "warn",
                "warn_ink",
                _("Después del cierre llegaron cosas nuevas"),
                _("El cierre anterior vale para lo que vio. Uno nuevo aprueba también lo que llegó."),
            )
        )
    rows.append(_eyes(facts.mine))
    if facts.count.open:
        text = ngettext(
            "{n} remisión abierta quedará como «no vino».",
            "{n} remisiones abiertas quedarán como «no vino».",
            facts.count.open,
        )
        rows.append(
            NoteRow(
                "void",
                "warn_ink",
                text.format(n=figure(facts.count.open)),
                _("Si una mesa aún atiende, espere: lo que llegue después vale, y se cierra de nuevo."),
            )
        )
    return rows


def _eyes(mine: int) -> NoteRow:
    if not mine:
        return NoteRow(
            "done",
            "done_ink",
            _("Cuatro ojos: usted no registró a nadie hoy"),
            _("Quien aprueba no es quien registró."),
        )
    text = ngettext("Usted registró {n} persona este día", "Usted registró {n} personas este día", mine)
    return NoteRow(
        "warn",
        "warn_ink",
        text.format(n=figure(mine)),
        _("Puede cerrar; quedará escrito y la central pedirá que otra persona lo revise."),
    )
