"""The header: which fair, which day, and the truth about the network."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.long_date import long_date
from fairclient.ui.widgets.text import Text
from fairclient.ui.widgets.truth_pill import TruthPill


class Header(QFrame):
    """The fair's name and day on the left, ``pill`` on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "header")
        self.setFixedHeight(theme.scaled(52))
        self.pill = TruthPill()
        self._fair = Text("", "fair", elide=True)
        self._day = Text("", "soft")
        self._tag = Text(_("Práctica: datos ficticios"), "tag")
        self._tag.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.ROOMY, 0, theme.ROOMY, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._fair, 1)
        row.addWidget(self._day)
        row.addWidget(self._tag)
        row.addStretch(1)
        row.addWidget(self.pill)

    def show_fair(self, name: str, day: date, *, fictional: bool) -> None:
        """Say which fair it is; a fictional one says so."""
        self._fair.setText(name)
        self._day.setText(long_date(day))
        self._tag.setVisible(fictional)

    def set_narrow(self, narrow: bool) -> None:
        """Say less in a narrow window."""
        self._day.setVisible(not narrow)
        self.pill.set_narrow(narrow)
