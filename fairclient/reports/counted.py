"""A day's people and referrals counted for the activity report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from fairclient.domain.catalogues import choices, find
from fairclient.domain.report_rows import STATES, AttendanceRow, DayFigures
from fairclient.reports.cells import Cells

ALL = "Σ"
UNKNOWN_AGE = "?"
OTHER_SEX = "O"
SEXES = ("F", "M", OTHER_SEX)  # the few whose papers say something else are counted together
RESERVED = "*"  # the sensitive services of a shared report, which are counted together and not named
OTHER_REASON = "OTHER"
ISSUED = "issued"

PeopleKey = tuple[str, str, str]
"""Profile, age band and sex, `ALL` being the sum over one of them."""

ReferralKey = tuple[str, str, str]
"""("service", "desk", "reason" or "all"; its code; the state)."""


@dataclass(frozen=True)
class People:
    """People by profile × age band × sex; only profiles and bands that somebody has are listed."""

    cells: Cells[PeopleKey]
    profiles: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True)
class Referrals:
    """Referrals by service, desk, reason and state; ``reasons`` are those of what was not served."""

    cells: Cells[ReferralKey]
    services: tuple[str, ...]
    desks: tuple[str, ...]
    reasons: tuple[str, ...]


def age_band(age: int | None) -> str:
    """The code of the age band (GIFMM 5W report) of an age in whole years."""
    for band in choices("age_bands"):
        oldest = band.extra["oldest"]
        if age is not None and int(band.extra["youngest"]) <= age <= int(oldest or age):
            return band.code
    return UNKNOWN_AGE


def count_people(figures: DayFigures, shared: bool) -> People:
    """Count a day's people."""
    inner = Counter(_place(person) for person in figures.people)
    profiles = _in_order((key[0] for key in inner), "profiles")
    bands = _in_order((key[1] for key in inner), "age_bands")
    values: Counter[PeopleKey] = Counter()
    for place, number in inner.items():
        for profile, band, sex in product(*((part, ALL) for part in place)):
            values[profile, band, sex] += number
    axes = (profiles, bands, SEXES)
    return People(Cells(values, _cube_sums(axes), shared), profiles, bands)


def count_referrals(figures: DayFigures, shared: bool) -> Referrals:
    """Count a day's referrals; in a shared report the sensitive services are one line without a name."""
    masked = {one.code for one in figures.services if one.sensitive} if shared else set()
    values: Counter[ReferralKey] = Counter()
    reasons: Counter[str] = Counter()
    for one in figures.referrals:
        service = RESERVED if one.service in masked else one.service
        for state in (one.state, ISSUED):
            for key in (("service", service, state), ("desk", one.desk, state), ("all", ALL, state)):
                values[key] += one.count
        if one.state == "not_served":
            # What a desk wrote in its own words may say too much to be shared.
            reason = OTHER_REASON if shared and not find("not_served_reasons", one.reason) else one.reason
            reasons[reason] += one.count
            values["reason", reason, "not_served"] += one.count
    services = _listed([one.code for one in figures.services], _codes(values, "service"))
    desks = _listed([one.letter for one in figures.desks], _codes(values, "desk"))
    why = tuple(sorted(reasons, key=lambda reason: (-reasons[reason], reason)))
    sums = list(_referral_sums(services, desks, why))
    return Referrals(Cells(values, sums, shared), services, desks, why)


def _place(person: AttendanceRow) -> PeopleKey:
    sex = person.sex if person.sex in SEXES else OTHER_SEX
    return person.profile, age_band(person.age), sex


def _codes(values: Counter[ReferralKey], kind: str) -> list[str]:
    return [key[1] for key in values if key[0] == kind]


def _in_order(found: Iterator[str], catalogue: str) -> tuple[str, ...]:
    return _listed([choice.code for choice in choices(catalogue)], list(found))


def _listed(order: list[str], found: list[str]) -> tuple[str, ...]:
    """What was found, in the order given; what has no place in it comes last."""
    there = set(found)
    known = [code for code in order if code in there]
    return tuple(known + sorted(there.difference(known)))


def _cube_sums(axes: tuple[tuple[str, ...], ...]) -> Iterator[list[PeopleKey]]:
    """For every line of the cube its total and its parts."""
    for along, parts in enumerate(axes):
        others = [(*axis, ALL) if place != along else (ALL,) for place, axis in enumerate(axes)]
        for profile, band, sex in product(*others):
            base = [profile, band, sex]
            yield [_at(base, along, part) for part in (ALL, *parts)]


def _at(base: list[str], along: int, part: str) -> PeopleKey:
    changed = [*base]
    changed[along] = part
    return changed[0], changed[1], changed[2]


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
