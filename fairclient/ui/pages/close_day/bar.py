"""Which day is shown, how it stands, and the keys to the day before and after."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fairclient.base import words
from fairclient.base.clock import zone
from fairclient.base.dates import long_day
from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.pages.close_day.facts import DayFacts
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text


class DayBar(QWidget):
    """The day in words, its state, and the neighbouring days of the fair.

    Signals:
        day_wanted(object): show this day (a date).
    """

    day_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around: dict[int, date | None] = {-1: None, 1: None}
        self._day = Text("", "title")
        self._state = Text("", "soft", wrap=True)
        self._mark = Picture("clock", "ink_soft", 28)
        self.earlier = ActionButton(_("Día anterior"), "Alt+Left")
        self.later = ActionButton(_("Día siguiente"), "Alt+Right")
        self.earlier.clicked.connect(lambda: self._go(-1))
        self.later.clicked.connect(lambda: self._go(1))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._day)
        lines.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._mark)
        row.addLayout(lines, 1)
        row.addWidget(self.earlier)
        row.addWidget(self.later)

    def show_day(self, facts: DayFacts) -> None:
        """Say which day it is and how it stands."""
        day = long_day(facts.day, words.translator(words.language()))
        self._day.setText(_("Hoy, {day}").format(day=day) if facts.day == facts.today else day.capitalize())
        icon, role, state = _state(facts)
        self._mark.show_picture(icon, role)
        self._state.setText(state)
        self.setAccessibleName(f"{self._day.text()}. {state}")
        known = sorted({*facts.days, facts.today})
        self._around[-1] = max((day for day in known if day < facts.day), default=None)
        self._around[1] = min((day for day in known if day > facts.day), default=None)
        self.earlier.setVisible(len(known) > 1)
        self.later.setVisible(len(known) > 1)
        self.earlier.setEnabled(self._around[-1] is not None)
        self.later.setEnabled(self._around[1] is not None)

    def words(self) -> str:
        """The day and its state."""
        return self.accessibleName()

    def _go(self, way: int) -> None:
        if (day := self._around[way]) is not None:
            self.day_wanted.emit(day)


def _state(facts: DayFacts) -> tuple[str, str, str]:
    if not facts.approvals:
        return "clock", "ink_soft", _("Sin cerrar")
    last = facts.approvals[-1]
    at = last.at.astimezone(zone(facts.time_zone)).strftime("%d/%m %H:%M")
    closed = _("Cerrado el {at} por {who}").format(at=at, who=last.who or _("otra persona"))
    if facts.unchanged:
        return "done", "done_ink", closed
    return "warn", "warn_ink", _("{closed}; después llegaron cosas nuevas").format(closed=closed)
