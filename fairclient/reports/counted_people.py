"""A day's people counted for the activity report, by profile, age band and sex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from fairclient.domain.catalogues import choices
from fairclient.domain.report_rows import AttendanceRow, DayFigures
from fairclient.reports.cells import Cells
from fairclient.reports.order import in_order
from sync.wire.age import band_of

ALL = "Σ"
UNKNOWN_AGE = "?"
OTHER = "O"  # everybody whose papers say neither F nor M
NOT_F = "MO"  # M and the few others together

PeopleKey = tuple[str, str, str]
"""Profile, age band and sex, `ALL` being the sum over one of them."""

_EVERYBODY: PeopleKey = (ALL, ALL, ALL)
_MOSTLY_HIDDEN = 0.6


@dataclass(frozen=True)
class People:
    """People by profile × age band × sex; only what somebody has is listed.

    ``sexes`` are those of the whole day, ``across`` those of the columns: in a shared report the few who are
    neither F nor M are counted with M there, or they would hide half of the table. ``by_profile`` says
    whether profiles are crossed with ages: not where nearly every number would have to be hidden.
    """

    cells: Cells[PeopleKey]
    profiles: tuple[str, ...]
    bands: tuple[str, ...]
    sexes: tuple[str, ...]
    across: tuple[str, ...]
    by_profile: bool


def age_band(age: int | None) -> str:
    """The code of the age band of an age in whole years."""
    return (band_of(age) if age is not None else "") or UNKNOWN_AGE


def count_people(figures: DayFigures, shared: bool) -> People:
    """Count a day's people."""
    places = [_place(person) for person in figures.people]
    profiles = in_order([one.code for one in choices("profiles")], (place[0] for place in places))
    bands = in_order([one.code for one in choices("age_bands")], (place[1] for place in places))
    sexes = in_order(("F", "M"), (place[2] for place in places))
    folded = shared and OTHER in sexes
    across = ("F", NOT_F) if folded else sexes
    values = _values(places, folded)
    fine = Cells(values, _cube(profiles, bands, across, sexes), {_EVERYBODY}, shared)
    by_profile = not shared or _readable(fine, values, profiles, bands, across)
    if by_profile:
        return People(fine, profiles, bands, sexes, across, by_profile)
    coarse = {key: number for key, number in values.items() if ALL in key[:2]}
    cells = Cells(coarse, _margins(profiles, bands, across, sexes), {_EVERYBODY}, shared)
    return People(cells, profiles, bands, sexes, across, by_profile)


def _place(person: AttendanceRow) -> PeopleKey:
    sex = person.sex if person.sex in ("F", "M") else OTHER
    return person.profile, person.age_band or age_band(person.age), sex


def _values(places: list[PeopleKey], folded: bool) -> Counter[PeopleKey]:
    values: Counter[PeopleKey] = Counter()
    for profile, band, sex in places:
        sexes = (NOT_F, ALL) if folded and sex != "F" else (sex, ALL)
        if folded and sex != "F":
            values[ALL, ALL, sex] += 1
        values.update(product((profile, ALL), (band, ALL), sexes))
    return values


def _readable(
    cells: Cells[PeopleKey],
    values: Counter[PeopleKey],
    profiles: tuple[str, ...],
    bands: tuple[str, ...],
    across: tuple[str, ...],
) -> bool:
    inner = [key for key in product(profiles, bands, across) if values[key]]
    return sum(key in cells.hidden for key in inner) <= _MOSTLY_HIDDEN * len(inner)


def _cube(
    profiles: tuple[str, ...], bands: tuple[str, ...], across: tuple[str, ...], sexes: tuple[str, ...]
) -> Iterator[list[PeopleKey]]:
    """For every line of the table its total and its parts."""
    for band, sex in product((*bands, ALL), (*across, ALL)):
        yield [(profile, band, sex) for profile in (ALL, *profiles)]
    for profile in profiles:
        yield from _lines(profile, bands, across)
    yield from _margins((), bands, across, sexes)


def _margins(
    profiles: tuple[str, ...], bands: tuple[str, ...], across: tuple[str, ...], sexes: tuple[str, ...]
) -> Iterator[list[PeopleKey]]:
    """The same where profiles aren't crossed with ages."""
    for sex in (*across, ALL):
        if profiles:
            yield [(profile, ALL, sex) for profile in (ALL, *profiles)]
    for profile in profiles:
        yield [(profile, ALL, sex) for sex in (ALL, *across)]
    yield from _lines(ALL, bands, across)
    yield [(ALL, ALL, sex) for sex in (ALL, *sexes)]
    if NOT_F in across:
        yield [(ALL, ALL, sex) for sex in (NOT_F, *(sex for sex in sexes if sex != "F"))]


def _lines(profile: str, bands: tuple[str, ...], across: tuple[str, ...]) -> Iterator[list[PeopleKey]]:
    for sex in (*across, ALL):
        yield [(profile, band, sex) for band in (ALL, *bands)]
    for band in (*bands, ALL):
        yield [(profile, band, sex) for sex in (ALL, *across)]
