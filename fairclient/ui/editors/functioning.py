"""The six questions of the Washington Group Short Set, each with its answers in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.domain.answers import DIVIDER
from fairclient.domain.catalogues import choices
from fairclient.domain.questions import Question
from fairclient.ui import theme
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.segments import Segments

_QUESTIONS = "functioning"


class FunctioningAnswer(Answer):
    """Six answers whose places mean something; one that was not asked is left empty."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, QWidget())
        offered = [(choice.code, choice.short) for choice in question.offered()]
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SNUG)
        self.six: list[Segments] = []
        for asked in choices(_QUESTIONS):
            segments = Segments(offered)
            segments.changed.connect(self.edited)
            self.six.append(segments)
            column.addWidget(Field(asked.name, segments))
        self.widget.setFocusProxy(self.six[0])

    def read(self) -> dict[str, str]:
        """The six codes; nothing at all where none of them was asked."""
        codes = [segments.value() for segments in self.six]
        return self.one(DIVIDER.join(codes) if any(codes) else "")

    def show(self, form: Mapping[str, str]) -> None:
        """Choose the six codes."""
        codes = form.get(self.question.key, "").split(DIVIDER)
        offered = {choice.code for choice in self.question.offered()}
        for at, segments in enumerate(self.six):
            code = codes[at].strip() if at < len(codes) else ""
            segments.set_value(code if code in offered else "")
