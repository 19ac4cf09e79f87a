"""Municipalities, by the first letters of their name, their department or their code."""

from __future__ import annotations

from collections.abc import Mapping

from fairclient.domain.catalogues import find_municipality, municipality, suggest_municipalities
from fairclient.domain.questions import Question
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.type_ahead import TypeAhead


class MunicipalityAnswer(Answer):
    """A type-ahead over all municipalities of the country."""

    def __init__(self, question: Question) -> None:
        self.line = TypeAhead(_suggest, _words)
        super().__init__(question, self.line)
        self.line.changed.connect(self.edited)

    def read(self) -> dict[str, str]:
        """The DIVIPOLA code, or what was typed where it fits nothing."""
        return self.one(self.line.value())

    def show(self, form: Mapping[str, str]) -> None:
        """Show name and department of a code, or of a name that is the only one of its kind."""
        value = form.get(self.question.key, "")
        found = find_municipality(value) if value else []
        self.line.set_value(found[0].code if len(found) == 1 else value)

    def settle(self) -> None:
        """Take what fits best."""
        self.line.settle()


def _suggest(text: str) -> list[tuple[str, str]]:
    return [(place.code, place.label) for place in suggest_municipalities(text)]


def _words(code: str) -> str:
    found = municipality(code)
    return found.label if found else ""
