"""A day's referrals counted for the activity report, by service, desk, reason and state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairclient.domain.catalogues import find
from fairclient.domain.report_rows import STATES, DayFigures
from fairclient.reports.cells import Cells
from fairclient.reports.order import in_order
from fairclient.reports.small_cells import Balance

ALL = "Σ"
RESERVED = "*"  # the sensitive services of a shared report, which are counted together and not named
OTHER_REASON = "OTHER"
ISSUED = "issued"

ReferralKey = tuple[str, str, str]
"""("service", "desk", "reason" or "all"; its code; the state)."""


@dataclass(frozen=True)
class Referrals:
    """Referrals by service, desk, reason and state; ``reasons`` are those of what was not served."""

    cells: Cells[ReferralKey]
    services: tuple[str, ...]
    desks: tuple[str, ...]
    reasons: tuple[str, ...]

    def total(self, state: str) -> int:
        """How many of the whole day stand in a state, or were issued."""
        return self.cells.count(("all", ALL, state)) or 0


def count_referrals(figures: DayFigures, shared: bool) -> Referrals:
    """Count a day's referrals; in a shared report the sensitive services are one line without a name."""
    masked = {one.code for one in figures.services if one.sensitive} if shared else set()
    values: Counter[ReferralKey] = Counter()
    reasons: Counter[str] = Counter()
    given: set[tuple[str, str]] = set()
    for one in figures.referrals:
        service = RESERVED if one.service in masked else one.service
        given.add((service, one.desk))
        for state in (one.state, ISSUED):
            for key in (("service", service, state), ("desk", one.desk, state), ("all", ALL, state)):
                values[key] += one.count
        if one.state == "not_served":
            # What a desk wrote in its own words may say too much to be shared.
            reason = OTHER_REASON if shared and not find("not_served_reasons", one.reason) else one.reason
            reasons[reason] += one.count
            values["reason", reason, "not_served"] += one.count
    services = in_order([one.code for one in figures.services], _codes(values, "service"))
    desks = in_order([one.letter for one in figures.desks], _codes(values, "desk"))
    why = tuple(sorted(reasons, key=lambda reason: (-reasons[reason], reason)))
    always = {("all", ALL, state) for state in (*STATES, ISSUED)}
    sums = list(_referral_sums(services, desks, why))
    return Referrals(Cells(values, sums, always, shared, _groups(given)), services, desks, why)


def _groups(given: Iterable[tuple[str, str]]) -> Iterator[Balance[ReferralKey]]:
    """Services and the desks that gave them and nothing else: two tables that can be compared."""
    groups: list[tuple[set[str], set[str]]] = []
    for service, desk in sorted(given):
        touched = [group for group in groups if service in group[0] or desk in group[1]]
        groups = [group for group in groups if group not in touched]
        groups.append(
            (
                {service}.union(*(services for services, _desks in touched)),
                {desk}.union(*(desks for _services, desks in touched)),
            )
        )
    for services, desks in groups:
        for state in (*STATES, ISSUED):
            yield (
                tuple(("service", code, state) for code in sorted(services)),
                tuple(("desk", letter, state) for letter in sorted(desks)),
            )


def _codes(values: Counter[ReferralKey], kind: str) -> list[str]:
    return [key[1] for key in values if key[0] == kind]


def _referral_sums(
    services: tuple[str, ...], desks: tuple[str, ...], reasons: tuple[str, ...]
) -> Iterator[list[ReferralKey]]:
    for state in (*STATES, ISSUED):
        yield [("all", ALL, state), *(("service", code, state) for code in services)]
        yield [("all", ALL, state), *(("desk", letter, state) for letter in desks)]
    for kind, codes in (("all", (ALL,)), ("service", services), ("desk", desks)):
        for code in codes:
            yield [(kind, code, ISSUED), *((kind, code, state) for state in STATES)]
    yield [("all", ALL, "not_served"), *(("reason", reason, "not_served") for reason in reasons)]
