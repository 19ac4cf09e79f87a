"""What a household is: who is who in it, where it lives and is reached, and who of it did not come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fairclient.base.words import N_, _
from fairclient.domain import catalogues
from fairclient.domain.birth import is_minor
from fairclient.domain.normalise import tidy
from fairclient.domain.phones import is_number, normalise_phone
from fairclient.domain.questions import question
from fairclient.store.queries.households import HouseholdPage
from fairclient.ui import theme
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.household_parts import Act, Panel, about_member, role_box
from fairclient.ui.pages.register.fields import Fields
from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.text import Text
from fairclient.usecases.arrange_household import arrange_household
from fairclient.usecases.correct_household import correct_household
from fairclient.usecases.note_absent import note_absent
from sync.wire.household import AbsentMember

_PLACE = ("municipality", "neighbourhood", "address")
_MOST_ABSENT = 24
_OLDEST = 120


class RolesPanel(Panel):
    """Who everybody is in the household, and who represents it."""

    TITLE = N_("Papeles y representante")
    ACTION = N_("Guardar papeles")

    def __init__(self) -> None:
        super().__init__()
        self._home: HouseholdPage | None = None
        self.roles: dict[str, QComboBox] = {}
        self.representative = Choice()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SNUG)
        self.column.addLayout(self._rows)
        self.column.addWidget(
            Field(_("Representa al hogar"), self.representative, _("no autoriza por otras personas adultas"))
        )
        self.column.addStretch(1)
        self.representative.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def show_home(self, facts: PersonFacts) -> None:
        """All of the household with their roles."""
        empty(self._rows)
        self.roles = {}
        self._home = facts.page.home
        self.representative.clear()
        self.representative.addItem(_("Nadie"), None)
        for member in self._home.members if self._home else ():
            assert self._home is not None
            box = role_box(member.fact.household_role)
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
            self.roles[member.attendee] = box
            self._rows.addWidget(Field(member.name, box, about_member(member, self._home, facts.today)))
            if not is_minor(member.fact.birth_date, facts.today):
                self.representative.addItem(member.name, member.attendee)
        if self._home is not None:
            at = self.representative.findData(self._home.fact.representative)
            self.representative.setCurrentIndex(max(at, 0))

    def first(self) -> QWidget:
        """The first role."""
        return next(iter(self.roles.values()), self.representative)

    def act(self) -> Act | None:
        """Write what is other than before."""
        if self._home is None:
            return None
        before = {member.attendee: member.fact.household_role for member in self._home.members}
        roles = {
            person: str(box.currentData())
            for person, box in self.roles.items()
            if str(box.currentData()) != before[person]
        }
        representative = self.representative.currentData()
        open_ = "representative" in self._home.conflicts
        if not roles and not open_ and representative == self._home.fact.representative:
            return None
        verb = partial(arrange_household, roles=roles, representative=representative)
        return Act(verb, (self._home.household,), _("Papeles del hogar guardados"))


class PlacePanel(Panel):
    """Where the household lives, how it is called and reached."""

    TITLE = N_("Dirección y teléfono")
    ACTION = N_("Guardar dirección")

    def __init__(self) -> None:
        super().__init__()
        self._home: HouseholdPage | None = None
        self.fields: Fields | None = None
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.name.setMaxLength(60)
        self.phone.setMaxLength(24)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(Field(_("Nombre del hogar"), self.name))
        self._phone = Field(_("Teléfono del hogar"), self.phone)
        row.addWidget(self._phone)
        self.column.addLayout(row)
        self.column.addWidget(
            Text(_("Quienes dijeron vivir donde vive el hogar cambian con él."), "soft", wrap=True)
        )
        self.column.addStretch(1)
        for line in (self.name, self.phone):
            line.textChanged.connect(lambda _text: self.changed.emit())

    def show_home(self, facts: PersonFacts) -> None:
        """What is known of the household."""
        if self.fields is None:
            self.fields = Fields([question(key) for key in _PLACE], facts.today)
            self.fields.edited.connect(lambda _key: self.changed.emit())
            self.column.insertWidget(1, self.fields)
        self._home = facts.page.home
        if self._home is not None:
            fact = self._home.fact
            self.name.setText(fact.name)
            self.phone.setText(fact.phone)
            self.fields.show_form({key: getattr(fact, key) for key in _PLACE if getattr(fact, key)})

    def first(self) -> QWidget:
        """The name."""
        return self.name

    def act(self) -> Act | None:
        """Write what is other than before; nothing while the telephone is none."""
        changes = self._changes()
        if self._home is None or not changes:
            return None
        taken = (self._home.household, changes, self._home.revision)
        return Act(correct_household, taken, _("Dirección del hogar guardada"))

    def _changes(self) -> dict[str, Any]:
        if self._home is None or self.fields is None:
            return {}
        phone = normalise_phone(self.phone.text())
        wrong = bool(phone) and not is_number(phone)
        self._phone.set_finding(_("No es un teléfono.") if wrong else "", "refuse")
        if wrong:
            return {}
        form = self.fields.read()
        now = {
            "name": tidy(self.name.text()),
            "phone": phone,
            "municipality": _code(form.get("municipality", "")),
            "neighbourhood": tidy(form.get("neighbourhood", "")),
            "address": tidy(form.get("address", "")),
        }
        home = self._home  # where two laptops differ, to keep what is shown is a decision too
        return {
            key: value
            for key, value in now.items()
            if value != getattr(home.fact, key) or key in home.conflicts
        }


def _code(text: str) -> str:
    """The code of a municipality that was typed; "" where it fits none, or several."""
    found = catalogues.find_municipality(text) if text else []
    return found[0].code if len(found) == 1 else ""


@dataclass(frozen=True)
class _Row:
    name: QLineEdit
    age: QLineEdit
    role: QComboBox


class AbsentPanel(Panel):
    """People of the household who did not come: a name and an age."""

    TITLE = N_("Quienes no vinieron")
    ACTION = N_("Guardar ausentes")

    def __init__(self) -> None:
        super().__init__()
        self._home: HouseholdPage | None = None
        self.rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SNUG)
        self._grid.setVerticalSpacing(theme.SNUG)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 3)
        self.column.addWidget(
            Text(
                _(
                    "Solo nombre y edad: no han autorizado nada (sin autorización propia). "
                    "Cuando vengan se registran ellas mismas. Borre el nombre para quitar a alguien."
                ),
                wrap=True,
            )
        )
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def show_home(self, facts: PersonFacts) -> None:
        """Those who are noted, and an empty line."""
        empty(self._grid)
        self.rows = []
        self._home = facts.page.home
        for at, heading in enumerate((_("Nombre"), _("Edad"), _("Quién es en el hogar"))):
            self._grid.addWidget(Text(heading, "label"), 0, at)
        for member in self._home.fact.absent if self._home else ():
            self._add(member)
        self._add(None)

    def first(self) -> QWidget:
        """The empty line."""
        return self.rows[-1].name

    def act(self) -> Act | None:
        """Write the list, where it is another."""
        if self._home is None:
            return None
        now = [
            (tidy(row.name.text()), _age(row.age.text()), str(row.role.currentData()))
            for row in self.rows
            if row.name.text().strip()
        ]
        noted = [(one.name, one.age, one.role) for one in self._home.fact.absent]
        if now == noted and "absent" not in self._home.conflicts:
            return None
        return Act(note_absent, (self._home.household, now), _("Personas ausentes guardadas"))

    def _add(self, member: AbsentMember | None) -> None:
        row = _Row(QLineEdit(), QLineEdit(), role_box(member.role if member else ""))
        row.name.setMaxLength(80)
        row.age.setValidator(QIntValidator(0, _OLDEST, row.age))
        widgets: tuple[QWidget, ...] = (row.name, row.age, row.role)
        for widget, words in zip(widgets, (_("Nombre"), _("Edad"), _("Papel")), strict=True):
            widget.setAccessibleName(_("{what} de la persona ausente").format(what=words))
        if member is not None:
            row.name.setText(member.name)
            row.age.setText("" if member.age is None else str(member.age))
        for at, widget in enumerate(widgets):
            self._grid.addWidget(widget, len(self.rows) + 1, at)
        self.rows.append(row)
        row.name.textChanged.connect(lambda _text: self._edited())
        row.age.textChanged.connect(lambda _text: self.changed.emit())
        row.role.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def _edited(self) -> None:
        """The last line always is an empty one."""
        if self.rows[-1].name.text().strip() and len(self.rows) < _MOST_ABSENT:
            self._add(None)
        self.changed.emit()


def _age(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
