"""Which desk this laptop stands at: asked once, kept, and changed by one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.text import Text
from fairclient.ui.widgets.tile_grid import TileGrid
from fairclient.usecases.read_at_desk import ANY_DESK


@dataclass(frozen=True)
class DeskTile:
    """A desk: its letter, its neutral name, and what it gives ("" where that is nobody's business)."""

    letter: str
    name: str
    services: str


class DeskChoice(Card):
    """A tile for every desk. A letter or the arrows go to a tile, Enter takes it; the last may be all desks.

    Signals:
        chosen(str): the letter of a desk, or ``ANY_DESK``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("¿En qué mesa está este equipo?"), parent=parent)
        self._grid = TileGrid()
        self._letters: list[str] = []
        self.add(
            Text(
                _("Escriba la letra y Enter. Se pregunta una sola vez; se cambia con Ctrl+M."),
                "soft",
                wrap=True,
            )
        )
        self.add(self._grid)
        self.body.addStretch(1)
        self.setFocusProxy(self._grid)

    def show_desks(self, desks: Sequence[DeskTile], current: str, *, everything: bool = True) -> None:
        """Show the desks, and ``everything`` at once; ``current`` is where this laptop stands until now."""
        every = DeskTile(ANY_DESK, _("Todas las mesas"), _("Una feria pequeña con un solo equipo"))
        shown = (*desks, every) if everything else tuple(desks)
        self._letters = [desk.letter for desk in shown]
        self._grid.set_tiles(
            [self._tile(desk) for desk in shown],
            self._letters.index(current) if current in self._letters else 0,
        )

    def go_to(self, letter: str) -> bool:
        """Put the focus on the desk with this letter; whether there is one."""
        if letter.upper() not in self._letters:
            return False
        self._grid.tiles()[self._letters.index(letter.upper())].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _tile(self, desk: DeskTile) -> QPushButton:
        tile = _Tile(desk, self._grid)
        tile.clicked.connect(lambda: self.chosen.emit(desk.letter))
        return tile


class _Tile(QPushButton):
    """One desk."""

    def __init__(self, desk: DeskTile, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{desk.letter}. {desk.name}" if desk.letter != ANY_DESK else desk.name)
        self.setAccessibleDescription(desk.services)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.scaled(64))
        cap = KeyCap(desk.letter)
        cap.setProperty("look", "desk_letter")
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(desk.name, "row_title", elide=True))
        if desk.services:
            lines.addWidget(Text(desk.services, "row_text", elide=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.TIGHT, theme.GAP, theme.TIGHT)
        row.setSpacing(theme.GAP)
        row.addWidget(cap)
        row.addLayout(lines, 1)
        for label in self.findChildren(Text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
