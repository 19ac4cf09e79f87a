"""The bar at the foot of the registration page: what has been kept, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text


class RegisterBar(QFrame):
    """Actions, each with its key; at the left the slip that was printed last, and what was paused."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.last_slip = ""
        self.reprint = ActionButton(_("Otra copia"), "F9", icon="printer")
        self.parked = ActionButton(_("En pausa"), icon="later")
        self.park = ActionButton(_("Pausar"), "Ctrl+P")
        self._state = Text("", "soft", elide=True)
        self.fresh = ActionButton(_("Otra familia"), "Ctrl+Shift+N")
        self.next = ActionButton(_("Sigue la familia"), "Ctrl+N", icon="family")
        self.save = ActionButton(_("Guardar e imprimir"), "Ctrl+Enter", primary=True, icon="printer")
        self._buttons = (self.reprint, self.parked, self.park, self.fresh, self.next, self.save)
        self._kept: tuple[str, ...] = ()
        self._saved: tuple[str, ...] = ()
        self._printer = self._waiting = ""
        self._row = QHBoxLayout(self)
        self._lay_out()
        self.park.setToolTip(_("Dejar este registro sin terminar, con su papel"))
        # What is paused elsewhere can be taken up here while nothing is paused here, and no button is shown.
        self.list_paused = QShortcut(QKeySequence("Ctrl+O"), self)
        self.list_paused.setWhatsThis(_("Registros en pausa: retomar uno por su papel o de la lista"))
        self.parked.show_key("Ctrl+O")
        self.reprint.hide()
        self.parked.hide()

    def say_draft(self, *, kept: bool) -> None:
        """Say that what was typed is kept. Called for every key: only a change is laid out."""
        if kept == bool(self._kept):
            return
        told = (_("Lo escrito no se pierde al bloquear ni sin luz."), _("A salvo aquí."))
        self._kept = told if kept else ()
        self._show()

    def say_saved(self, slip: str, name: str, turn: str) -> None:
        """Say who was saved last, and offer another copy of her slip."""
        self.last_slip = slip
        show_if(True, self.reprint)
        said = (_("Última: {name}, turno {turn}."), _("Último turno: {turn}"), "{turn}")
        self._saved = tuple(one.format(name=name, turn=turn) for one in said)
        self.fit(self.width())

    def say_parked(self, count: int) -> None:
        """Say how many registrations wait to be finished."""
        self._waiting = str(count)
        self.parked.set_words(_("En pausa: {n}").format(n=count))
        show_if(count > 0, self.parked)
        self.fit(self.width())

    def say_printer(self, why: str) -> None:
        """Say why slips wait; "" when they don't."""
        self._printer = why
        self._show()

    def fit(self, width: int) -> None:
        """Say less where there is less room: first in fewer words, then without the keys.

        What turns out to have room in full after all says it in full, what is done most often first.
        """
        short = {
            self.reprint: _("Copia"),
            self.parked: self._waiting,
            self.fresh: _("Otra"),
            self.next: _("Sigue"),
            self.save: _("Guardar"),
        }
        for button in self._buttons:
            button.set_folded(False)
            button.set_short("")
        if self._room(width) < 0:
            for button, words in short.items():
                button.set_short(words)
            for button in reversed(short):
                button.set_short("")
                if self._room(width) < 0:
                    button.set_short(short[button])
        if self._room(width) < 0:
            for button in self._buttons:
                button.set_folded(True, short.get(button, ""))
        self._show()

    def _room(self, width: int) -> int:
        """The pixels that the buttons leave."""
        shown = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        margins = self._row.contentsMargins()
        return width - margins.left() - margins.right() - sum(shown) - theme.SNUG * len(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme: its letters may be wider."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self.fit(self.width())

    def _lay_out(self) -> None:
        self._row.setContentsMargins(theme.ROOMY, theme.SNUG, theme.ROOMY, theme.SNUG)
        self._row.setSpacing(theme.SNUG)
        parts: tuple[QWidget, ...] = (self.reprint, self.parked, self._state)
        for part in (*parts, self.park, self.fresh, self.next, self.save):
            self._row.addWidget(part, 1 if part is self._state else 0)
        self._row.insertStretch(3, 0)

    def _show(self) -> None:
        """Say as much as there is room for, and nothing that is cut off."""
        room = self._room(self.width())
        told = self._kept or self._saved or ("",)
        said = [" ".join(filter(None, (one, self._printer))) for one in told] + [self._printer, *told]
        width = self._state.fontMetrics().horizontalAdvance
        self._state.setText(next((one for one in said if width(one) <= room), ""))
