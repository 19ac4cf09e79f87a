"""The window of somebody who has entered: the rail, the header, notices, and the pages."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.store.queries import reference, truth
from fairclient.ui import theme
from fairclient.ui.equipment import Equipment
from fairclient.ui.header import Header
from fairclient.ui.page_catalogue import PAGES, PageEntry
from fairclient.ui.pages.page import Page
from fairclient.ui.rail import Rail, WhoIsHere
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.scans import Scans
from fairclient.ui.shortcuts import show_shortcuts
from fairclient.ui.trouble import notice_of
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.toast import Toast
from fairclient.ui.widgets.truth_pill import Counts
from fairclient.usecases.permission import Permission, over_words, permission, soon_words
from fairclient.usecases.workplace import ROLE_NAMES, Workplace

NARROW_BELOW = 1180
"""Logical pixels of width under which the rail folds and the header says less."""


@dataclass(frozen=True)
class Kept:
    """What outlives a workspace when the language or the operator changes."""

    page: str
    drafts: dict[str, object]


class Workspace(QWidget):
    """Builds each page when it is first opened and keeps it.

    Signals:
        lock_wanted(), language_wanted(), sunlight_wanted(): the switches at the foot of the rail.
    """

    lock_wanted = Signal()
    language_wanted = Signal()
    sunlight_wanted = Signal()

    def __init__(
        self,
        place: Workplace,
        runner: Runner,
        equipment: Equipment,
        pages: tuple[PageEntry, ...] = PAGES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.place = place
        self._runner = runner
        self._equipment = equipment
        self._entries = {entry.name: entry for entry in pages if entry.open_to(place.operator.roles)}
        self._pages: dict[str, Page] = {}
        self.rail = Rail(tuple(self._entries.values()), _who(place))
        self.header = Header()
        self.banner = Banner()
        self.toast = Toast(self)
        self._stack = QStackedWidget()
        self._counts = Counts()
        self.scans = Scans(self, self.current_page, self.tell, self.open_page)
        self._lay_out()
        self._wire()
        self._read_fair()
        self._read_truth()
        self._read_permission()
        self.open_page(next(iter(self._entries)))

    def open_page(self, name: str, payload: object = None) -> None:
        """Show the page ``name`` and hand it ``payload``, unless that is None."""
        if name not in self._entries:
            return
        for sheet in self.findChildren(Sheet):
            sheet.close_sheet()
        page = self._pages.get(name) or self._build(name)
        self.rail.mark(name)
        self._stack.setCurrentWidget(page)
        if payload is not None:
            page.receive(payload)
        focus = page.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def page(self, name: str) -> Page | None:
        """The page ``name``, if it has been opened."""
        return self._pages.get(name)

    def current_page(self) -> Page:
        """The page that is shown."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def take_focus(self) -> None:
        """Give the focus to the page that is shown."""
        focus = self.current_page().first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> Kept:
        """Stop, and give what the workspace that comes after must find again: page and half-filled forms."""
        self.shut_down()
        drafts = {name: draft for name, page in self._pages.items() if (draft := page.draft()) is not None}
        return Kept(self.current_page().NAME, drafts)

    def come_back(self, kept: Kept | None) -> None:
        """Take up what the workspace before this one left, and begin to carry what waits."""
        if kept is not None:
            for name, draft in kept.drafts.items():
                self.open_page(name)
                self._pages[name].restore(draft)
            self.open_page(kept.page)
        self.take_focus()
        self._equipment.network.start()
        self._equipment.printing.print_waiting()

    def shut_down(self) -> None:
        """End what goes on by itself."""
        self._equipment.network.stop()
        self._equipment.printing.stop()
        self._runner.unanswered.disconnect(self.tell)

    def put_down(self) -> None:
        """Let every page keep what is half-filled: the window goes."""
        for page in self._pages.values():
            page.put_down()

    def announce(self, changed: Set[str]) -> None:
        """Tell every page, and the header, which kinds of facts changed."""
        for page in list(self._pages.values()):
            page.heed(changed)
        self._read_truth()

    def _written(self, changed: Set[str]) -> None:
        """A page wrote something: everybody here hears of it, and the tent's hub soon."""
        self.announce(changed)
        self._equipment.network.written()

    def tell(self, error: BaseException) -> None:
        """Put an exception in words on the banner."""
        notice = notice_of(error)
        self.banner.say(notice.level, notice.what, notice.safe, notice.do)
        self._equipment.sounds.play("attention")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(NARROW_BELOW)
        self.rail.set_narrow(narrow)
        self.header.set_narrow(narrow)

    def _build(self, name: str) -> Page:
        page = self._entries[name].load()(self.place, self._runner, self._written)
        page.equip(self._equipment)
        page.trouble.connect(self.tell)
        page.news.connect(self._news)
        page.go.connect(self.open_page)
        self._pages[name] = page
        self._stack.addWidget(page)
        self.scans.keyboard.come_first()  # the page may look at keys too
        return page

    def _news(self, title: str, text: str) -> None:
        self.toast.say(title, text)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        notice = QWidget()
        around = QVBoxLayout(notice)
        around.setContentsMargins(theme.ROOMY, theme.GAP, theme.ROOMY, 0)
        around.addWidget(self.banner)
        notice.hide()
        self.banner.shown.connect(notice.setVisible)
        right.addWidget(self.header)
        right.addWidget(notice)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setProperty("look", "ground")

    def _wire(self) -> None:
        self.rail.wanted.connect(self.open_page)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.rail.language_wanted.connect(self.language_wanted)
        self.rail.sunlight_wanted.connect(self.sunlight_wanted)
        self.rail.shortcuts_wanted.connect(lambda: show_shortcuts(self))
        self.scans.understood.connect(self.banner.clear)
        self.header.pill.clicked.connect(lambda: self.open_page("synchronise"))
        self._equipment.network.state_changed.connect(self._show_truth)
        self._equipment.network.brought.connect(self.announce)
        self._equipment.network.failed.connect(self.tell)
        self._equipment.printing.counted.connect(self.header.show_slips_waiting)
        self._runner.unanswered.connect(self.tell)

    def _read_fair(self) -> None:
        job = self._runner.database(_fair_and_day, self.place)
        job.done.connect(self._show_fair)

    def _show_fair(self, found: tuple[Any, date]) -> None:
        fair, day = found
        self.header.show_fair(fair.name, day, fictional=fair.fictional)

    def _read_permission(self) -> None:
        job = self._runner.database(permission, self.place.store, self.place.operator.id)
        job.done.connect(self._tell_permission)

    def _tell_permission(self, found: Permission | None) -> None:
        """Say that the time here is over, or soon will be: before somebody fills in a form for nothing."""
        if found is not None and found.over:
            self.banner.say("warn", *over_words(found, self.place.operator.name))
        elif found is not None and found.ends_soon:
            self.banner.say("info", *soon_words(found))

    def _read_truth(self) -> None:
        job = self._runner.database(_counts, self.place)
        job.done.connect(self._keep_counts)

    def _keep_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._show_truth()

    def _show_truth(self) -> None:
        self.header.pill.set_truth(self._equipment.network.state, self._counts)


def _who(place: Workplace) -> WhoIsHere:
    roles = ", ".join(_(name) for role, name in ROLE_NAMES.items() if role in place.operator.roles)
    return WhoIsHere(place.identity.name, place.operator.name, roles)


def _fair_and_day(place: Workplace) -> tuple[Any, date]:
    with place.store.read() as session:
        fair = reference.fair(session)
    return fair, place.clock.today(fair.time_zone)


def _counts(place: Workplace) -> Counts:
    with place.store.read() as session:
        found = truth.summary(session)
    return Counts(found.unsent, found.at_hub, found.at_centre, found.quarantined)
