"""A banner: what happened, what is safe, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import icons, theme
from fairclient.ui.widgets.picture import Picture, at_top
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_MARKS = {"info": "info", "done": "done", "warn": "warn", "danger": "danger"}
_INKS = {"info": "accent_ink", "done": "done_ink", "warn": "warn_ink", "danger": "danger_ink"}


class Banner(QFrame):
    """A notice at the top of a page. ``level`` is ``info``, ``done``, ``warn`` or ``danger``.

    Signals:
        shown(bool): it has been shown, or hidden.
        closed(): somebody has read it and put it away.
    """

    shown = Signal(bool)
    closed = Signal()

    def __init__(
        self,
        level: str = "info",
        what: str = "",
        safe: str = "",
        do: str = "",
        *,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mark = Picture("info", "accent_ink", 22)
        self._what = Text("", "banner_what", wrap=True)
        self._safe = Text("", "banner_text", wrap=True)
        self._do = Text("", "banner_text", wrap=True)
        self._close = QToolButton()
        self._close.setAccessibleName(_("Cerrar este aviso"))
        self._close.setProperty("look", "quiet")
        self._close.clicked.connect(self._put_away)
        self._lay_out()
        if not closable:
            self._close.hide()
        self.setProperty("look", "banner")
        self.say(level, what, safe, do)

    def say(self, level: str, what: str, safe: str = "", do: str = "") -> None:
        """Show this notice; an empty ``what`` hides the banner."""
        fresh = self.property("level") in (None, level)
        self.setProperty("level", level)
        self._mark.show_picture(_MARKS[level], _INKS[level])
        if not self._close.isHidden():
            self._close.setIcon(icons.icon("cross", theme.current().tokens()[_INKS[level]]))
        for label, words in ((self._what, what), (self._safe, safe), (self._do, do)):
            label.setText(words)
            show_if(bool(words), label)
        self.setAccessibleName(" ".join(filter(None, (what, safe, do))))
        self._set_shown(bool(what))
        if not fresh:
            for part in (self, self._what, self._safe, self._do):
                theme.restyle(part)

    def clear(self) -> None:
        """Hide it."""
        self._set_shown(False)

    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def level(self) -> str:
        """How grave it is."""
        return str(self.property("level"))

    def _set_shown(self, shown: bool) -> None:
        show_if(shown, self)
        self.shown.emit(shown)

    def _put_away(self) -> None:
        self.clear()
        self.closed.emit()

    def _lay_out(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for label in (self._what, self._safe, self._do):
            lines.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.SNUG, theme.SNUG, theme.SNUG)
        row.setSpacing(theme.GAP)
        row.addLayout(at_top(self._mark))
        row.addLayout(lines, 1)
        beside = QVBoxLayout()
        beside.addWidget(self._close)
        beside.addStretch(1)
        row.addLayout(beside)
