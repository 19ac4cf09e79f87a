"""The Close page: the day's count as an equation, what is odd, the approval, and the reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fairclient.base.settings import REPORT_FOLDER, Settings
from fairclient.base.words import N_, _
from fairclient.ui import theme
from fairclient.ui.pages.close_day.approve import ApproveCard, ClosedCard
from fairclient.ui.pages.close_day.bar import DayBar
from fairclient.ui.pages.close_day.equation import EquationCard
from fairclient.ui.pages.close_day.facts import DayFacts, read_day, save_reports
from fairclient.ui.pages.close_day.odd import OddCard
from fairclient.ui.pages.close_day.reports import ReportsCard
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.usecases.close_day import Closed, close_day
from fairclient.usecases.workplace import Workplace

NARROW = 860
"""Logical pixels of width under which approving goes beneath what is odd."""


class CloseDayPage(Page):
    """A supervisor's page: a day without slips, an open, a closed and a changed day each look their own."""

    NAME = "close_day"
    TITLE = N_("Cierre")
    KEY = "F5"
    SHOWS = frozenset(
        {
            "visit",
            "referral",
            "slip",
            "outcome",
            "day_closed",
            "fair",
            "service",
            "station",
            "receipt",
            "draft",
        }
    )

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._day: date | None = None
        self._facts: DayFacts | None = None
        self._number = 0
        self.bar = DayBar()
        self.equation = EquationCard()
        self.odd = OddCard()
        self.approve = ApproveCard()
        self.closed = ClosedCard()
        self.reports = ReportsCard()
        self.nothing = EmptyState("close_day", "")
        self._none = Card()
        self._none.add(self.nothing, 1)
        self._lay_out()
        self._wire()

    def refresh(self) -> None:
        """Count again; the latest reading wins."""
        folder = self._settings().get(REPORT_FOLDER)
        if folder:
            self.reports.set_parent_folder(Path(folder))
        self._number += 1
        number = self._number
        self.ask(
            read_day,
            self.place,
            self._day,
            then=lambda facts: self._show(facts) if number == self._number else None,
        )

    def first_focus(self) -> QWidget:
        """The word that approves, or the reports of a day that is closed."""
        return self.approve.word if not self.approve.isHidden() else self.reports.save

    def _show(self, facts: DayFacts) -> None:
        self._facts = facts
        some = facts.count.slips > 0
        to_approve = some and not (facts.approvals and facts.unchanged)
        self.bar.show_day(facts)
        self.equation.show_count(facts.count)
        self.odd.show_day(facts.count.odd, facts.unheard(), facts.services, facts.unfinished)
        self.approve.show_day(facts)
        self.closed.show_day(facts)
        self.reports.set_name(f"{facts.fair_code} {facts.day:%Y-%m-%d}")
        self.nothing.set_words(
            _("El {day} no tiene fichas").format(day=f"{facts.day:%d/%m/%Y}"),
            _("No hay nada que cerrar. Si las fichas están en otro equipo, sincronice (F6)."),
        )
        self._none.setVisible(not some)
        self.equation.setVisible(some)
        self._columns.setVisible(some)
        self.approve.setVisible(to_approve)
        self.reports.setVisible(bool(facts.approvals))

    def _show_day(self, day: date) -> None:
        self._day = day
        self.approve.clear()
        self.refresh()

    def _close(self, note: str) -> None:
        if self._facts is None:
            return
        self.approve.set_busy(True)
        self.ask(close_day, self.place, self._facts.day, note, then=self._closed, fail=self._not_closed)

    def _closed(self, closed: Closed) -> None:
        self.approve.set_busy(False)
        self.approve.clear()
        self.news.emit(
            _("El {day} quedó cerrado y aprobado").format(day=f"{closed.day:%d/%m/%Y}"),
            _("Falta guardar la lista de asistencia y el informe."),
        )
        self.announce({"day_closed", "outcome"})
        self.reports.show()
        self.reports.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_closed(self, error: Exception) -> None:
        self.approve.set_busy(False)
        self.trouble.emit(error)

    def _save_reports(self, folder: Path) -> None:
        if self._facts is None:
            return
        self.reports.set_busy(True)
        self.ask(save_reports, self.place, self._facts.day, folder, then=self._saved, fail=self._not_saved)

    def _saved(self, files: list[Path]) -> None:
        self.reports.set_busy(False)
        self.reports.show_written(files)
        self.news.emit(_("Lista e informe guardados"), str(self.reports.folder()))
        self.reports.open_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_saved(self, error: Exception) -> None:
        self.reports.set_busy(False)
        self.trouble.emit(error)

    def _settings(self) -> Settings:
        return self.equipment.settings if self.equipment else Settings(self.place.home.settings)

    def _wire(self) -> None:
        self.bar.day_wanted.connect(self._show_day)
        self.approve.approved.connect(self._close)
        self.reports.wanted.connect(self._save_reports)
        self.reports.folder_changed.connect(lambda folder: self._settings().set(REPORT_FOLDER, folder))
        to_word = QShortcut(QKeySequence("Alt+C"), self)
        to_word.activated.connect(lambda: self.approve.word.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.approve)
        column.addWidget(self.closed)
        column.addWidget(self.reports)
        column.addStretch(1)
        side.setMinimumWidth(theme.scaled(380))
        self._columns = Columns([(self.odd, 1), (side, 1)], NARROW)
        scroll = PageScroll(self)
        scroll.add(self.bar)
        scroll.add(self.equation)
        scroll.add(self._columns, 1)
        scroll.add(self._none, 1)
        for card in (self.equation, self._columns, self._none):
            card.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
