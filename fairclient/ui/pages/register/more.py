"""The card of the other questions: short sections, each opened by its letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding
from fairclient.domain.questions import SECTIONS, Section, of_section
from fairclient.ui import theme
from fairclient.ui.pages.register.draft import root
from fairclient.ui.pages.register.section import SectionSheet
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_ON_THE_PAGE = "person"


class MoreCard(Card):
    """A row for each section, with how much of it has been asked.

    Signals:
        edited(str): a person changed the answer to the question with this key.
    """

    edited = Signal(str)

    def __init__(self, over: QWidget, today: date) -> None:
        super().__init__(_("Más preguntas"), _("Alt+M, luego la letra"))
        self._over = over
        self._today = today
        self._form: dict[str, str] = {}
        self._answers = Answers({}, today)
        self._sensitive_allowed = False
        self._sheets: dict[str, SectionSheet] = {}
        self._findings: list[Finding] = []
        self.rows = {section.key: SectionRow(section, self) for section in SECTIONS if _aside(section)}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(2)
        for at, row in enumerate(self.rows.values()):
            grid.addWidget(row, *divmod(at, 2))
            row.clicked.connect(partial(self.open_section, row.section.key))
        self.add(grid)
        self.body.addStretch(1)
        shortcut = QShortcut(QKeySequence("Alt+M"), self)
        shortcut.setWhatsThis(_("Más preguntas; luego, la letra de la sección"))
        shortcut.activated.connect(self._first)

    def read(self) -> dict[str, str]:
        """The answers of all sections."""
        return dict(self._form)

    def show_form(self, form: Mapping[str, str]) -> None:
        """Take the answers of a form."""
        keys = {question.key for section in self.rows for question in of_section(section)}
        self._form = {key: text for key, text in form.items() if root(key) in keys}
        for sheet in self._sheets.values():
            sheet.fields.show_form(self._form)
        self._tell_rows()

    def fit(self, answers: Answers, *, sensitive_allowed: bool) -> None:
        """Ask what applies to this person and what she allowed."""
        self._answers, self._sensitive_allowed = answers, sensitive_allowed
        self._tell_rows()

    def tell(self, findings: list[Finding]) -> None:
        """Keep the findings for the sections, and mark the rows that have one."""
        self._findings = findings
        for key, sheet in self._sheets.items():
            sheet.fields.tell(findings)
            self.rows[key].set_level(self._level(key))
        for key, row in self.rows.items():
            row.set_level(self._level(key))

    def open_section(self, key: str) -> None:
        """Open a section's sheet."""
        sheet = self._sheets.get(key) or self._build(key)
        sheet.show_for(self._answers, sensitive_allowed=self._sensitive_allowed)
        sheet.fields.tell(self._findings)
        sheet.open()

    def go_to(self, key: str) -> bool:
        """Open the section of a question, and put the focus on it."""
        found = next((name for name in self.rows if any(one.key == key for one in of_section(name))), None)
        if found is None:
            return False
        self.open_section(found)
        return self._sheets[found].fields.go_to(key)

    def key_of(self, widget: QWidget | None) -> str:
        """The question of a section in whose field ``widget`` is, "" for none."""
        keys = (sheet.fields.key_of(widget) for sheet in self._sheets.values() if sheet.isVisible())
        return next((key for key in keys if key), "")

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Open the section whose letter was pressed on one of the rows."""
        letter = event.text().upper()
        found = next(
            (key for key, row in self.rows.items() if letter and row.section.shortcut == letter), None
        )
        if found is not None:
            self.open_section(found)
        return found is not None

    def _build(self, key: str) -> SectionSheet:
        section = self.rows[key].section
        sheet = SectionSheet(self._over, section, self._today)
        sheet.fields.show_form(self._form)
        sheet.fields.edited.connect(partial(self._edited, key))
        self._sheets[key] = sheet
        return sheet

    def _edited(self, section: str, question: str) -> None:
        mine = {asked.key for asked in of_section(section)}
        others = {key: text for key, text in self._form.items() if root(key) not in mine}
        self._form = others | self._sheets[section].fields.read()
        self._tell_rows()
        self.edited.emit(question)

    def _tell_rows(self) -> None:
        answered = {root(key) for key in self._form}
        for key, row in self.rows.items():
            asked = [question for question in of_section(key) if question.applies(self._answers)]
            row.set_state(sum(question.key in answered for question in asked), len(asked))

    def _level(self, section: str) -> str:
        keys = {question.key for question in of_section(section)}
        levels = {finding.level for finding in self._findings if root(finding.field) in keys}
        return "refuse" if "refuse" in levels else "warn" if levels else ""

    def _first(self) -> None:
        next(iter(self.rows.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)


class SectionRow(QPushButton):
    """A section's letter, its title, and how much of it was asked."""

    def __init__(self, section: Section, card: MoreCard) -> None:
        super().__init__()
        self.section = section
        self._card = card
        self.setProperty("look", "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._state = Text("", "hint")
        self._mark = Picture("warn", "none", 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, 0)
        row.setSpacing(theme.SNUG)
        for part in (
            KeyCap(section.shortcut),
            Text(_(section.title), "row", elide=True),
            self._mark,
            self._state,
        ):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 1 if part.property("look") == "row" else 0)
        self._mark.hide()

    def sizeHint(self) -> QSize:
        """A little lower than an input: it is read more often than pressed."""
        return QSize(140, theme.scaled(28))

    def set_state(self, answered: int, asked: int) -> None:
        """Say how many of the questions that apply were answered."""
        self._state.setText(f"{answered}/{asked}" if answered else "")
        state = _("{n} de {all}").format(n=answered, all=asked) if answered else _("sin preguntar")
        self.setAccessibleName(f"{_(self.section.title)}, {state}")

    def set_level(self, level: str) -> None:
        """Mark that something in it wants a look."""
        mark = {"refuse": ("danger", "danger_ink"), "warn": ("warn", "warn_ink")}
        self._mark.show_picture(*mark.get(level, ("warn", "none")))
        show_if(bool(level), self._mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter opens its section."""
        if event.modifiers() or not self._card.key_pressed(event):
            super().keyPressEvent(event)


def _aside(section: Section) -> bool:
    return section.key != _ON_THE_PAGE
