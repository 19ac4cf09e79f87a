"""Rules about the date of birth and the age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.birth import age_words, parse_birth
from fairclient.domain.catalogues import find
from fairclient.domain.findings import Finding, refuse, warn

_RARE_AGE: Final = 100
"""Years from which the age is worth a second look."""


def born_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about the birth date."""
    typed = answers.text("birth_date")
    if not typed:
        yield warn(
            "birth_date",
            "no-birth",
            _("Sin fecha de nacimiento. Escriba al menos la edad aproximada: dice si es menor."),
        )
        return
    try:
        birth = parse_birth(typed, answers.today)
    except BadInput as bad:
        yield refuse("birth_date", bad.code, str(bad))
        return
    age = birth.age(answers.today)
    if age >= _RARE_AGE:
        yield warn("birth_date", "rare-age", _("Tendría {age}. Revise el año.").format(age=age_words(age)))
    yield from _study(answers, age)


def _study(answers: Answers, age: int) -> Iterator[Finding]:
    from_years = _youngest(answers.text("education"))
    if age < from_years:
        yield warn(
            "education",
            "too-young-for-level",
            _("Con {age} ese nivel educativo es raro. Revise la edad o el nivel.").format(age=age_words(age)),
        )


def _youngest(level: str) -> int:
    found = find("education", level)
    return int(found.extra["youngest"] or 0) if found else 0
