"""The large panel of the desk: the answer, its remarks, the services owed, the actions and their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.desk.answer import Answer, AnswerBand, Remark, ServiceRows
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.big_action import BigAction
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.numbered import Numbered
from fairclient.ui.widgets.text import Text
from fairclient.usecases.read_at_desk import DeskService

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_SLIP = "new"


class DeskPanel(QFrame):
    """What the page shows of a slip.

    Enter presses the button with the focus, which is "served" as soon as there is something to do. So a key
    that is pressed in a hurry does what is highlighted, and nothing else. A key that is held down does it
    once. While the next slip is being read no key acts upon the one before.

    Signals:
        outcome(str, str): a result was chosen, and the reason's code.
        refer_to(str, bool): the code of the service that the person is sent to, and whether on a new slip.
        dismissed(): the slip is put away.
        again_wanted(): what is closed at this desk is to be recorded once more, or opened again.
        hurried(): Enter was pressed while the slip is still being read.
        notes_wanted(): the sealed notes are to be shown.
    """

    outcome = Signal(str, str)
    refer_to = Signal(str, bool)
    dismissed = Signal()
    again_wanted = Signal()
    hurried = Signal()
    notes_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.band = AnswerBand()
        self._said = QWidget()
        self._remarks = QVBoxLayout(self._said)
        self._remarks.setContentsMargins(0, 0, 0, 0)
        self._remarks.setSpacing(theme.SNUG)
        self.services = ServiceRows()
        self._busy = self._reading = False
        self._asking = ""
        self._paper = False
        self._to = ""
        self._reasons: list[tuple[str, str]] = []
        self._destinations: list[tuple[str, str]] = []
        self.serve = BigAction(_("Atendido"), "S", primary=True, icon="done")
        self.not_served = BigAction(_("No se atendió"), "N", icon="cross")
        self.refer = BigAction(_("Remitir"), "O", icon="arrow")
        self.later = BigAction(_("Vuelve luego"), "L", icon="later")
        self.again = BigAction(_("Atender otra vez"), "Ctrl+R", icon="undo")
        self.notes = BigAction(_("Notas selladas"), "Ctrl+T", icon="lock")
        self.put_away = BigAction(_("Otra ficha"), "Esc")
        self.numbered = Numbered()
        self._question = Text("", "title", wrap=True)
        self._hint = Text(_("Enter hace lo que está resaltado."), "hint")
        self._actions, self._questions = QWidget(), QWidget()
        self._lay_out()
        self._wire()

    def set_choices(
        self,
        reasons: Sequence[tuple[str, str]],
        destinations: Sequence[tuple[str, str]],
        *,
        paper: bool = False,
    ) -> None:
        """Give the ``(code, words)`` of the reasons, and of the services that one can be sent to.

        ``paper`` says that a new slip can be given for it.
        """
        self._reasons, self._destinations, self._paper = list(reasons), list(destinations), paper

    def show_answer(
        self,
        answer: Answer,
        remarks: Sequence[Remark] = (),
        services: Sequence[tuple[DeskService, str]] = (),
        chosen: str = "",
    ) -> None:
        """Show an answer; with a ``chosen`` service the actions are there, and the focus is on "served"."""
        self._asking = ""
        self.band.say(answer)
        self._show_remarks(remarks)
        self.services.show_services(services, chosen)
        self._turn_to(self._actions)
        for button in (self.serve, self.not_served, self.refer, self.later):
            button.setVisible(bool(chosen))
        self.refer.setVisible(bool(chosen and self._destinations))
        self._hint.setVisible(bool(chosen))
        self.again.hide()
        self.notes.hide()
        self.put_away.setVisible(answer.level != "wait")
        if chosen:
            self.serve.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """Take no second answer while the first is being written."""
        self._busy = busy

    def set_reading(self, reading: bool) -> None:
        """Do nothing about the slip before while the next one is being read."""
        self._reading = reading

    def is_busy(self) -> bool:
        """Whether an answer is being written: no second one is taken meanwhile."""
        return self._busy

    def offer_again(self, words: str) -> None:
        """Offer to record once more, or to open again, what is closed here."""
        self.again.set_words(words)
        self.again.show()

    def step_back(self) -> None:
        """Leave a question, else put the slip away."""
        if not self._asking:
            self.dismissed.emit()
            return
        if self._asking == "paper":
            self._ask("referred_on")
            return
        self._asking = ""
        self._turn_to(self._actions)
        self.serve.setFocus(Qt.FocusReason.OtherFocusReason)

    def asking(self) -> str:
        """What is being asked: "not_served" (why), "referred_on" (where to), "paper" or ""."""
        return self._asking

    def remarks(self) -> list[str]:
        """What is said beneath the band."""
        return [
            remark.accessibleName() for remark in self._said.findChildren(Remark) if not remark.isHidden()
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose a service, Enter presses the action with the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.services.step(step)
        elif event.key() in _ENTER and isinstance(watched, QPushButton) and not event.isAutoRepeat():
            self._press(watched)
        return bool(step) or event.key() in _ENTER

    def _press(self, button: QPushButton) -> None:
        if self._reading and button is not self.put_away:
            self.hurried.emit()
        else:
            button.click()

    def _ask(self, result: str) -> None:
        if self._reading:
            return
        self._asking = result
        question, choices = {
            "not_served": (_("¿Por qué no se atendió?"), self._reasons),
            "referred_on": (_("¿A qué servicio se remite?"), self._destinations),
            "paper": (_("¿Ficha nueva?"), _papers()),
        }[result]
        self._question.setText(f"{self.services.chosen_name()}  ·  {question}")
        self.numbered.set_choices(choices)
        self._turn_to(self._questions)
        self.numbered.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, result: str) -> None:
        if not self._busy and not self._reading:
            self.outcome.emit(result, "")

    def _answered(self, code: str) -> None:
        if self._busy or self._reading:
            return
        if self._asking == "not_served":
            self.outcome.emit("not_served", code)
        elif self._asking == "referred_on" and self._paper:
            self._to = code
            self._ask("paper")
        elif self._asking == "referred_on":
            self.refer_to.emit(code, False)
        elif self._asking == "paper":
            self.refer_to.emit(self._to, code == _NEW_SLIP)

    def _show_remarks(self, remarks: Sequence[Remark]) -> None:
        empty(self._remarks)
        for remark in remarks:
            self._remarks.addWidget(remark)

    def _buttons(self) -> tuple[BigAction, ...]:
        actions = (self.serve, self.not_served, self.refer, self.later)
        return (*actions, self.again, self.notes, self.put_away)

    def _wire(self) -> None:
        for button in self._buttons():
            button.installEventFilter(self)
        self.serve.clicked.connect(lambda: self._decide("served"))
        self.later.clicked.connect(lambda: self._decide("postponed"))
        self.not_served.clicked.connect(lambda: self._ask("not_served"))
        self.refer.clicked.connect(lambda: self._ask("referred_on"))
        self.again.clicked.connect(self.again_wanted)
        self.notes.clicked.connect(self.notes_wanted)
        self.put_away.clicked.connect(self.step_back)
        self.numbered.chosen.connect(self._answered)

    def _turn_to(self, foot: QWidget) -> None:
        """Show the actions or the question, never both."""
        for widget in (self._actions, self._questions):
            widget.setVisible(widget is foot)
        self._said.setVisible(foot is self._actions)
        self.services.setVisible(foot is self._actions and not self.services.is_empty())

    def _lay_out(self) -> None:
        acts = QVBoxLayout(self._actions)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(theme.SNUG)
        row = Flow(spacing=theme.TIGHT)
        acts.addWidget(self._hint)
        acts.addLayout(row)
        for button in self._buttons():
            row.addWidget(button)
        asked = QVBoxLayout(self._questions)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(theme.SNUG)
        back = ActionButton(_("Volver"), "Esc")
        back.clicked.connect(self.step_back)
        top = QHBoxLayout()
        top.addWidget(self._question, 1)
        top.addWidget(back)
        asked.addLayout(top)
        asked.addWidget(self.numbered)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, theme.ROOMY, 24, theme.ROOMY)
        inner.setSpacing(theme.GAP)
        inner.addWidget(self.services)
        inner.addWidget(self._said)
        inner.addWidget(self._questions)
        inner.addStretch(1)
        inner.addWidget(self._actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(inner, 1)


def _papers() -> list[tuple[str, str]]:
    return [
        (_NEW_SLIP, _("Imprimir una ficha nueva con todo lo que falta")),
        ("", _("Sin papel: le sirve la que tiene")),
    ]
