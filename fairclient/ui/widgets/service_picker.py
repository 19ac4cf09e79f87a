"""The services of a fair, each picked by its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_APART = theme.SNUG - 2
"""Pixels between the parts of a tile."""

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True)
class ServiceChoice:
    """One service: its code, its name, its key ("1".."9", "0" or "") and a note, such as "quedan 3"."""

    code: str
    name: str
    key: str = ""
    note: str = ""
    full: bool = False


class ServicePicker(QWidget):
    """Tiles to pick any number of services: digits while it has the focus, arrows and Space, or the mouse.

    Signals:
        changed(): a person picked or put back a service.
    """

    changed = Signal()

    def __init__(
        self, services: Sequence[ServiceChoice] = (), columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._tiles: list[_Tile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SNUG)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_services(services)

    def set_services(self, services: Sequence[ServiceChoice]) -> None:
        """Show these services; what was chosen and is still there stays so, and the focus where it was.

        They are told again whenever something changed elsewhere: whoever is typing must not notice.
        """
        if tuple(services) == self.services():
            return
        chosen = self.chosen()
        at_work = next((tile.service.code for tile in self._tiles if tile.hasFocus()), None)
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles = [_Tile(service, self) for service in services]
        for at, tile in enumerate(self._tiles):
            tile.clicked.connect(self.changed)
            self._grid.addWidget(tile, *divmod(at, self._columns))
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == 0 else Qt.FocusPolicy.ClickFocus)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
        if self._tiles:
            self._stand_in_line()
            self.setFocusProxy(self._tiles[0])
        self.set_chosen(code for code in chosen if code in {service.code for service in services})
        for tile in self._tiles:
            if tile.service.code == at_work:
                tile.show()  # a layout would show it later, and what is hidden takes no focus
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_in_line(self) -> None:
        """Let Tab come to the services where they stand: tiles made later would come after the whole page."""
        before = self.previousInFocusChain()
        while before is not None and before is not self:
            if before.focusPolicy() != Qt.FocusPolicy.NoFocus and not self.isAncestorOf(before):
                QWidget.setTabOrder(before, self._tiles[0])
                return
            before = before.previousInFocusChain()

    def services(self) -> tuple[ServiceChoice, ...]:
        """What is offered, in order."""
        return tuple(tile.service for tile in self._tiles)

    def chosen(self) -> tuple[str, ...]:
        """The codes that are chosen, in the order in which they stand."""
        return tuple(tile.service.code for tile in self._tiles if tile.isChecked())

    def set_chosen(self, codes: Iterable[str]) -> None:
        """Choose exactly ``codes``; a code that this fair doesn't have is left out."""
        wanted = set(codes)
        for tile in self._tiles:
            tile.setChecked(tile.service.code in wanted)

    def toggle(self, code: str) -> None:
        """Pick ``code``, or put it back."""
        tile = next((tile for tile in self._tiles if tile.service.code == code), None)
        if tile is not None:
            tile.click()

    def toggle_key(self, key: str) -> bool:
        """Pick, or put back, the service of this key; whether there is one."""
        tile = next((tile for tile in self._tiles if key and tile.service.key == key.upper()), None)
        if tile is not None:
            tile.setFocus(Qt.FocusReason.ShortcutFocusReason)
            tile.click()
        return tile is not None

    def key_pressed(self, tile: QPushButton, event: QKeyEvent) -> bool:
        """Answer a key pressed on a tile; whether it meant something here."""
        if self.toggle_key(event.text()):
            return True
        if (arrow := _ARROWS.get(Qt.Key(event.key()))) is not None:
            self._move(next(at for at, one in enumerate(self._tiles) if one is tile), *arrow)
            return True
        return False

    def _move(self, at: int, down: int, right: int) -> None:
        to = at + down * self._columns + right
        if 0 <= to < len(self._tiles):
            self._tiles[to].setFocus(Qt.FocusReason.OtherFocusReason)


class _Tile(QPushButton):
    """One service: key, name, and a tick when it is chosen."""

    def __init__(self, service: ServiceChoice, picker: ServicePicker) -> None:
        super().__init__(picker)
        self.service = service
        self._picker = picker
        self.setCheckable(True)
        self.setEnabled(not service.full)
        self.setProperty("look", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(service.name)
        self.setAccessibleDescription(self._description())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key = KeyCap(service.key)
        self._key.setProperty("look", "tile_key")
        self._name = Text(service.name, "tile", elide=True)
        self._note = Text(service.note, "hint")
        self._tick = Picture("check", "accent_ink", 16)
        self._lay_out()
        self.toggled.connect(self._show)
        self._show(False)

    def sizeHint(self) -> QSize:
        """One row high."""
        return QSize(160, theme.scaled(theme.ROW - 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the picker answer first."""
        if not self._picker.key_pressed(self, event):
            super().keyPressEvent(event)

    def _description(self) -> str:
        key = _("tecla {key}").format(key=self.service.key) if self.service.key else ""
        return ", ".join(filter(None, (key, self.service.note)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tick gives way to the name: the filled key says that it is chosen, too."""
        super().resizeEvent(event)
        show_if(self.isChecked() and self._tick_has_room(), self._tick)

    def _show(self, chosen: bool) -> None:
        for part in (self._key, self._name):
            part.setProperty("chosen", chosen)
            theme.restyle(part)
        show_if(chosen and self._tick_has_room(), self._tick)

    def _tick_has_room(self) -> bool:
        parts = [part for part in (self._key, self._name, self._note) if not part.isHidden()]
        taken = sum(part.sizeHint().width() + _APART for part in (*parts, self._tick))
        return taken + _APART <= self.width()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_APART, 0, _APART, 0)
        row.setSpacing(_APART)
        for part in (self._key, self._name, self._note, self._tick):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 1 if part is self._name else 0)
        show_if(bool(self.service.note), self._note)
        show_if(bool(self.service.key), self._key)
