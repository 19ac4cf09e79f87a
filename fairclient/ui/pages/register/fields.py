"""Fields grown from questions: a grid of six columns, with findings beneath the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding
from fairclient.domain.questions import Question
from fairclient.ui import theme
from fairclient.ui.editors.answer import Answer
from fairclient.ui.editors.catalogue import answer_for
from fairclient.ui.pages.register.draft import root
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.showing import show_if

_COLUMNS = 6


class Fields(QWidget):
    """One field for each of ``questions``, in their order and width.

    Signals:
        edited(str): a person changed the answer to the question with this key.
    """

    edited = Signal(str)

    def __init__(self, questions: Sequence[Question], today: date, *, shortcuts: bool = False) -> None:
        super().__init__()
        self._today = today
        self.answers: dict[str, Answer] = {}
        self.fields: dict[str, Field] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.SNUG)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        row, column = 0, 0
        for question in questions:
            if column + question.columns > _COLUMNS:
                row, column = row + 1, 0
            field = self._grow(question, shortcuts=shortcuts)
            grid.addWidget(field, row, column, 1, question.columns, Qt.AlignmentFlag.AlignTop)
            column += question.columns

    def read(self) -> dict[str, str]:
        """All answers that are there, as a form."""
        form: dict[str, str] = {}
        for answer in self.answers.values():
            form |= answer.read()
        return form

    def show_form(self, form: Mapping[str, str]) -> None:
        """Show every answer of ``form``, and nothing where it says nothing."""
        for answer in self.answers.values():
            answer.show(form)

    def settle(self) -> None:
        """Finish what is being typed."""
        for answer in self.answers.values():
            answer.settle()

    def fit(self, answers: Answers, *, sensitive_allowed: bool) -> None:
        """Show what applies to this person, and ask nothing sensitive before it was allowed."""
        for key, field in self.fields.items():
            question = self.answers[key].question
            show_if(question.applies(answers), field)
            field.setEnabled(sensitive_allowed or not question.sensitive)

    def tell(self, findings: Iterable[Finding], only: Iterable[str] | None = None) -> None:
        """Show the first finding of each field; of those in ``only`` where that is given."""
        first: dict[str, Finding] = {}
        for finding in findings:
            first.setdefault(root(finding.field), finding)
        wanted = set(self.fields) if only is None else set(only)
        for key, field in self.fields.items():
            found = first.get(key) if key in wanted else None
            field.set_finding(found.words if found else "", found.level if found else "warn")

    def key_of(self, widget: QWidget | None) -> str | None:
        """The question in whose field ``widget`` is."""
        return next(
            (key for key, field in self.fields.items() if widget is not None and field.isAncestorOf(widget)),
            None,
        )

    def go_to(self, key: str) -> bool:
        """Put the focus on a question; whether it is here."""
        if key not in self.answers:
            return False
        self.answers[key].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def place_of(self, widget: QWidget | None) -> str:
        """Where the focus is: the question, and which of its parts; "" for elsewhere."""
        key = self.key_of(widget)
        if key is None:
            return ""
        stops = self._stops(key)
        return f"{key}#{stops.index(widget) if widget in stops else 0}"

    def return_to(self, place: str) -> bool:
        """Put the focus where ``place_of`` said it was; whether that is here."""
        key, _, at = place.partition("#")
        if key not in self.fields:
            return False
        stops = self._stops(key)
        stop = stops[int(at)] if at.isdecimal() and int(at) < len(stops) else self.answers[key].widget
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _stops(self, key: str) -> list[QWidget]:
        """What takes the focus in a question's field, in the order of the making."""
        field = self.fields[key]
        stops = (one for one in field.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return [one for one in stops if one.isVisibleTo(field) and one.focusProxy() is None]

    def _grow(self, question: Question, *, shortcuts: bool) -> Field:
        answer = answer_for(question, self._today)
        key = f"Alt+{question.shortcut}" if question.shortcut and shortcuts else ""
        field = Field(question.words, answer.widget, question.hint_words or question.why, key)
        answer.edited.connect(partial(self.edited.emit, question.key))
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setWhatsThis(question.words)
            shortcut.activated.connect(partial(self.go_to, question.key))
        self.answers[question.key] = answer
        self.fields[question.key] = field
        return field
