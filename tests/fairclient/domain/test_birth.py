"""Dates of birth: read as people say them, refused in words, never a crash."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.errors import BadInput
from fairclient.domain.birth import OLDEST, Birth, age_on, age_words, is_adult, is_minor, parse_birth
from fairclient.domain.expiry import parse_expiry

TODAY = date(2026, 3, 14)
DAYS = st.dates(date(1906, 3, 15), TODAY)


def _read_or_refusal(text: str, today: date) -> Birth | BadInput:
    try:
        return parse_birth(text, today)
    except BadInput as refused:
        return refused


@pytest.mark.parametrize(
    "text",
    [
        "14/03/2011", "14-3-11", "14.3.2011", "14 3 2011", "14032011", "140311", "2011-03-14", "2011/3/14",
        "20110314", "14 de marzo de 2011", "14 marzo 2011", "14 mar. 2011", "14-mar-2011", "14 Mar 11",
        " 14 / 03 / 2011 ", "2011-03-14 00:00:00", "2011-03-14T00:00", "１４/０３/２０１１",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_birth(text, TODAY) == Birth(date(2011, 3, 14))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15", date(2011, 1, 1)),
        ("15 años", date(2011, 1, 1)),
        ("15 a", date(2011, 1, 1)),
        ("15 years", date(2011, 1, 1)),
        ("0", date(2026, 1, 1)),
        ("120", date(1906, 1, 1)),
        ("2011", date(2011, 1, 1)),
        ("3/2011", date(2011, 3, 1)),
        ("marzo de 2011", date(2011, 3, 1)),
        ("8 meses", date(2025, 7, 1)),
        ("3 semanas", date(2026, 2, 21)),
        ("10 días", date(2026, 3, 4)),
        ("~14/03/2011", date(2011, 3, 14)),
        ("14/03/2011 aprox.", date(2011, 3, 14)),
        ("aprox 15", date(2011, 1, 1)),
    ],
)
def test_what_is_only_nearly_known_is_an_estimate(text: str, day: date) -> None:
    assert parse_birth(text, TODAY) == Birth(day, estimated=True)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "birth-date", "Falta"),
        ("31/02/2011", "birth-date", "31/02/2011"),
        ("03/14/2011", "birth-date", "14/03/2011"),
        ("0/0/0", "birth-date", "calendario"),
        ("99/99/99", "birth-date", "calendario"),
        ("14/marzo", "birth-date", "calendario"),
        ("14 brumaire 2011", "birth-date", "calendario"),
        ("44927", "birth-date", "calendario"),
        ("0000", "birth-date", "calendario"),
        ("ayer", "birth-date", "calendario"),
        ("15/03/2026", "birth-future", "todavía"),
        ("1/1/2090", "birth-future", "todavía"),
        ("2090-01-01", "birth-future", "2090"),
        ("14/03/1905", "birth-old", "120"),
        ("200", "birth-old", "120"),
        ("1850", "birth-old", "120"),
    ],
)
def test_what_can_not_be_is_refused_in_words(text: str, code: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_birth(text, TODAY)
    assert refused.value.code == code
    assert says in str(refused.value)
    assert refused.value.do


def test_two_figures_of_a_year_are_never_to_come() -> None:
    assert parse_birth("14-3-26", TODAY).day == TODAY
    assert parse_birth("15-3-26", date(2026, 3, 15)).day.year == 2026
    assert parse_birth("1-1-27", TODAY).day == date(1927, 1, 1)


@given(st.text(), st.dates(date(1990, 1, 1), date(2200, 12, 31)))
def test_anything_is_read_or_refused(text: str, today: date) -> None:
    birth = _read_or_refusal(text, today)
    if isinstance(birth, BadInput):
        assert str(birth) and birth.code.startswith("birth-")
        assert len(birth.what) < 160
    else:
        assert birth.day <= today and 0 <= birth.age(today) <= OLDEST


@given(
    st.from_regex(r"[0-9]{0,8}[ /.-]?[0-9a-zñ]{0,6}[ /.-]?[0-9]{0,4} ?(años|meses|d|aprox)?", fullmatch=True)
)
def test_what_looks_like_a_date_is_read_or_refused(text: str) -> None:
    birth = _read_or_refusal(text, TODAY)
    if isinstance(birth, Birth):
        assert parse_birth(birth.text, TODAY) == birth


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d%m%Y", "%d.%m.%Y", "%d-%m-%Y"]))
def test_every_day_is_read_back(day: date, how: str) -> None:
    assert parse_birth(day.strftime(how), TODAY) == Birth(day)


@given(st.integers(0, OLDEST), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_an_age_comes_out_as_it_was_said(years: int, today: date) -> None:
    assert parse_birth(f"{years} años", today).age(today) == years


@given(DAYS)
def test_an_age_grows_on_the_birthday(day: date) -> None:
    assert age_on(day, day) == 0
    assert age_on(day, date(day.year + 7, 12, 31)) == 7
    assert age_on(day, date(day.year + 7, 1, 1)) == (7 if (day.month, day.day) == (1, 1) else 6)


def test_somebody_is_of_age_from_the_eighteenth_birthday_on() -> None:
    born = date(2008, 2, 29)
    told = [(is_adult(born, day), is_minor(born, day)) for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert told == [(False, True), (True, False)]
    assert not is_adult(None, born) and not is_minor(None, born)


def test_ages_in_words() -> None:
    assert [age_words(years) for years in (0, 1, 15)] == ["menos de un año", "1 año", "15 años"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/03/2031", date(2031, 3, 14)),
        ("2031-3-14", date(2031, 3, 14)),
        ("14-3-31", date(2031, 3, 14)),
        ("14032031", date(2031, 3, 14)),
        ("31/02/2031", None),
        ("nunca", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_an_expiry_may_be_to_come(text: str, day: date | None) -> None:
    assert parse_expiry(text) == day
