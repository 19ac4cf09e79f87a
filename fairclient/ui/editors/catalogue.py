"""Which editor answers which kind of question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fairclient.domain.questions import Editor, Question
from fairclient.ui.editors.answer import Answer
from fairclient.ui.editors.birth import BirthAnswer
from fairclient.ui.editors.coded import ChoiceAnswer, ManyAnswer, SegmentsAnswer
from fairclient.ui.editors.documents import DocumentsAnswer
from fairclient.ui.editors.functioning import FunctioningAnswer
from fairclient.ui.editors.phones import PhonesAnswer
from fairclient.ui.editors.places import MunicipalityAnswer
from fairclient.ui.editors.plain import ParagraphAnswer, TextAnswer

ANSWERS: dict[Editor, Callable[[Question], Answer]] = {
    "text": TextAnswer,
    "paragraph": ParagraphAnswer,
    "segments": SegmentsAnswer,
    "choice": ChoiceAnswer,
    "country": ChoiceAnswer,
    "many": ManyAnswer,
    "document": DocumentsAnswer,
    "phone": PhonesAnswer,
    "municipality": MunicipalityAnswer,
    "functioning": FunctioningAnswer,
}


def answer_for(question: Question, today: date) -> Answer:
    """A new editor for ``question``; dates are read as of ``today``."""
    if question.editor == "date":
        return BirthAnswer(question, today)
    return ANSWERS[question.editor](question)
