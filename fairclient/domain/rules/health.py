"""Rules about health insurance, pregnancy, functioning and specific needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.birth import age_words
from fairclient.domain.catalogues import find
from fairclient.domain.findings import Finding, warn

_SEVERE: Final = frozenset({"3", "4"})
"""Answers that the Washington Group counts as disability: a lot of difficulty, cannot do it."""

_NO_DISABILITY: Final = "8"
_OLDER: Final = 60
_PROTECTED: Final = 14
"""Years below which a pregnancy always calls for protection (Código Penal, arts. 208 and 209)."""

_FERTILE: Final = range(10, 56)


def health_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about health."""
    yield from _insurer(answers.text("health_regime"), answers.text("eps"))
    yield from _pregnancy(answers)
    yield from _disability(answers)
    yield from _needs(answers)


def lives_with_disability(functioning: tuple[str, ...]) -> bool:
    """Whether one of the six answers is "a lot of difficulty" or worse: the Washington Group's cut-off."""
    return any(answer in _SEVERE for answer in functioning)


def _insurer(regime: str, code: str) -> Iterator[Finding]:
    insurer = find("eps", code)
    if insurer is None:
        return
    usual = insurer.extra["regime"]
    if insurer.extra["active"] != "yes":
        yield warn(
            "eps",
            "insurer-closed",
            _("{name} ya no funciona. Pregunte a qué EPS pasó.").format(name=insurer.name),
        )
    elif regime == "N":
        yield warn(
            "eps",
            "insured-and-not",
            _("Dice que no tiene afiliación y hay una EPS. Revise cuál es."),
        )
    elif regime and usual and regime not in {usual, "99"}:
        yield warn(
            "eps",
            "insurer-of-other-regime",
            _("{name} suele ser de otro régimen. Revise el régimen o la EPS.").format(name=insurer.name),
        )


def _pregnancy(answers: Answers) -> Iterator[Finding]:
    pregnant, age = answers.text("pregnant") == "Y", answers.age
    if not pregnant and "PG" not in answers.many("specific_needs"):
        return
    key = "pregnant" if pregnant else "specific_needs"
    if answers.text("sex") == "M":
        yield warn(
            key,
            "pregnant-male",
            _("Está embarazada o lactando y el sexo es masculino. Revise; si es así, déjelo."),
        )
    if not pregnant or age is None:
        return
    if age < _PROTECTED:
        yield warn(
            key,
            "pregnant-child",
            _("Tiene menos de 14 años: avise con reserva a la persona de protección, sin preguntar más."),
        )
    if age not in _FERTILE:
        yield warn(key, "pregnant-age", _("Embarazo con {age}: es raro. Revise.").format(age=age_words(age)))


def _disability(answers: Answers) -> Iterator[Finding]:
    if answers.text("disability") == _NO_DISABILITY and lives_with_disability(answers.places("functioning")):
        yield warn(
            "disability",
            "functioning-and-not",
            _("Dice que tiene mucha dificultad y también «sin discapacidad». Revise con la persona."),
        )


def _needs(answers: Answers) -> Iterator[Finding]:
    age, needs = answers.age, answers.many("specific_needs")
    if age is None:
        return
    if "ER" in needs and age < _OLDER:
        yield warn(
            "specific_needs",
            "older-but-young",
            _("Está como persona mayor en riesgo y tiene {age}. Revise.").format(age=age_words(age)),
        )
    if "CR" in needs and not answers.is_minor:
        yield warn(
            "specific_needs",
            "child-but-adult",
            _("Está como niña, niño o adolescente en riesgo y tiene {age}. Revise.").format(
                age=age_words(age)
            ),
        )
