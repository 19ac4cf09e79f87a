"""What counts go by of somebody who is erased: the band of her age on that day, and nothing of her name."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from sync.wire import body
from sync.wire.age import band_of
from sync.wire.attendee import ANONYMOUS_FIELDS, Attendee
from sync.wire.erasing import goes, homes, nameless
from tests.sync.wire.samples import salt

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (None, ""),
        (date(2026, 3, 15), ""),
        (date(2031, 1, 1), ""),
        (DAY, "0-5"),
        (date(2020, 3, 15), "0-5"),
        (date(2020, 3, 14), "6-12"),
        (date(2008, 3, 15), "13-17"),
        (date(2008, 3, 14), "18-25"),
        (date(1966, 3, 15), "26-59"),
        (date(1966, 3, 14), "60+"),
        (date(1790, 1, 1), "60+"),
    ],
)
def test_only_counts_are_left(born: date | None, band: str) -> None:
    person = Attendee(given_names="Ficticia", sex="F", profile="VP", language="pt", birth_date=born)
    left = nameless(person, DAY)
    assert left == Attendee(anonymous=True, sex="F", profile="VP", language="pt", age_band=band)
    assert left.model_fields_set <= ANONYMOUS_FIELDS
    assert not goes("attendee", body.encode_fact(left, salt(1)))


def test_every_age_has_one_band_and_no_age_before_birth_has() -> None:
    bands = [band for band in get_args(Attendee.model_fields["age_band"].annotation) if band]
    assert list(dict.fromkeys(band_of(age) for age in range(130))) == bands
    assert {band_of(age) for age in range(-130, 0)} == {""}


def test_the_homes_of_a_person_are_those_of_all_her_entries_and_what_became_one_with_them() -> None:
    first, second, third, other = (f"01890000-0000-7000-8000-00000000000{number}" for number in range(4))
    bodies = [
        body.encode_fact(Attendee(given_names="Ficticia", sex="F", profile="VP", household=first), salt(1)),
        body.encode_change("attendee", {"household": second}, "", salt(2)),
        body.encode_change("attendee", {"household": None}, "", salt(3)),
        b"not ours",
    ]
    assert homes(bodies, {}) == [{first}, {second}]
    merged = {third: second, second: first, other: other}
    assert homes(bodies, merged) == [{first, second, third}]
    assert homes([], merged) == []
