"""The bar at the foot of the registration page: what has been kept, and what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_STATE_FROM, _KEYS_FROM = 960, 880


class RegisterBar(QFrame):
    """Actions, each with its key; at the left the slip that was printed last."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.last_slip = ""
        self.reprint = ActionButton(_("Otra copia"), "F9", icon="printer")
        self._state = Text("", "soft", elide=True)
        self.parked = ActionButton(_("Sin terminar"), "Ctrl+O", icon="later")
        self.park = ActionButton(_("Dejar"), "Ctrl+P")
        self.park.setAccessibleName(_("Dejar este registro sin terminar, con su papel"))
        self.park.setToolTip(_("Dejar este registro sin terminar, con su papel"))
        self.fresh = ActionButton(_("Otra familia"), "Ctrl+Shift+N")
        self.next = ActionButton(_("Sigue la familia"), "Ctrl+N", icon="family")
        self.save = ActionButton(_("Guardar e imprimir"), "Ctrl+Enter", primary=True, icon="printer")
        self._kept = self._saved = self._printer = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.ROOMY, theme.SNUG, theme.ROOMY, theme.SNUG)
        row.setSpacing(theme.SNUG)
        row.addWidget(self.reprint)
        row.addWidget(self.parked)
        row.addWidget(self._state, 1)
        for button in (self.park, self.fresh, self.next, self.save):
            row.addWidget(button)
        self.reprint.hide()

    def say_draft(self, *, kept: bool) -> None:
        """Say that what was typed is kept."""
        self._kept = _("Lo escrito no se pierde al bloquear.") if kept else ""
        self._show()

    def say_saved(self, slip: str, name: str, turn: str) -> None:
        """Say who was saved last, and offer another copy of her slip."""
        self.last_slip = slip
        show_if(True, self.reprint)
        self._saved = _("Última: {name}, turno {turn}.").format(name=name, turn=turn)
        self._show()

    def say_parked(self, count: int) -> None:
        """Say how many registrations wait to be finished."""
        self.parked.set_words(_("Sin terminar: {n}").format(n=count) if count else _("Sin terminar"))

    def say_printer(self, why: str) -> None:
        """Say why slips wait; "" when they don't."""
        self._printer = why
        self._show()

    def fit(self, width: int) -> None:
        """Say less where there is less room: first what is said elsewhere too, then the keys."""
        show_if(width >= theme.scaled(_STATE_FROM), self._state)
        folded = width < theme.scaled(_KEYS_FROM)
        self.reprint.set_folded(folded, _("Copia"))
        self.parked.set_folded(folded, _("Pend."))
        self.park.set_folded(folded, _("Dejar"))
        self.fresh.set_folded(folded, _("Otra"))
        self.next.set_folded(folded, _("Sigue"))
        self.save.set_folded(folded, _("Guardar"))

    def _show(self) -> None:
        self._state.setText(" ".join(filter(None, (self._kept or self._saved, self._printer))))
