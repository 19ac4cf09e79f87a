"""The household of a person on a sheet: who is in it, and what can be done with it, all by keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from fairclient.base.words import N_, _
from fairclient.documents.scanned import Scanned
from fairclient.domain.catalogues import municipality_label
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.household_parts import Act, Panel, member_words
from fairclient.ui.pages.person.household_what import AbsentPanel, PlacePanel, RolesPanel
from fairclient.ui.pages.person.household_who import MergePanel, MovePanel, SplitPanel
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import NoteRow
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.text import Text
from sync.wire.household import AbsentMember, Household

_SHORT = {
    "move": N_("Pasar"),
    "split": N_("Separar"),
    "merge": N_("Unir"),
    "roles": N_("Papeles"),
    "place": N_("Dirección"),
    "absent": N_("Ausentes"),
}


class HouseholdSheet(SavingSheet):
    """A panel for each thing that can be done; Ctrl+Enter does the one that is open.

    Signals:
        done_with(str): it has been done, in words.
    """

    done_with = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Hogar"), "", 760)
        self._act: Act | None = None
        self._what = Text("", "strong", wrap=True)
        self._where = Text("", "soft", wrap=True)
        self._members = Text("", "body", wrap=True)
        self._absent = Text("", "soft", wrap=True)
        self.choice = Segments([(code, _(words)) for code, words in _SHORT.items()], optional=False)
        self.panels: dict[str, Panel] = {
            "move": MovePanel(page),
            "split": SplitPanel(),
            "merge": MergePanel(page),
            "roles": RolesPanel(),
            "place": PlacePanel(),
            "absent": AbsentPanel(),
        }
        self._stack = QStackedWidget()
        self.choice.set_value("move")
        self._lay_out()
        self.choice.changed.connect(self._choose)
        for panel in self.panels.values():
            self._stack.addWidget(panel)
            panel.changed.connect(self._look)

    def open_for(self, facts: PersonFacts, task: str = "move") -> None:
        """Open it for a person, with one thing to do."""
        self._show_home(facts)
        self.notice.clear()
        for panel in self.panels.values():
            panel.show_home(facts)
        self.choice.setEnabled(facts.page.home is not None)
        self._turn_to(task if facts.page.home else "move")
        self.open(self.choice if facts.page.home else self.panel().first())

    def panel(self) -> Panel:
        """The one that is open."""
        return self.panels[self.choice.value()]

    def take_scan(self, scan: Scanned) -> None:
        """A slip or a document that was scanned finds its person, where somebody is looked for."""
        panel = self.panel()
        if isinstance(panel, MovePanel | MergePanel):
            panel.finder.take_scan(scan)

    def words(self) -> str:
        """What is told of the household and its people."""
        told = (self._what, self._where, self._members, self._absent)
        return " ".join(label.text() for label in told if label.text())

    def _choose(self, code: str) -> None:
        self._turn_to(code)

    def _turn_to(self, code: str) -> None:
        self.choice.set_value(code)
        panel = self.panels[code]
        self._stack.setCurrentWidget(panel)
        self.save.set_words(_(panel.ACTION))
        self._look()

    def _look(self) -> None:
        self._act = self.panel().act()
        self.save.setEnabled(self._act is not None)

    def _save(self) -> None:
        if self._act is None:
            return
        act = self._act
        self.write(act.verb, *act.taken, then=lambda _done: self.done_with.emit(act.news))

    def _show_home(self, facts: PersonFacts) -> None:
        home = facts.page.home
        if home is None:
            self._what.setText(_("Esta persona no tiene hogar anotado."))
            self._where.setText(_("Busque a alguien de su familia: quedarán juntas."))
            self._members.setText("")
            self._absent.setText("")
            return
        self._what.setText(_("Hogar {name}").format(name=home.fact.name))
        self._where.setText(_where(home.fact))
        self._members.setText("\n".join(member_words(one, home, facts.today) for one in home.members))
        absent = "; ".join(absent_words(one) for one in home.fact.absent)
        self._absent.setText(
            _("No vinieron, sin autorización propia: {people}").format(people=absent) if absent else ""
        )

    def _lay_out(self) -> None:
        self.body.addWidget(self._what)
        self.body.addWidget(self._where)
        self.body.addWidget(self._members)
        self.body.addWidget(self._absent)
        self.body.addWidget(self.notice)
        self.body.addWidget(Field(_("Qué quiere hacer"), self.choice))
        self.body.addWidget(self._stack, 1)
        self.choice.set_long_names({code: _(panel.TITLE) for code, panel in self.panels.items()})
        self.finish()


def absent_rows(household: Household) -> list[NoteRow]:
    """Those who did not come, each flagged as having authorised nothing herself."""
    return [
        NoteRow(
            "void",
            "ink_soft",
            absent_words(one),
            _("no vino · sin autorización propia"),
        )
        for one in household.absent
    ]


def absent_words(one: AbsentMember) -> str:
    """Name and age."""
    return one.name if one.age is None else f"{one.name}, {one.age}"


def _where(household: Household) -> str:
    place = municipality_label(household.municipality) if household.municipality else ""
    parts = (household.address, household.neighbourhood, place, household.phone)
    return "  ·  ".join(filter(None, parts)) or _("Sin dirección ni teléfono del hogar.")
