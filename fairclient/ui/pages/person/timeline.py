"""Everything that happened to a person, day by day, with who wrote it and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.base import words
from fairclient.base.clock import moment as clock_moment
from fairclient.base.clock import zone
from fairclient.base.dates import long_day
from fairclient.base.words import _
from fairclient.store.queries.person import PersonPage
from fairclient.store.queries.person_moments import Moment
from fairclient.ui import theme
from fairclient.ui.pages.person.words import tell_together, together
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.text import Text
from sync.wire.clock import milliseconds


class Timeline(Card):
    """A heading for each day, a row for each thing that happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Historia"), parent=parent)
        self._days: list[tuple[Text, NoteList]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.TIGHT)
        self.add(self._column)
        self.body.addStretch(1)

    def show_moments(self, page: PersonPage, services: Mapping[str, str], time_zone: str) -> None:
        """Show all of a person's page, the oldest first; ``services`` are their names by code."""
        names = {**page.names, **services}
        for heading, rows in self._days:
            for widget in (heading, rows):
                widget.hide()
                widget.deleteLater()
        days: dict[str, list[NoteRow]] = {}
        for run in together(page.moments):
            at = _local(run[0], time_zone)
            told = tell_together(run, names, page.attendee)
            text = "  ·  ".join(filter(None, (told.text, run[0].author, run[0].station)))
            row = NoteRow(told.icon, told.role, told.title, text, at.strftime("%H:%M"))
            days.setdefault(long_day(at.date(), words.translator(words.language())), []).append(row)
        self._days = [self._day(day, rows) for day, rows in days.items()]

    def words(self) -> list[str]:
        """What the rows say."""
        return [said for _heading, rows in self._days for said in rows.words()]

    def _day(self, day: str, rows: list[NoteRow]) -> tuple[Text, NoteList]:
        heading, listed = Text(day[:1].upper() + day[1:], "label"), NoteList()
        listed.show_rows(rows)
        self._column.addWidget(heading)
        self._column.addWidget(listed)
        return heading, listed


def _local(moment: Moment, time_zone: str) -> datetime:
    return clock_moment(milliseconds(moment.hlc)).astimezone(zone(time_zone))
