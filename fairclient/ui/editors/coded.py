"""Answers from a closed list: a few in sight, one of many by typing, or several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fairclient.domain.answers import DIVIDER
from fairclient.domain.catalogues import Choice, find
from fairclient.domain.normalise import fold
from fairclient.domain.questions import Question
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.service_picker import ServiceChoice, ServicePicker
from fairclient.ui.widgets.type_ahead import TypeAhead


class SegmentsAnswer(Answer):
    """A few choices, all in sight; a long name is told in the tip and to screen readers."""

    def __init__(self, question: Question) -> None:
        offered = question.offered()
        self.segments = Segments([(choice.code, choice.short) for choice in offered])
        super().__init__(question, self.segments)
        self.segments.set_long_names({choice.code: choice.name for choice in offered})
        self.segments.changed.connect(self.edited)

    def read(self) -> dict[str, str]:
        """The code."""
        return self.one(self.segments.value())

    def show(self, form: Mapping[str, str]) -> None:
        """Choose the code; one that isn't offered chooses nothing."""
        code = form.get(self.question.key, "")
        self.segments.set_value(code if find(self.question.choices, code) else "")


class ChoiceAnswer(Answer):
    """One of many: type any word of its name, or its code."""

    def __init__(self, question: Question) -> None:
        self._folded = [
            (choice, f" {fold(choice.name)} {fold(choice.short)} {fold(choice.code)}")
            for choice in question.offered()
        ]
        self.line = TypeAhead(self._suggest, self._words)
        super().__init__(question, self.line)
        self.line.changed.connect(self.edited)

    def read(self) -> dict[str, str]:
        """The code, or what was typed where it fits nothing."""
        return self.one(self.line.value())

    def show(self, form: Mapping[str, str]) -> None:
        """Show the name of the code."""
        self.line.set_value(form.get(self.question.key, ""))

    def settle(self) -> None:
        """Take what fits best."""
        self.line.settle()

    def _words(self, code: str) -> str:
        found = find(self.question.choices, code)
        return found.name if found else ""

    def _suggest(self, text: str) -> list[tuple[str, str]]:
        words = [f" {word}" for word in fold(text).split()]
        fitting = [choice for choice, folded in self._folded if all(word in folded for word in words)]
        return [(choice.code, choice.name) for choice in sorted(fitting, key=_exact_first(fold(text)))]


def _exact_first(text: str) -> Callable[[Choice], bool]:
    """An order in which a code or a name that is just what was typed comes before the catalogue's own."""
    return lambda choice: text not in (fold(choice.code), fold(choice.name), fold(choice.short))


class ManyAnswer(Answer):
    """Any number of choices, as tiles."""

    def __init__(self, question: Question) -> None:
        self.picker = ServicePicker(_tiles(question.offered()))
        super().__init__(question, self.picker)
        self.picker.changed.connect(self.edited)

    def read(self) -> dict[str, str]:
        """The codes."""
        return self.one(DIVIDER.join(self.picker.chosen()))

    def show(self, form: Mapping[str, str]) -> None:
        """Choose the codes."""
        self.picker.set_chosen(form.get(self.question.key, "").split(DIVIDER))


def _tiles(offered: Sequence[Choice]) -> list[ServiceChoice]:
    return [ServiceChoice(choice.code, choice.name) for choice in offered]
