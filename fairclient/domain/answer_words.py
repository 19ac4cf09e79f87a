"""Answers as people read them: what a field is called, and what its value says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from fairclient.base.words import _
from fairclient.domain import catalogues
from fairclient.domain.questions import QUESTIONS, Question

_ASKED: Final = {question.key: question for question in QUESTIONS}


def field_words(name: str) -> str:
    """What a field is called on the screen."""
    return _ASKED[name].words if name in _ASKED else _FIELDS.get(name, lambda: name)()


def field_value(name: str, value: Any) -> str:
    """The value of a field as it is read; "" for none."""
    asked = _ASKED.get(name)
    if asked is not None and asked.editor == "functioning" and isinstance(value, Sequence):
        return "; ".join(
            f"{activity.short}: {catalogues.name_of(asked.choices, str(code))}"
            for activity, code in zip(catalogues.choices("functioning"), value, strict=False)
            if code
        )
    return value_words(asked, value)


def value_words(question: Question | None, value: Any) -> str:
    """A value as it is read."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (value_words(question, one) for one in value)))
    if isinstance(value, Mapping):
        return " ".join(str(value[part]) for part in ("type", "number", "owner") if value.get(part))
    if value in (None, "", False):
        return ""
    if question is not None and question.editor == "municipality":
        return catalogues.municipality_label(str(value))
    if question is not None and question.choices and question.editor not in ("document", "functioning"):
        return catalogues.name_of(question.choices, str(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


_FIELDS = {
    "birth_estimated": lambda: _("Fecha aproximada"),
    "household": lambda: _("Hogar"),
    "unaccompanied": lambda: _("Ruta reservada"),
}
