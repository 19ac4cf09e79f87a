"""What each thing that can be done with a household has in common, and how its people are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain import catalogues
from fairclient.domain.birth import age_on, age_words
from fairclient.store.queries.households import HouseholdPage, Member
from fairclient.ui import theme
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.widgets.choice import Choice


@dataclass(frozen=True)
class Act:
    """What a panel would do: a use case with what it takes after the workplace, and the news of it."""

    verb: Callable[..., Any]
    taken: tuple[Any, ...]
    news: str


class Panel(QWidget):
    """One thing that can be done with a household.

    Signals:
        changed(): what ``act`` gives may be another now.
    """

    TITLE: ClassVar[str] = ""
    ACTION: ClassVar[str] = ""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)

    def show_home(self, facts: PersonFacts) -> None:
        """Begin anew with a person and her household."""

    def first(self) -> QWidget:
        """Where the focus goes."""
        return self

    def act(self) -> Act | None:
        """What would be done now; None while something is missing."""
        return None


def role_box(role: str = "") -> QComboBox:
    """A choice of who somebody is in the household; "" is not known."""
    box = Choice()
    box.addItem(_("Sin decir"), "")
    for choice in catalogues.choices("household_roles"):
        box.addItem(choice.name, choice.code)
    at = box.findData(role)
    box.setCurrentIndex(max(at, 0))
    return box


def member_words(member: Member, home: HouseholdPage, today: date) -> str:
    """Somebody of the household in one line."""
    about = about_member(member, home, today)
    return "  ·  ".join(filter(None, (member.name, about)))


def about_member(member: Member, home: HouseholdPage, today: date) -> str:
    """Who somebody is in the household: role, age, and whether she represents it."""
    born = member.fact.birth_date
    return "  ·  ".join(
        filter(
            None,
            (
                catalogues.name_of("household_roles", member.fact.household_role)
                if member.fact.household_role
                else "",
                age_words(age_on(born, today)) if born else "",
                _("representa al hogar") if home.fact.representative == member.attendee else "",
            ),
        )
    )
