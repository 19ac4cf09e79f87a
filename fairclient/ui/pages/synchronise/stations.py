"""The laptops of the fair, and when each was last heard of here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from fairclient.base.clock import moment
from fairclient.base.words import _, ngettext
from fairclient.store.queries.truth import StationHeard
from fairclient.ui import theme
from fairclient.ui.pages.synchronise.words import RowWords, time_words
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from sync.wire.clock import milliseconds


class StationsCard(Card):
    """A row for each laptop; what nothing has been heard of is amber.

    ``enrol`` lets another laptop in; it is there for who may do that.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Equipos de la feria"), parent=parent)
        self._rows = NoteList()
        self._told: list[RowWords] = []
        self._none = Text(_("Aún no se conocen otros equipos."), "soft", wrap=True)
        scroll = QScrollArea()
        scroll.setWidget(self._rows)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Equipos de la feria"))
        scroll.setMinimumHeight(theme.scaled(120))
        self.add(self._none)
        self.add(scroll, 1)
        self.enrol = ActionButton(_("Inscribir otro equipo"), "Ctrl+I", icon="plus", compact=True)
        self.add(self.enrol)
        show_if(False, self.enrol)

    def set_may_enrol(self, may: bool) -> None:
        """Offer to let other laptops in, or not."""
        show_if(may, self.enrol)

    def show_stations(self, stations: Sequence[StationHeard], time_zone: str, now: datetime) -> None:
        """Show these laptops, ours first."""
        ordered = sorted(stations, key=lambda one: (not one.own, one.last_hlc != "", one.point, one.name))
        self._none.setVisible(not ordered)
        rows = [station_row(station, time_zone, now) for station in ordered]
        if rows != self._told:  # every pass tells; rows that stay don't flicker
            self._told = rows
            self._rows.show_rows([NoteRow(*row) for row in rows])

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()


def station_row(station: StationHeard, time_zone: str, now: datetime) -> RowWords:
    """What a `NoteRow` of one laptop is made of."""
    name = station.name or _("Punto {point}").format(point=station.point)
    if station.revoked:
        return ("lock", "danger_ink", name, _("Se le quitó el acceso a la feria"), "")
    count = ngettext("{n} registro", "{n} registros", station.entries).format(n=figure(station.entries))
    if station.open_ranges:
        spans = ", ".join(
            figure(first) if first == last else f"{figure(first)}–{figure(last)}"
            for first, last in station.open_ranges
        )
        count = _("{count} · sin acuse: {spans}").format(count=count, spans=spans)
    if station.own:
        return ("here", "accent_ink", name, _("Este equipo · {count}").format(count=count), "")
    if not station.last_hlc:
        return ("offline", "warn_ink", name, _("No ha llegado nada de este equipo"), "")
    at = moment(milliseconds(station.last_hlc))
    waits = station.open_ranges or now - at > timedelta(hours=1)
    return (
        "clock" if waits else "done",
        "warn_ink" if waits else "done_ink",
        name,
        count,
        time_words(at, time_zone),
    )
