"""The count of a day as an equation that a supervisor can read aloud."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _, ngettext
from fairclient.store.queries.day import Reconciliation
from fairclient.ui import theme
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text

_SIGNS = {
    "issued": "",
    "served": "=",
    "not_served": "+",
    "referred_on": "+",
    "no_show": "+",
    "void": "+",
    "open": "+",
}

NARROWEST = 118
"""Logical pixels for a sign, a number of five figures and the words beneath."""


class EquationCard(Card):
    """Issued = served + not served + referred on + did not come + void + open, and whether it adds up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("La cuenta del día"), parent=parent)
        self._cells = {name: _Cell(name, sign) for name, sign in _SIGNS.items()}
        row = QWidget()
        flow = Flow(row, theme.TIGHT)
        for cell in self._cells.values():
            flow.addWidget(cell)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        self._row = row
        self._mark = Picture("done", "done_ink", 22)
        self._verdict = Text("", "strong", wrap=True)
        self._people = Text("", "soft")
        foot = QHBoxLayout()
        foot.setSpacing(theme.SNUG)
        foot.addWidget(self._mark)
        foot.addWidget(self._verdict, 1)
        foot.addWidget(self._people)
        self.add(row)
        self.add(foot)

    def show_count(self, count: Reconciliation) -> None:
        """Show a day's figures."""
        totals = count.totals()
        for name, cell in self._cells.items():
            cell.show_number(totals[name], "warn" if name == "open" and count.open else "")
        self._mark.show_picture(*(("done", "done_ink") if count.adds_up else ("danger", "danger_ink")))
        self._verdict.setText(_verdict(count))
        people = ngettext("{n} persona registrada", "{n} personas registradas", count.registered)
        slips = ngettext("{n} ficha", "{n} fichas", count.slips)
        self._people.setText(
            f"{people.format(n=figure(count.registered))}  ·  {slips.format(n=figure(count.slips))}"
        )
        self.setAccessibleDescription(self.words())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the equation over the card, as long as it stays on one line."""
        super().resizeEvent(event)
        share = (self._row.width() - theme.TIGHT * len(self._cells)) // len(self._cells)
        for cell in self._cells.values():
            cell.setFixedWidth(max(share, theme.scaled(NARROWEST)))

    def words(self) -> str:
        """The equation as a sentence."""
        said = " ".join(cell.words() for cell in self._cells.values())
        return f"{said}. {self._verdict.text()}"


class _Cell(QWidget):
    """A sign, a number and what it counts."""

    def __init__(self, name: str, sign: str) -> None:
        super().__init__()
        self._name = name
        self._sign = sign
        self._label = Text("", "label")
        self._number = Text("", "figure")
        self._number.setFont(theme.tabular(self._number.font()))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(self._label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SNUG)
        if sign:
            row.addWidget(Text(sign, "sign"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setFixedWidth(theme.scaled(NARROWEST))
        self.show_number(0, "")

    def show_number(self, number: int, level: str) -> None:
        """Show a count; ``level`` "warn" asks for a look."""
        self._number.setText(figure(number))
        self._label.setText(_label(self._name, number))
        self._number.set_look("figure_warn" if level else "figure" if number else "figure_none")

    def words(self) -> str:
        """Sign, number and label."""
        return f"{self._sign} {self._number.text()} {self._label.text()}".strip()


def _label(name: str, number: int) -> str:
    return {
        "issued": ngettext("remisión", "remisiones", number),
        "served": ngettext("atendida", "atendidas", number),
        "not_served": ngettext("no atendida", "no atendidas", number),
        "referred_on": ngettext("remitida", "remitidas", number),
        "no_show": ngettext("no vino", "no vinieron", number),
        "void": ngettext("anulada", "anuladas", number),
        "open": ngettext("abierta", "abiertas", number),
    }[name]


def _verdict(count: Reconciliation) -> str:
    if not count.adds_up:
        return _("La cuenta no cuadra: no cierre todavía y avise a soporte.")
    if count.open:
        words = ngettext(
            "Cuadra. {n} sigue abierta: al cerrar quedará como «no vino».",
            "Cuadra. {n} siguen abiertas: al cerrar quedarán como «no vino».",
            count.open,
        )
        return words.format(n=figure(count.open))
    return _("Cuadra: se sabe qué pasó con cada remisión.")
