"""Rules across fields: what can't be saved, and what is worth a second look, each in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from fairclient.domain.answers import Answers, Form
from fairclient.domain.findings import Finding
from fairclient.domain.rules.born import born_rules
from fairclient.domain.rules.coded import coded_rules
from fairclient.domain.rules.contact import contact_rules
from fairclient.domain.rules.family import family_rules
from fairclient.domain.rules.health import health_rules
from fairclient.domain.rules.names import name_rules
from fairclient.domain.rules.origin import origin_rules
from fairclient.domain.rules.papers import paper_rules

Rule = Callable[[Answers], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    name_rules,
    born_rules,
    coded_rules,
    paper_rules,
    origin_rules,
    family_rules,
    health_rules,
    contact_rules,
)


def check(form: Form, today: date) -> list[Finding]:
    """Everything worth telling about a form, refusals first.

    Fields that were left empty are mostly left in peace. Never raises: whatever was typed gets its sentence.
    """
    answers = Answers(form, today)
    found = [finding for rule in RULES for finding in rule(answers)]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.level != "refuse")


def refused(findings: list[Finding]) -> bool:
    """Whether one of the findings stands in the way of saving."""
    return any(finding.level == "refuse" for finding in findings)


__all__ = ["RULES", "Finding", "Form", "check", "refused"]
