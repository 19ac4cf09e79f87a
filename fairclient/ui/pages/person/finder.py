"""Looking for somebody else on a sheet: by name, document, telephone or slip, and whose household it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.documents.scanned import Scanned, ScannedSlip
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.queries.people import FoundPerson
from fairclient.ui import theme
from fairclient.ui.pages.find.reads import Search, found_by_slip, home_of_person, search
from fairclient.ui.pages.find.results import PeopleList, PeopleModel
from fairclient.ui.pages.page import Page
from fairclient.ui.runner import Job
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.text import Text

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -4, Qt.Key.Key_PageDown: 4}
_ROWS = 4


class PersonFinder(QWidget):
    """A line and the people who fit; the one with the mark is chosen, and her household is named beneath.

    Signals:
        chosen(): another person has the mark, or nobody has.
    """

    chosen = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._job: Job | None = None
        self._but = ""
        self._own: HouseholdPage | None = None
        self.home: HouseholdPage | None = None
        self.box = QLineEdit()
        self.box.setMaxLength(200)
        self.model = PeopleModel()
        self.results = PeopleList(self.model)
        self._with = Text("", "soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SNUG)
        self._field = Field(_("¿Con quién?"), self.box, _("nombre, documento, teléfono o ficha"))
        column.addWidget(self._field)
        column.addWidget(self.results)
        column.addWidget(self._with)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._search)
        self.results.selectionModel().currentChanged.connect(lambda _now, _before: self._marked())
        self.clear()

    def clear(self, but: str = "", own: HouseholdPage | None = None) -> None:
        """Begin anew; the person ``but`` is never found, and of her ``own`` household it is said."""
        self._but, self._own = but, own
        self.box.setText("")
        self._show(Search("", (), date.min))

    def person(self) -> FoundPerson | None:
        """Who has the mark."""
        if self.results.isHidden():
            return None
        return self.model.person(self.results.currentIndex().row())

    def take_scan(self, scan: Scanned) -> None:
        """Find who holds a scanned slip, or has a scanned document."""
        if isinstance(scan, ScannedSlip):
            self._page.ask(
                found_by_slip,
                self._page.place,
                scan.text,
                then=self._show_slip,
                fail=lambda error: self._field.set_finding(str(getattr(error, "what", error))),
            )
        else:
            self.box.setText(scan.number)

    def words(self) -> str:
        """Whose household it is."""
        return self._with.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the line go through the people."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step and not self.results.isHidden():
                self.results.step(step)
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        if self._job is not None:
            self._job.forget()
            self._job = None
        if text.strip():
            self._job = self._page.ask(search, self._page.place, text, then=self._show)
        else:
            self._show(Search("", (), date.min))

    def _show_slip(self, found: Search | None) -> None:
        self.box.setText("")
        if found is None:
            self._field.set_finding(_("Esa persona no ha llegado a este equipo. Sincronice (F6)."))
        else:
            self._show(found)

    def _show(self, found: Search) -> None:
        self._job = None
        people = [person for person in found.people if person.attendee != self._but]
        self.model.show_people(people, found.today)
        self.results.setVisible(bool(people))
        self.results.setFixedHeight(theme.scaled(64) * min(max(len(people), 1), _ROWS) + 4)
        nobody = bool(found.text.strip()) and not people
        self._field.set_finding(_("Nadie así en este equipo.") if nobody else "")
        if people:
            self.results.choose(0)
        else:
            self._marked()

    def _marked(self) -> None:
        self.home = None
        self._with.setText("")
        person = self.person()
        if person is not None:
            self._page.ask(
                home_of_person,
                self._page.place,
                person.attendee,
                then=lambda home: self._show_home(person, home),
            )
        self.chosen.emit()

    def _show_home(self, person: FoundPerson, home: HouseholdPage | None) -> None:
        if self.person() != person:
            return
        self.home = home
        if home is None:
            self._with.setText(_("{name} no tiene hogar anotado.").format(name=person.name))
        elif self._own is not None and self._own.household == home.household:
            self._with.setText(_("Ya es de este mismo hogar. Busque a otra persona."))
        else:
            self._with.setText(
                _("Hogar {name}: {people}.").format(
                    name=home.fact.name, people=", ".join(one.name for one in home.members)
                )
            )
        self.chosen.emit()
