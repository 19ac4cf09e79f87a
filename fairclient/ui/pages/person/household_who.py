"""Who lives with whom: moving a person, splitting some off, and merging two households."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from fairclient.base.words import N_, _
from fairclient.store.queries.names import full_name
from fairclient.ui import theme
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.finder import PersonFinder
from fairclient.ui.pages.person.household_parts import Act, Panel, member_words, role_box
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.text import Text
from fairclient.usecases.merge_households import merge_households
from fairclient.usecases.move_to_household import move_to_household
from fairclient.usecases.split_household import split_household


class MovePanel(Panel):
    """The person goes to the household of somebody who is looked for."""

    TITLE = N_("Pasar a otro hogar")
    ACTION = N_("Pasar a ese hogar")

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._facts: PersonFacts | None = None
        self._who = Text("", "body", wrap=True)
        self.finder = PersonFinder(page)
        self.role = role_box()
        self.column.addWidget(self._who)
        self.column.addWidget(self.finder)
        self.column.addWidget(Field(_("Quién será allí"), self.role, _("respecto de quien lo encabeza")))
        self.column.addStretch(1)
        self.finder.chosen.connect(self.changed)

    def show_home(self, facts: PersonFacts) -> None:
        """Nobody has been looked for yet."""
        self._facts = facts
        self._who.setText(
            _("{name} pasa al hogar de la persona que busque. Los demás se quedan.").format(
                name=full_name(facts.page.fact)
            )
        )
        self.finder.clear(facts.page.attendee, facts.page.home)
        self.role.setCurrentIndex(0)

    def first(self) -> QWidget:
        """The line."""
        return self.finder.box

    def act(self) -> Act | None:
        """Move to whom the mark is on, unless they live together already."""
        found = self.finder.person()
        if self._facts is None or found is None:
            return None
        page = self._facts.page
        if page.home and self.finder.home and page.home.household == self.finder.home.household:
            return None
        taken = (page.attendee, found.attendee, str(self.role.currentData()))
        news = _("{name} pasó al hogar de {other}").format(name=full_name(page.fact), other=found.name)
        return Act(move_to_household, taken, news)


class MergePanel(Panel):
    """The household on the page and that of somebody who is looked for become one."""

    TITLE = N_("Unir dos hogares")
    ACTION = N_("Unir los dos hogares")

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._facts: PersonFacts | None = None
        self.finder = PersonFinder(page)
        self.column.addWidget(
            Text(
                _(
                    "Todas las personas del otro hogar pasan a este. "
                    "La dirección y el teléfono de este quedan; lo que falte se toma del otro."
                ),
                wrap=True,
            )
        )
        self.column.addWidget(self.finder)
        self.column.addStretch(1)
        self.finder.chosen.connect(self.changed)

    def show_home(self, facts: PersonFacts) -> None:
        """Nobody has been looked for yet."""
        self._facts = facts
        self.finder.clear(facts.page.attendee, facts.page.home)

    def first(self) -> QWidget:
        """The line."""
        return self.finder.box

    def act(self) -> Act | None:
        """Merge with the household of whom the mark is on."""
        home = self._facts.page.home if self._facts else None
        other = self.finder.home
        if home is None or other is None or home.household == other.household:
            return None
        count = len(home.members) + len(other.members)
        news = _("Hogar {name}: ahora son {n} personas").format(name=home.fact.name, n=count)
        return Act(merge_households, (home.household, other.household), news)


class SplitPanel(Panel):
    """Some leave the household and have one of their own."""

    TITLE = N_("Separar un hogar nuevo")
    ACTION = N_("Separar en un hogar nuevo")

    def __init__(self) -> None:
        super().__init__()
        self.leaving: dict[str, QCheckBox] = {}
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(theme.TIGHT)
        self.same_place = QCheckBox(_("Siguen viviendo en la misma dirección"))
        self.column.addWidget(Text(_("Marque a quienes se van (barra espaciadora)."), wrap=True))
        self.column.addLayout(self._boxes)
        self.column.addWidget(self.same_place)
        self.column.addStretch(1)

    def show_home(self, facts: PersonFacts) -> None:
        """All of the household; the person on the page is marked."""
        empty(self._boxes)
        self.leaving = {}
        self.same_place.setChecked(False)
        home = facts.page.home
        for member in home.members if home else ():
            assert home is not None  # it has members
            box = QCheckBox(member_words(member, home, facts.today))
            box.setChecked(member.attendee == facts.page.attendee)
            box.toggled.connect(self.changed)
            self.leaving[member.attendee] = box
            self._boxes.addWidget(box)

    def first(self) -> QWidget:
        """The first person."""
        return next(iter(self.leaving.values()), self.same_place)

    def act(self) -> Act | None:
        """Split off those who are marked, while somebody stays."""
        leaving = [person for person, box in self.leaving.items() if box.isChecked()]
        if not leaving or len(leaving) == len(self.leaving):
            return None

        verb = partial(split_household, attendees=leaving, same_place=self.same_place.isChecked())
        return Act(verb, (), _("Quedó un hogar nuevo"))
