"""Rules about households and children: under 18, somebody represents the child (Ley 1098 de 2006)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.birth import age_words
from fairclient.domain.findings import Finding, warn

ALONE: Final = "SC"
"""The specific need of an unaccompanied or separated child."""

_GRANDPARENT: Final = 28
_PARENT: Final = 13
"""Years below which such a role in the household is rare."""


def family_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about the role in the household, and about who represents a child."""
    if answers.is_minor:
        yield from _minor(answers)
    elif answers.age is not None and ALONE in answers.many("specific_needs"):
        yield warn(
            "specific_needs",
            "adult-unaccompanied",
            _("Es mayor de edad y está como niña, niño o adolescente sin acompañante. Revise."),
        )
    yield from _role(answers)


def _minor(answers: Answers) -> Iterator[Finding]:
    role = answers.text("household_role")
    if role in {"JEF", "PAR"}:
        yield warn(
            "household_role",
            "minor-head",
            _(
                "Es menor de edad y está como cabeza o pareja del hogar. "
                "Avise con reserva a la persona de protección."
            ),
        )
    accompanied = any(answers.text(key) for key in ("household", "representative"))
    if not accompanied and ALONE not in answers.many("specific_needs"):
        yield warn(
            "birth_date",
            "minor-alone",
            _("Es menor de edad: registre también a su familia, o la ruta de protección si vino sin nadie."),
        )


def _role(answers: Answers) -> Iterator[Finding]:
    least = {"ABU": _GRANDPARENT, "PAD": _PARENT, "PST": _PARENT, "YER": _PARENT}.get(
        answers.text("household_role"), 0
    )
    if answers.age is not None and answers.age < least:
        yield warn(
            "household_role",
            "role-of-other-age",
            _("Con {age}, ese lugar en el hogar es raro. Revise.").format(age=age_words(answers.age)),
        )
