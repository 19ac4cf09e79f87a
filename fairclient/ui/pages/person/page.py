"""A person's page: who she is, what she asked for and got, and everything that happened, in time order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.documents.scanned import Scanned
from fairclient.ui import theme
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.acts import PersonActs
from fairclient.ui.pages.person.cards import FamilyCard, IdentityBand, ReferralsCard, SlipCard
from fairclient.ui.pages.person.facts import PersonFacts, read_person
from fairclient.ui.pages.person.notices import Notices
from fairclient.ui.pages.person.reserved import ReservedCard
from fairclient.ui.pages.person.timeline import Timeline
from fairclient.ui.pages.person.twice import TwiceCard
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.usecases.look_twice import look_twice

NARROW = 860
"""Logical pixels of width under which the line of time goes beneath the cards."""


class PersonView(QWidget):
    """Shows one person; ``acts`` has what can be done for her.

    Signals:
        back_wanted(): back to the search.
        person_wanted(str): the page of somebody of the family, or who looks like her.
    """

    back_wanted = Signal()
    person_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._attendee = ""
        self._number = 0
        self.facts: PersonFacts | None = None
        self.identity = IdentityBand()
        self.notices = Notices()
        self.acts = PersonActs(page)
        self.twice = TwiceCard()
        self.referrals = ReferralsCard()
        self.slip = SlipCard()
        self.family = FamilyCard()
        self.reserved = ReservedCard()
        self.timeline = Timeline()
        self._lay_out()
        self._wire()

    def open(self, attendee: str) -> None:
        """Show this person."""
        if attendee != self._attendee:
            self._attendee = attendee
            self.facts = None
            self.identity.show_waiting()
            self.acts.show_nobody()
            self.twice.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read the person again; the latest reading wins."""
        if not self._attendee:
            return
        self._number += 1
        number = self._number
        self._page.ask(
            read_person,
            self._page.place,
            self._attendee,
            then=lambda facts: self._show(facts) if number == self._number else None,
            fail=self._failed,
        )
        self._page.ask(
            look_twice,
            self._page.place,
            self._attendee,
            then=lambda found: self.twice.show_twice(found) if number == self._number else None,
        )

    def attendee(self) -> str:
        """Whose page it is (an id)."""
        return self._attendee

    def take_scan(self, scan: Scanned) -> bool:
        """Whether a sheet that is open had a use for what was scanned."""
        return self.acts.take_scan(scan)

    def first_focus(self) -> QWidget:
        """The likeliest thing to do."""
        return self.acts.first_focus()

    def _show(self, facts: PersonFacts) -> None:
        focus = self.facts is None and self.isVisible()
        self.facts = facts
        page = facts.page
        self.identity.show_person(facts)
        self.notices.show_person(facts)
        self.referrals.show_referrals(page.referrals, facts.names)
        self.slip.show_slips(page.slips)
        self.family.show_family(facts)
        self.reserved.show_person(facts)
        self.timeline.show_moments(page, facts.names, facts.time_zone)
        self.acts.show_person(facts, self.slip.standing())
        if focus:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self.back_wanted.emit()
        self._page.trouble.emit(error)

    def _wire(self) -> None:
        self.acts.back_wanted.connect(self.back_wanted)
        self.acts.reread_wanted.connect(self.refresh)
        self.family.person_wanted.connect(self.person_wanted)
        self.reserved.look_wanted.connect(self.acts.look_at_reserved)
        self.twice.person_wanted.connect(self.person_wanted)
        self.twice.decided.connect(self.acts.tell_apart)

    def _lay_out(self) -> None:
        left = QWidget()
        cards = QVBoxLayout(left)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.GAP)
        for card in (self.twice, self.referrals, self.slip, self.family, self.reserved):
            cards.addWidget(card)
        cards.addStretch(1)
        scroll = PageScroll()
        scroll.add(self.identity)
        scroll.add(self.acts)
        scroll.add(self.notices)
        scroll.add(Columns([(left, 1), (self.timeline, 1)], NARROW), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
