"""Birth dates, documents and telephones that look alike."""

from __future__ import annotations

import pytest

from fairclient.matching.births import births
from fairclient.matching.papers import papers, phones
from fairclient.matching.profile import Paper, paper_number, phone_number


@pytest.mark.parametrize(
    ("one", "other", "category"),
    [
        ("20010409", "20010409", "same"),
        ("20010101", "20010101", "same-first-day"),
        ("20010409", "20010904", "swapped"),
        ("20010409", "20020409", "year-slip"),
        ("20010409", "20100409", "year-slip"),
        ("20010409", "19870409", "year"),
        ("20010409", "20010419", "day-slip"),
        ("20010409", "20010427", "day"),
        ("20010409", "20010709", "month"),
        ("20010409", "20010101", "estimated"),
        ("20010409", "20030101", "estimated-near"),
        ("20010409", "20011123", "year-only"),
        ("20010409", "20031123", "near"),
        ("20010409", "19681123", "other"),
        ("", "20010409", ""),
    ],
)
def test_birth_dates(one: str, other: str, category: str) -> None:
    assert births(one, other) == category
    assert births(other, one) == category


@pytest.mark.parametrize(
    ("one", "other", "category"),
    [
        ("PPT 5482193", "PPT 5482193", "same"),
        (" 5482193", "PPT 5482193", "same"),
        ("CV 5482193", "PPT 5482193", "same-number"),
        ("PPT 5482139", "PPT 5482193", "near"),
        ("PPT 5482194", "PPT 5482193", "near"),
        ("PPT 7001122", "PPT 5482193", "against"),
        ("CC 1001122", "PPT 5482193", ""),
        (" 1001122", "PPT 5482193", "unknown-other"),
    ],
)
def test_documents(one: str, other: str, category: str) -> None:
    assert papers([Paper(*one.split(" "))], [Paper(*other.split(" "))]) == category


def test_the_best_pair_of_several_papers_counts() -> None:
    mine = [Paper("CV", "10850577"), Paper("PPT", "4033531")]
    assert papers(mine, [Paper("PPT", "9990001"), Paper("CV", "10850577")]) == "same"


def test_numbers_that_say_nothing_are_left_out() -> None:
    assert [paper_number(text) for text in ("0", "999999999", "V-25.345.090", "12")] == [
        "",
        "",
        "25345090",
        "",
    ]
    assert [phone_number(text) for text in ("3000000000", "+57 300 555 01 42", "0")] == ["", "3005550142", ""]


def test_telephones() -> None:
    assert phones(["3005550142"], ["3005550142", "3110000001"]) == "same"
    assert phones(["3005550124"], ["3005550142"]) == "near"
    assert phones(["3204441122"], ["3005550142"]) == "other"
    assert phones([], ["3005550142"]) == ""
