"""Two values of one thing: somebody chooses which one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain import catalogues
from fairclient.domain.answer_words import field_value, field_words
from fairclient.ui import theme
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.text import Text
from fairclient.usecases.decide_conflict import decide_conflict


class DecideSheet(SavingSheet):
    """A question for each thing that two laptops wrote otherwise; Ctrl+Enter writes what was chosen.

    Signals:
        decided(): it has been written.
    """

    decided = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Dos valores: elija el que es"), _("Guardar lo elegido"))
        self._facts: PersonFacts | None = None
        self.groups: dict[str, QButtonGroup] = {}
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.TIGHT)
        self.body.addWidget(
            Text(_("Pregunte a la persona. Los dos valores quedan en la historia."), "soft", wrap=True)
        )
        self.body.addWidget(self.notice)
        self.body.addLayout(self._parts)
        self.body.addStretch(1)
        self.finish()

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a person; what is shown now is chosen."""
        empty(self._parts)
        self._facts = facts
        self.groups = {}
        self.notice.clear()
        first: QWidget | None = None
        for field, values in facts.page.choices.items():
            self._parts.addWidget(Text(field_words(field), "strong", wrap=True))
            if not values:
                self._parts.addWidget(
                    Text(_("Reservado: pregúntelo de nuevo en «Corregir» (F9)."), "soft", wrap=True)
                )
                continue
            button = self._ask(field, values, facts)
            first = first or button
        self.save.setEnabled(bool(self.groups))
        self.open(first or self.done)

    def _ask(self, field: str, values: Sequence[Any], facts: PersonFacts) -> QWidget:
        group = QButtonGroup(self)
        now = facts.page.fact.model_dump(mode="json")[field]
        for at, value in enumerate(values):
            button = QRadioButton(_said(field, value, facts.page.names))
            button.setChecked(value == now)
            group.addButton(button, at)
            self._parts.addWidget(button)
        self.groups[field] = group
        return group.checkedButton() or group.button(0)

    def _save(self) -> None:
        if self._facts is None:
            return
        choices = self._facts.page.choices
        chosen = {
            field: choices[field][group.checkedId()]
            for field, group in self.groups.items()
            if group.checkedId() >= 0
        }
        attendee = self._facts.page.attendee
        self.write(decide_conflict, attendee, chosen, then=lambda _none: self.decided.emit())


def _said(field: str, value: Any, names: Mapping[str, str]) -> str:
    """A value as it is read; what is empty says so."""
    if field == "household":
        return _("Hogar {name}").format(name=names.get(str(value), "")) if value else _("Ninguno")
    if field == "household_role" and value:
        return catalogues.name_of("household_roles", str(value))
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    return field_value(field, value) or _("Vacío")
