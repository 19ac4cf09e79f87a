"""Invented people and families for practice and measuring: like those who come, and nobody's data.

Profiles, sexes, sizes of households and papers follow what is published about Intégrate centres (2022-24) and
the DANE migration survey (July 2023). Every number is of a series that was never given out: telephones begin
with 399, Colombian identity numbers with 19, permits and Venezuelan cards with 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Final, TypeVar

from fairclient.domain.birth import ADULT
from fairclient.domain.fictional_names import Country, given_names, surname
from fairclient.domain.fictional_papers import Papers
from fairclient.domain.fictional_services import wanted_services
from sync.wire.attendee import Attendee, Phone

_T = TypeVar("_T")

# Shares in a hundred.
_GROUPS: Final = {"venezuelan": 79, "returnee": 9, "host": 12}
_VENEZUELAN_PROFILES: Final = {"VP": 86, "TR": 6, "PE": 4, "BI": 4}
_SIZES: Final = {1: 12, 2: 15, 3: 19, 4: 20, 5: 16, 6: 10, 7: 8}
_PLACES: Final = {"08758": 70, "08001": 18, "08433": 8, "08573": 4}
_SEXES: Final = {"F": 61, "M": 38, "NB": 1}

_TOGETHER: Final = 0.55
_GRANDPARENT: Final = 0.12
_ONE_SURNAME: Final = 0.07
_ESTIMATED: Final = 0.06
_PHONE: Final = 0.88
_BORN_HERE: Final = 0.22
_GENERATION: Final = 16
"""Years between a parent and a child at least."""


@dataclass(frozen=True, slots=True)
class FictionalPerson:
    """Somebody who does not exist; those of one `household` label come together, "" comes alone."""

    attendee: Attendee
    household: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    """What the members share."""

    label: str
    group: str
    profile: str
    country: Country
    municipality: str
    neighbourhood: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Member:
    role: str
    sex: str
    age: int
    surnames: tuple[str, str]


def people(seed: int, count: int, today: date) -> tuple[FictionalPerson, ...]:
    """``count`` people in families, the same for the same seed and day; the last family may be cut short."""
    return tuple(islice(_everybody(Random(seed), today), count))


def _everybody(draw: Random, today: date) -> Iterator[FictionalPerson]:
    papers = Papers(draw)
    for number in counting(1):
        size = _pick(draw, _SIZES)
        family = _family(draw, f"hogar-{number:04}" if size > 1 else "", number)
        for member in _members(draw, family.country, size):
            yield _person(draw, papers, family, member, today)


def _family(draw: Random, label: str, number: int) -> _Family:
    group = _pick(draw, _GROUPS)
    profile = {"returnee": "RE", "host": "CA"}.get(group) or _pick(draw, _VENEZUELAN_PROFILES)
    return _Family(
        label=label,
        group=group,
        profile=profile,
        country="ve" if group == "venezuelan" else "co",
        municipality=_pick(draw, _PLACES),
        neighbourhood=f"Barrio Ficticio {draw.randint(1, 24)}",
        phone=f"399{number % 10_000_000:07}",
    )


def _members(draw: Random, country: Country, size: int) -> Iterator[_Member]:
    """Give the head first, so that a family that is cut short still has one."""
    head = _Member("JEF", _pick(draw, _SEXES), draw.randint(19, 58), _two(draw, country))
    yield head
    left = size - 1
    partner = None
    if left and draw.random() < _TOGETHER:
        age = max(ADULT, head.age + draw.randint(-6, 6))
        partner = _Member("PAR", "M" if head.sex == "F" else "F", age, _two(draw, country))
        yield partner
        left -= 1
    if left and draw.random() < _GRANDPARENT:
        surnames = (head.surnames[1], surname(draw, country))
        yield _Member("PAD", _pick(draw, _SEXES), min(head.age + draw.randint(18, 34), 94), surnames)
        left -= 1
    for _child in range(left):
        yield _child_of(draw, head, partner)


def _child_of(draw: Random, head: _Member, partner: _Member | None) -> _Member:
    """Give a child of both, or of one parent alone: then it has both surnames of that parent."""
    youngest = min(head.age, partner.age if partner else head.age)
    age = draw.randint(0, min(17, youngest - _GENERATION))
    if partner is None:
        return _Member("HIJ", _pick(draw, _SEXES), age, head.surnames)
    father, mother = (head, partner) if head.sex == "M" else (partner, head)
    return _Member("HIJ", _pick(draw, _SEXES), age, (father.surnames[0], mother.surnames[0]))


def _person(draw: Random, papers: Papers, family: _Family, member: _Member, today: date) -> FictionalPerson:
    nationality = _nationality(draw, family.group, member.age)
    estimated = draw.random() < _ESTIMATED
    one_surname = draw.random() < _ONE_SURNAME
    adult = member.age >= ADULT
    attendee = Attendee(
        given_names=given_names(draw, family.country, member.sex),
        first_surname=member.surnames[0],
        second_surname="" if one_surname else member.surnames[1],
        sex=member.sex,
        birth_date=_born(draw, member.age, today, estimated),
        birth_estimated=estimated,
        profile=family.profile,
        nationality=nationality,
        documents=papers.of(nationality, member.age),
        phones=(Phone(number=family.phone),) if adult and draw.random() < _PHONE else (),
        municipality=family.municipality,
        neighbourhood=family.neighbourhood,
        household_role=member.role if family.label else "",
    )
    return FictionalPerson(attendee, family.label, wanted_services(draw, nationality, member.sex, member.age))


def _nationality(draw: Random, group: str, age: int) -> str:
    if group == "host":
        return "COL"
    if group == "returnee":  # the children were often born in Venezuela
        return "COL" if age >= ADULT or draw.random() < 0.6 else "VEN"
    return "COL" if age < 8 and draw.random() < _BORN_HERE else "VEN"


def _born(draw: Random, age: int, today: date, estimated: bool) -> date:
    """Give a day on which somebody was born who is that old today; an estimate is 1 January."""
    if estimated:
        return date(today.year - age, 1, 1)
    last = today.replace(year=today.year - age, day=min(today.day, 28))
    return last - timedelta(days=draw.randint(0, 360))


def _two(draw: Random, country: Country) -> tuple[str, str]:
    return surname(draw, country), surname(draw, country)


def _pick(draw: Random, shares: dict[_T, int]) -> _T:
    return draw.choices(tuple(shares), tuple(shares.values()))[0]
