"""The Operators page: who enters on this laptop, and what a supervisor does about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from fairclient.base.words import N_
from fairclient.ui.pages.operators.cards import HereCard, RosterCard
from fairclient.ui.pages.operators.sheets import (
    AddSheet,
    ChangeSheet,
    GiveSheet,
    PassphraseSheet,
    RemoveSheet,
)
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.usecases.laptop_people import Person, laptop_people
from fairclient.usecases.workplace import Workplace

NARROW = 900
"""Logical pixels of width under which the columns become a pile."""


class OperatorsPage(Page):
    """Shows everybody; each changes her own passphrase, a supervisor adds, helps and takes off."""

    NAME = "operators"
    TITLE = N_("Operadores")
    KEY = "F11"
    SHOWS = frozenset({"operator", "operator_key"})

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self.here = HereCard(place)
        self.roster = RosterCard(place)
        self.sheet: PassphraseSheet | None = None
        self._addable: list[Person] = []
        self._read_before = False
        self._lay_out()
        self.here.change.clicked.connect(lambda: self._open(ChangeSheet(self)))
        self.here.helped.connect(lambda person: self._open(GiveSheet(self, person)))
        self.here.removed.connect(lambda person: self._open(RemoveSheet(self, person)))
        self.roster.add_one.clicked.connect(lambda: self._add(None))
        self.roster.chosen.connect(self._add)

    def refresh(self) -> None:
        """Read who is on this laptop, and on the roster."""
        self.ask(laptop_people, self.place, then=self._show)

    def first_focus(self) -> QWidget:
        """What is done most: adding somebody, or one's own passphrase."""
        return self.roster.add_one if self._addable else self.here.change

    def _show(self, people: Sequence[Person]) -> None:
        focus = QApplication.focusWidget()
        steady = (self.here.change, self.roster.add_one) if self._read_before else ()
        self._read_before = True
        self.here.show_people([one for one in people if one.here])
        self._addable = self.roster.show_people([one for one in people if not one.here])
        if focus is None or self.sheet is not None or not self.isAncestorOf(focus):
            return
        # A row that is drawn anew takes the focus along, and so does a button that has nothing left to do.
        if focus not in steady or not focus.isEnabled():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, person: Person | None) -> None:
        if self._addable:
            self._open(AddSheet(self, self._addable, person))

    def _open(self, sheet: PassphraseSheet) -> None:
        """A sheet is made for one use: no passphrase outlives it."""
        self.sheet = sheet
        sheet.written.connect(self._written)
        sheet.closed.connect(self._forget)
        sheet.begin()

    def _forget(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None

    def _written(self, title: str, text: str) -> None:
        self.news.emit(title, text)
        self.announce(frozenset({"operator_key"}))

    def _lay_out(self) -> None:
        scroll = PageScroll(self)
        scroll.add(Columns([(self.here, 1), (self.roster, 1)], NARROW), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
