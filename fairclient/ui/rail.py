"""The rail on the left: the pages with their keys; at its foot who is at work, and the switches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.page_catalogue import PageEntry
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

WIDE, NARROW = 184, 72
LOWEST = 28


@dataclass(frozen=True)
class WhoIsHere:
    """What the foot says: the station and the operator at work."""

    station: str
    operator: str
    roles: str


class Rail(QFrame):
    """Leads to the pages. In a narrow window only the drawings and the keys stay.

    Signals:
        wanted(str): the page with this name.
        lock_wanted(), shortcuts_wanted(), language_wanted(), sunlight_wanted(): the switches at the foot.
    """

    wanted = Signal(str)
    lock_wanted = Signal()
    shortcuts_wanted = Signal()
    language_wanted = Signal()
    sunlight_wanted = Signal()

    def __init__(self, pages: Sequence[PageEntry], who: WhoIsHere, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        self._items = {page.name: RailItem(page.icon, _(page.title), page.key) for page in pages}
        for name, item in self._items.items():
            item.clicked.connect(partial(self._want, name))
        self._brand = Text(_("feria"), "brand")
        self._foot = _Foot(self, who)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SNUG, theme.ROOMY, theme.SNUG, theme.SNUG)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._brand)
        column.addSpacing(theme.SNUG)
        for item in self._items.values():
            column.addWidget(item)
        column.addStretch(1)
        column.addWidget(self._foot)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to the drawings, or unfold."""
        self.setFixedWidth(theme.scaled(NARROW if narrow else WIDE))
        self._brand.setContentsMargins(0 if narrow else theme.SNUG, 0, 0, 0)
        self._brand.setAlignment(Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft)
        for item in self._items.values():
            item.set_narrow(narrow)
        self._foot.set_narrow(narrow)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        for key, item in self._items.items():
            item.set_chosen(key == name)

    def _want(self, name: str) -> None:
        self.mark(name)
        self.wanted.emit(name)


class RailItem(QPushButton):
    """A drawing, words and a key; it is pressed by its key anywhere in the window."""

    def __init__(self, icon: str, words: str, key: str, *, checkable: bool = True, height: int = 40) -> None:
        super().__init__()
        self._height = height
        self.setCheckable(checkable)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{words}  {key}".strip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self._words = Text(words, "nav", elide=True)
        self._cap = KeyCap(key)
        show_if(bool(key), self._cap)
        picture = Picture(icon, "rail_ink", 22)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SNUG, 0, theme.SNUG, 0)
        row.setSpacing(theme.SNUG)
        for part in (picture, self._words, self._cap):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._cap)
        if key:
            QShortcut(QKeySequence(key), self).activated.connect(self.click)

    def sizeHint(self) -> QSize:
        """One row high, as wide as the rail."""
        return QSize(0, theme.scaled(self._height))

    def minimumSizeHint(self) -> QSize:
        """Closer together where the window is low: a small screen with large letters."""
        return QSize(0, theme.scaled(LOWEST))

    def set_narrow(self, narrow: bool) -> None:
        """Keep the drawing and the key only."""
        show_if(not narrow, self._words)
        self._row_margins(2 if narrow else theme.SNUG)

    def set_keyless(self, keyless: bool) -> None:
        """Leave the key out, where there is room for the drawing only; the tip still says it."""
        show_if(not keyless and bool(self._cap.text()), self._cap)

    def set_chosen(self, chosen: bool) -> None:
        """Show that its page is open."""
        self.setChecked(chosen)
        self._words.setProperty("chosen", chosen)
        theme.restyle(self._words)

    def set_words(self, words: str) -> None:
        """Change the words."""
        self._words.setText(words)
        self.setAccessibleName(words)

    def _row_margins(self, side: int) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, 0, side, 0)
            layout.setSpacing(side // 2 if side < theme.SNUG else theme.SNUG)


class _Foot(QWidget):
    """Who is at work, and the switches."""

    def __init__(self, rail: Rail, who: WhoIsHere) -> None:
        super().__init__()
        self._who = QWidget()
        lines = QVBoxLayout(self._who)
        lines.setContentsMargins(theme.SNUG, 0, 0, theme.TIGHT)
        lines.setSpacing(0)
        lines.addWidget(Text(who.operator, "nav_strong", elide=True))
        lines.addWidget(Text(who.roles, "hint", elide=True))
        lines.addWidget(Text(who.station, "hint", elide=True))
        other = _("English")
        self._items = (
            (RailItem("lock", _("Bloquear"), "Ctrl+L", checkable=False, height=34), rail.lock_wanted),
            (RailItem("keyboard", _("Atajos"), "F1", checkable=False, height=34), rail.shortcuts_wanted),
            (RailItem("language", other, "", checkable=False, height=34), rail.language_wanted),
            (RailItem("sun", _("Luz de sol"), "F12", checkable=False, height=34), rail.sunlight_wanted),
        )
        for item, signal in self._items:
            item.clicked.connect(signal)
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._who)
        column.addLayout(self._grid)

    def set_narrow(self, narrow: bool) -> None:
        """Keep the drawings of the switches, two in a row."""
        show_if(not narrow, self._who)
        for at, (item, _signal) in enumerate(self._items):
            item.set_narrow(narrow)
            item.set_keyless(narrow)
            self._grid.addWidget(item, *((at // 2, at % 2) if narrow else (at, 0)))
