"""The header: which fair, which day, and the truth about the network."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from fairclient.base.words import _, ngettext
from fairclient.ui import theme
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.long_date import long_date
from fairclient.ui.widgets.showing import show_if
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
        self._fair.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._day = Text("", "soft")
        self._tag = Text(_("Práctica: datos ficticios"), "tag")
        self._tag.hide()
        self._slips = Text("", "tag")
        self._slips.hide()
        for tag in (self._tag, self._slips):
            tag.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.ROOMY, 0, theme.ROOMY, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._fair)
        row.addWidget(self._day)
        row.addWidget(self._tag)
        row.addStretch(1)
        row.addWidget(self._slips)
        row.addWidget(self.pill)

    def show_fair(self, name: str, day: date, *, fictional: bool) -> None:
        """Say which fair it is; a fictional one says so."""
        self._fair.setText(name)
        self._day.setText(long_date(day))
        show_if(fictional, self._tag)

    def show_slips_waiting(self, waiting: int, doubtful: int, why: str) -> None:
        """Say how many slips wait for paper, how many somebody has to look for, and why; 0 takes it away."""
        if doubtful:
            words = ngettext("{n} ficha pudo salir", "{n} fichas pudieron salir", doubtful)
            tip = _("Las personas están guardadas. Mire en Impresoras (F10) si las fichas salieron.")
        else:
            words = ngettext("{n} ficha espera impresora", "{n} fichas esperan impresora", waiting)
            tip = _("Las personas están guardadas. {why} Las fichas se imprimirán solas.").format(why=why)
        self._slips.setText(words.format(n=figure(doubtful or waiting)))
        self._slips.setToolTip(tip)
        self._slips.setAccessibleDescription(tip)
        show_if(bool(waiting or doubtful), self._slips)

    def set_narrow(self, narrow: bool) -> None:
        """Say less in a narrow window."""
        show_if(not narrow, self._day)
        self._tag.setText(_("Práctica") if narrow else _("Práctica: datos ficticios"))
        self.pill.set_narrow(narrow)
