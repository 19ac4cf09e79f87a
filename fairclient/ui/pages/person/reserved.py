"""What is sensitive about a person: that it was answered, and for focal points what; each look is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.base.clock import moment, zone
from fairclient.base.words import _
from fairclient.domain.answer_words import field_value
from fairclient.domain.questions import SECTIONS, question
from fairclient.store.queries.reserved_reads import ReservedRead
from fairclient.ui import theme
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import empty
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from fairclient.usecases.read_reserved import EXPORT, read_reserved, reserved_sections

_SHOWN = 3


class ReservedCard(Card):
    """Which sections were answered, all covered; the last who read one, for those who watch over it.

    Signals:
        look_wanted(): a focal point wants to read.
    """

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Datos sensibles"), parent=parent)
        self._what = Text("", wrap=True)
        self._how = Text("", "hint", wrap=True)
        self._reads = Text("", "hint", wrap=True)
        self.look = ActionButton(_("Ver lo reservado"), "Ctrl+E", icon="eye", compact=True)
        self.look.setAutoDefault(True)
        self.look.clicked.connect(self.look_wanted)
        for part in (self._what, self._how, self.look, self._reads):
            self.add(part)
        self.hide()

    def show_person(self, facts: PersonFacts) -> None:
        """Show what was answered; nothing at all where nothing was."""
        sections = reserved_sections(facts.page.reserved)
        titles = ", ".join(section_words(key).lower() for key in sections)
        self._what.setText(_("Reservado: {sections}").format(sections=titles))
        self._how.setText(
            _("Cada lectura queda escrita: quién, cuándo, de quién y qué.")
            if facts.reads_reserved
            else _("Lo lee solo el punto focal de protección. Para cambiarlo, pregunte de nuevo (F9).")
        )
        self.look.setVisible(facts.reads_reserved)
        self._reads.setText("\n".join(_read(one, facts.time_zone) for one in facts.reads[:_SHOWN]))
        self._reads.setVisible(bool(facts.reads))
        self.setVisible(bool(sections))

    def words(self) -> str:
        """All that it says."""
        return " ".join(label.text() for label in (self._what, self._how, self._reads) if label.text())


class ReservedSheet(Sheet):
    """A button for each section that was answered; pressing it shows the answers and writes down who looked.

    Signals:
        was_read(): a section has been read.
    """

    was_read = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Datos sensibles"), 680)
        self._page = page
        self._attendee = ""
        self.sections: dict[str, ActionButton] = {}
        self._answers: dict[str, Text] = {}
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.GAP)
        self.body.addWidget(
            Text(
                _("Lea solo lo que necesita para cuidarla. Cada lectura queda escrita con su nombre."),
                wrap=True,
            )
        )
        self.body.addLayout(self._parts)
        self.body.addStretch(1)

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a person; everything is covered."""
        empty(self._parts)
        self._attendee = facts.page.attendee
        self.sections, self._answers = {}, {}
        for at, key in enumerate(reserved_sections(facts.page.reserved), 1):
            button = ActionButton(
                _("Ver: {section}").format(section=section_words(key)), f"Alt+{at}", icon="eye"
            )
            button.setAutoDefault(True)
            button.clicked.connect(partial(self._look, key))
            self.sections[key] = button
            self._answers[key] = Text(_("reservado"), "soft", wrap=True)
            self._parts.addWidget(button)
            self._parts.addWidget(self._answers[key])
        self.open(next(iter(self.sections.values()), self.done))

    def words(self, section: str) -> str:
        """What is shown of a section."""
        return self._answers[section].text()

    def close_sheet(self) -> None:
        """Cover everything again."""
        for answers in self._answers.values():
            answers.setText("")
        super().close_sheet()

    def _look(self, section: str) -> None:
        self._page.ask(
            read_reserved, self._page.place, self._attendee, section, then=partial(self._show, section)
        )

    def _show(self, section: str, answers: Mapping[str, Any]) -> None:
        lines = [f"{question(key).words}: {field_value(key, value)}" for key, value in answers.items()]
        self._answers[section].setText("\n".join(lines) or _("Sin respuesta."))
        self.sections[section].setEnabled(False)
        self.was_read.emit()


def section_words(key: str) -> str:
    """What a section is called on the screen."""
    if key == EXPORT:
        return _("todo, para ella misma")
    return next((_(section.title) for section in SECTIONS if section.key == key), key)


def _read(one: ReservedRead, time_zone: str) -> str:
    at = moment(one.at_ms).astimezone(zone(time_zone))
    return _("{when} lo leyó {who}: {section}").format(
        when=f"{at:%d/%m/%Y %H:%M}", who=one.operator, section=section_words(one.section).lower()
    )
