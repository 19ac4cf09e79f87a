"""A date, typed as people say it: day, month, year."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.text import Text

_PARTS = re.compile(r"^\s*(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})\s*$")
_RUN = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")


class DateField(QLineEdit):
    """One line for a date; ``9 4 2011``, ``09/04/2011`` and ``09042011`` are the same day.

    What isn't a whole date stays as it was typed (an age, for instance, which a page may understand).
    ``set_note`` shows quiet words at the right end, such as "14 años".

    Signals:
        changed(str): the text, whenever a person edits it.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(40)
        self.setPlaceholderText(_("día / mes / año"))
        self._note = Text("", "field_note", parent=self)
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._tidy)

    def date(self) -> dt.date | None:
        """The date, or None while there is none."""
        return parse_day(self.text())

    def set_date(self, day: dt.date | None) -> None:
        """Show ``day``."""
        self.setText(day_text(day) if day else "")

    def set_note(self, words: str) -> None:
        """Show quiet words at the right end of the line."""
        self._note.setText(words)
        self._note.adjustSize()
        self.setTextMargins(0, 0, self._note.width() + theme.SNUG if words else 0, 0)
        self._place()

    def note(self) -> str:
        """The quiet words."""
        return self._note.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the quiet words at the right end."""
        super().resizeEvent(event)
        self._place()

    def _tidy(self) -> None:
        if (day := self.date()) is not None and self.text() != day_text(day):
            self.setText(day_text(day))

    def _place(self) -> None:
        self._note.move(
            self.width() - self._note.width() - theme.GAP, (self.height() - self._note.height()) // 2
        )


def parse_day(text: str) -> dt.date | None:
    """The day that ``text`` says in the order day, month, year; None when it says none."""
    found = _PARTS.match(text) or _RUN.match(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def day_text(day: dt.date) -> str:
    """``day`` as day/month/year."""
    return f"{day:%d/%m/}{day.year:04d}"
