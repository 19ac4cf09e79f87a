"""The sheet of registrations that wait to be finished."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.clock import zone
from fairclient.base.words import _
from fairclient.slips.code import pretty
from fairclient.store.queries.drafts import Parked
from fairclient.ui import theme
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text
from fairclient.usecases.find_parked import Waiting


class ParkedSheet(Sheet):
    """Each is taken up by Enter, or thrown away in two steps. Signals: those of Sheet, and

    wanted(str): go on with the parked registration with this id.
    thrown_away(str): nobody will finish it.
    code_entered(str): the code of a paper was typed.
    """

    wanted = Signal(str)
    thrown_away = Signal(str)
    code_entered = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Registros sin terminar"))
        self.code = QLineEdit()
        self.code.setMaxLength(40)
        self.code.setFont(theme.tabular(self.code.font()))
        self.code.returnPressed.connect(self._enter)
        self.rows: list[ParkedRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SNUG)
        self._none = EmptyState(
            "done", _("Nada espera"), _("Con Ctrl+P se deja a alguien sin terminar; aquí se retoma.")
        )
        self.body.addWidget(Field(_("Código del papel"), self.code, _("o escanee su QR")))
        self.body.addLayout(self._list)
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def show_parked(self, waiting: Waiting) -> None:
        """List what waits, the oldest first."""
        focused = self.isVisible() and not self.code.hasFocus()
        empty(self._list)
        self.rows = [ParkedRow(one, _hour(one.at, waiting.time_zone)) for one in waiting.parked]
        for row in self.rows:
            row.go_on.clicked.connect(partial(self.wanted.emit, row.parked.draft))
            row.gone.connect(partial(self.thrown_away.emit, row.parked.draft))
            self._list.addWidget(row)
        show_if(not self.rows, self._none)
        if focused:
            self.go_to(self.rows[0].go_on if self.rows else self.code)

    def _enter(self) -> None:
        text = self.code.text().strip()
        if text:
            self.code.clear()
            self.code_entered.emit(text)


class ParkedRow(QWidget):
    """One that waits: name, code, since when and by whom, and what can be done with it.

    Signals:
        gone(): it is to be thrown away, said twice.
    """

    gone = Signal()

    def __init__(self, parked: Parked, hour: str) -> None:
        super().__init__()
        self.parked = parked
        name = parked.name or _("Sin nombre aún")
        about = " · ".join(
            filter(None, (pretty(parked.fact.code), _("punto {point}").format(point=parked.fact.point), hour))
        )
        by = parked.by and _("La dejó {name}.").format(name=parked.by)
        taken = parked.taken and _("La retomaron en el punto {point}.").format(point=parked.taken)
        self.go_on = _tile(name, about, " ".join(filter(None, (by, taken))))
        self.throw = QPushButton(_("Desechar"))
        self.throw.setProperty("look", "link")
        self.throw.setAccessibleName(_("Desechar el registro de {name}").format(name=name))
        self.throw.clicked.connect(self._asked)
        self._sure = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SNUG)
        row.addWidget(self.go_on, 1)
        row.addWidget(self.throw)

    def _asked(self) -> None:
        if self._sure:
            self.gone.emit()
            return
        self._sure = True
        self.throw.setText(_("Sí, desechar"))
        self.throw.setAccessibleName(_("Sí, desechar: lo dicho se olvida"))


def _tile(name: str, about: str, more: str) -> QPushButton:
    tile = QPushButton()
    tile.setProperty("look", "person")
    tile.setCursor(Qt.CursorShape.PointingHandCursor)
    tile.setAccessibleName(spoken((name, about, more)))
    tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    tile.setFixedHeight(theme.scaled(76))
    lines = QVBoxLayout(tile)
    lines.setContentsMargins(theme.GAP, theme.SNUG, theme.GAP, theme.SNUG)
    lines.setSpacing(2)
    for words, look in ((name, "person_name"), (about, "row_text"), (more, "hint")):
        label = Text(words, look, elide=True)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines.addWidget(label)
    return tile


def _hour(at_ms: int, time_zone: str) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone(time_zone)).strftime("%H:%M")
