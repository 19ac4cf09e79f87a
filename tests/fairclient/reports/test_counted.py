"""The counts behind the activity report add up, and hide what they must."""

from __future__ import annotations

from itertools import product

import pytest

from fairclient.domain.report_rows import STATES, DayFigures
from fairclient.reports.counted_people import ALL, NOT_F, UNKNOWN_AGE, age_band, count_people
from fairclient.reports.counted_referrals import ISSUED, RESERVED, count_referrals
from tests.fairclient.reports.factory import (
    DAY,
    DESKS,
    EMPTY,
    HEADING,
    SERVICES,
    large_day,
    person,
    referrals,
    small_day,
)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "0-5"),
        (5, "0-5"),
        (6, "6-12"),
        (17, "13-17"),
        (18, "18-25"),
        (59, "26-59"),
        (60, "60+"),
        (104, "60+"),
    ],
)
def test_age_bands(age: int, band: str) -> None:
    assert age_band(age) == band


def test_an_age_that_nobody_knows_is_a_band_of_its_own() -> None:
    assert age_band(None) == age_band(-1) == UNKNOWN_AGE


def test_everybody_is_counted_once_in_each_direction() -> None:
    day = large_day()
    people = count_people(day, shared=False)
    count = people.cells.count
    assert people.by_profile and people.sexes == people.across == ("F", "M", "O")
    inner = [count(key) or 0 for key in product(people.profiles, people.bands, people.across)]
    assert sum(inner) == count((ALL, ALL, ALL)) == len(day.people)
    assert sum(count((ALL, ALL, sex)) or 0 for sex in people.sexes) == len(day.people)
    women = sum(one.sex == "F" for one in day.people)
    assert count((ALL, ALL, "F")) == women


def test_a_shared_report_folds_the_few_who_are_neither_f_nor_m() -> None:
    people = count_people(large_day(), shared=True)
    assert people.across == ("F", NOT_F)
    assert not people.by_profile
    count = people.cells.count
    assert count((ALL, ALL, "F")) == 248 and count((ALL, ALL, "M")) == 158 and count((ALL, ALL, "O")) == 6
    assert count((ALL, "0-5", "F")) == 11 and count((ALL, "0-5", NOT_F)) == 6


def test_a_fair_of_many_keeps_its_whole_table_when_shared() -> None:
    people = count_people(large_day(6000), shared=True)
    assert people.by_profile
    shown = [people.cells.count(key) for key in product(people.profiles, people.bands, people.across)]
    assert sum(number is None for number in shown) < len(shown) / 3


def test_no_small_count_of_people_is_shared() -> None:
    for day in (small_day(), large_day(), large_day(30), large_day(6000)):
        people = count_people(day, shared=True)
        keys = product((*people.profiles, ALL), (*people.bands, ALL), (*people.sexes, NOT_F, ALL))
        numbers = [people.cells.count(key) for key in keys if key != (ALL, ALL, ALL)]
        assert not [number for number in numbers if number and number < 5]


def test_nobody_at_all() -> None:
    people = count_people(EMPTY, shared=True)
    assert (people.profiles, people.bands, people.sexes) == ((), (), ())
    assert people.cells.count((ALL, ALL, ALL)) == 0
    assert count_referrals(EMPTY, shared=True).total(ISSUED) == 0


@pytest.mark.parametrize("shared", [False, True])
def test_what_was_issued_is_what_became_of_it(shared: bool) -> None:
    counted = count_referrals(large_day(), shared)
    assert counted.total(ISSUED) == sum(counted.total(state) for state in STATES) == 537
    assert counted.total("served") == 440


def test_sensitive_services_have_one_line_without_a_name_when_shared() -> None:
    assert count_referrals(large_day(), shared=False).services[-2:] == ("VBG", "LGBTI")
    shared = count_referrals(large_day(), shared=True)
    assert shared.services == ("REG-INFO", "SAL-VAC", "EMP", RESERVED)
    assert shared.cells.count(("service", RESERVED, "served")) == 12
    assert shared.cells.count(("service", RESERVED, "no_show")) is None


def test_services_and_the_desks_that_give_them_do_not_tell_on_each_other() -> None:
    day = DayFigures(
        heading=HEADING,
        day=DAY,
        services=SERVICES,
        desks=DESKS,
        referrals=(
            *referrals("VBG", "D", served=3),
            *referrals("EMP", "C", served=6),
            *referrals("SAL-VAC", "B", served=5),
            *referrals("REG-INFO", "B", served=20),
        ),
    )
    served = dict.fromkeys((("service", RESERVED), ("desk", "D")))
    cells = count_referrals(day, shared=True).cells
    assert {key: cells.count((*key, "served")) for key in served} == served
    # Desk C gives employment only: with one of the two numbers the other, and then the reserved one, follow.
    assert cells.count(("service", "EMP", "served")) is cells.count(("desk", "C", "served")) is None


def test_reasons_are_the_most_frequent_first_and_free_words_stay_at_home() -> None:
    assert count_referrals(large_day(), shared=False).reasons == (
        "PAPERS",
        "FULL",
        "se fue con Yuleidy Urdaneta",
    )
    assert count_referrals(large_day(), shared=True).reasons == ("PAPERS", "FULL", "OTHER")


def test_codes_that_no_catalogue_has_are_counted_all_the_same() -> None:
    day = DayFigures(heading=HEADING, day=DAY, people=(person(profile="ZZ", sex=""), person()))
    people = count_people(day, shared=False)
    assert people.profiles == ("VP", "ZZ")
    assert people.cells.count(("ZZ", ALL, "O")) == 1
