"""What every editor of a question can do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fairclient.domain.questions import Question


class Answer(QObject):
    """Stands between a question and the widget in which it is answered.

    Answers go out and come in as they stand in a form (`fairclient.domain.answers.Form`).

    Signals:
        edited(): a person changed the answer.
        grown(): the widget became taller or shorter (a second document, for instance).
    """

    edited = Signal()
    grown = Signal()

    def __init__(self, question: Question, widget: QWidget) -> None:
        super().__init__(widget)
        self.question = question
        self.widget = widget

    def read(self) -> dict[str, str]:
        """The answer, empty parts left out."""
        raise NotImplementedError

    def show(self, form: Mapping[str, str]) -> None:
        """Show what ``form`` says to this question; nothing where it says nothing."""
        raise NotImplementedError

    def settle(self) -> None:
        """Finish what is still being typed, as leaving the widget would."""

    def one(self, value: str) -> dict[str, str]:
        """The form of a question with a single key."""
        return {self.question.key: value} if value else {}
