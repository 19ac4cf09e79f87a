"""A birth date, or an age, with the age beside it as it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fairclient.base.errors import BadInput
from fairclient.base.words import _, ngettext
from fairclient.domain.birth import Birth, parse_birth
from fairclient.domain.questions import Question
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.date_field import DateField


class BirthAnswer(Answer):
    """A date field that says the age."""

    def __init__(self, question: Question, today: date) -> None:
        self.line = DateField()
        super().__init__(question, self.line)
        self._today = today
        self.line.setPlaceholderText(_("día mes año, o edad"))
        self.line.changed.connect(self._edited)
        self.line.editingFinished.connect(self.settle)

    def read(self) -> dict[str, str]:
        """What was typed."""
        return self.one(self.line.text().strip())

    def show(self, form: Mapping[str, str]) -> None:
        """Show a date or an age, as it was typed."""
        self.line.setText(form.get(self.question.key, ""))
        self._say_age()

    def settle(self) -> None:
        """Write a date that was understood as day/month/year; an age stays an age."""
        birth = self._birth()
        if birth is not None and not birth.estimated:
            self.line.set_date(birth.day)

    def _edited(self) -> None:
        self._say_age()
        self.edited.emit()

    def _say_age(self) -> None:
        birth = self._birth()
        self.line.set_note(_age_words(birth, self._today) if birth else "")

    def _birth(self) -> Birth | None:
        try:
            return parse_birth(self.line.text(), self._today)
        except BadInput:
            return None


def _age_words(birth: Birth, today: date) -> str:
    age = birth.age(today)
    if age < 2 and not birth.estimated:
        months = (today.year - birth.day.year) * 12 + today.month - birth.day.month
        months -= today.day < birth.day.day
        return ngettext("{n} mes", "{n} meses", months).format(n=months)
    words = ngettext("{n} año", "{n} años", age).format(n=age)
    return _("unos {age}").format(age=words) if birth.estimated else words
