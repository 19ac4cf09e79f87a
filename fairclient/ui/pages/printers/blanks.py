"""The card of numbered slips that are printed blank, for when every printer is dead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.store.paper_blocks import Blank
from fairclient.ui import theme
from fairclient.ui.folders import documents
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure, first_few
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

COUNTS = ("20", "40", "100")
"""Whole sheets of four."""
TURNS = 12


class BlanksCard(Card):
    """Makes sheets of blank slips, and says which nobody has used.

    Signals:
        wanted(int, object): so many blank slips, as a PDF at this Path.
        voided(list): the Blanks that nobody will use.
    """

    wanted = Signal(int, object)
    voided = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Fichas de papel"), parent=parent)
        self.count = Segments([(count, count) for count in COUNTS], optional=False)
        self.make = ActionButton(_("Preparar hojas"), "Ctrl+H", icon="document", compact=True)
        self.void = ActionButton(_("Anular las que sobran"), icon="void", compact=True)
        self._unused = Text("", "soft", wrap=True)
        self._blanks: list[Blank] = []
        self._lay_out()
        self.make.clicked.connect(self._ask_where)
        self.void.clicked.connect(lambda: self.voided.emit(self._blanks))
        self.show_blanks([])

    def show_blanks(self, blanks: Sequence[Blank]) -> None:
        """Say which were printed and not used."""
        self._blanks = list(blanks)
        show_if(bool(blanks), self.void)
        if not blanks:
            self._unused.setText(_("No hay fichas en blanco reservadas en este equipo."))
            return
        turns = first_few([blank.turn for blank in blanks], TURNS)
        words = _("Sin usar: {n} ({turns})")
        self._unused.setText(words.format(n=figure(len(blanks)), turns=turns))

    def set_busy(self, busy: bool) -> None:
        """Say that sheets are being made."""
        self.make.set_busy(_("Preparando…") if busy else "")

    def words(self) -> str:
        """What is said of the unused ones."""
        return self._unused.text()

    def _ask_where(self) -> None:
        name = str(documents() / _("fichas-en-blanco.pdf"))
        file, _kind = QFileDialog.getSaveFileName(self, _("Guardar las hojas"), name, "PDF (*.pdf)")
        if file:
            self.wanted.emit(int(self.count.value()), Path(file))

    def _lay_out(self) -> None:
        self.add(
            Text(
                _(
                    "Por si ninguna impresora sirve: fichas con turno y código, cuatro por hoja. "
                    "Después se registra a la persona con el código de su ficha."
                ),
                "soft",
                wrap=True,
            )
        )
        self.count.set_value(COUNTS[1])
        self.count.setAccessibleName(_("Cuántas fichas en blanco"))
        row = QHBoxLayout()
        row.setSpacing(theme.SNUG)
        row.addWidget(self.count)
        row.addWidget(self.make)
        row.addStretch(1)
        self.add(row)
        self.add(self._unused)
        below = QHBoxLayout()
        below.addWidget(self.void)
        below.addStretch(1)
        self.add(below)
        self.body.addStretch(1)
