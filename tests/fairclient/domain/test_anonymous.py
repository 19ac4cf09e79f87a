"""What stays of a form when somebody refuses, and the attendee that is made of it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain.anonymous import KEYS, read_anonymous, without_identity
from fairclient.domain.catalogues import choices
from fairclient.domain.questions import QUESTIONS
from sync.wire.age import band_of
from sync.wire.attendee import ANONYMOUS_FIELDS, Attendee

TODAY = date(2026, 3, 14)


@given(
    st.dictionaries(st.sampled_from([asked.key for asked in QUESTIONS] + ["documents.0.number"]), st.text())
)
def test_nothing_stays_that_the_contract_refuses(form: dict[str, str]) -> None:
    assert set(without_identity(form, TODAY)) <= KEYS <= ANONYMOUS_FIELDS


@pytest.mark.parametrize(
    ("told", "band"),
    [
        ("12/08/1988", "26-59"),
        ("3 meses", "0-5"),
        ("17", "13-17"),
        ("18", "18-25"),
        ("60", "60+"),
        ("", None),
    ],
)
def test_an_age_that_was_told_becomes_its_band(told: str, band: str | None) -> None:
    form = {"birth_date": told, "given_names": "Yuleidy", "sex": "F"}
    assert without_identity(form, TODAY).get("age_band") == band


def test_the_bands_of_the_catalogue_are_those_of_the_contract() -> None:
    codes = {band.code for band in choices("age_bands")}
    assert set(get_args(Attendee.model_fields["age_band"].annotation)) == codes | {""}
    assert {band_of(age) for age in range(121)} == codes


def test_sex_and_profile_are_needed_and_the_age_is_not() -> None:
    missing = read_anonymous({"age_band": "60+"}, "es")
    assert missing.attendee is None
    assert {finding.field for finding in missing.findings if finding.level == "refuse"} == {"sex", "profile"}
    read = read_anonymous({"sex": "M", "profile": "VP"}, "pt")
    assert read.attendee == Attendee(anonymous=True, sex="M", profile="VP", language="pt")
    assert [finding.code for finding in read.findings] == ["no-age-band"]


def test_a_code_that_nobody_offers_is_refused() -> None:
    assert read_anonymous({"sex": "Z", "profile": "VP"}, "es").attendee is None
