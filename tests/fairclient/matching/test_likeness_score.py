"""One person, her family and strangers: told apart by the frozen parameters, and why in words."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import people
from benchmarks.estimate_likeness import of_told
from fairclient.matching import profile
from fairclient.matching.keys import KEY_BITS, keys_of
from fairclient.matching.profile import Profile
from fairclient.matching.reasons import _WORDS, reasons
from fairclient.matching.score import Comparer
from fairclient.matching.weights import FIELDS, weights

LUZ = ("Luz Marina", "Rojas", "Urdaneta")
TEXT = st.text(st.sampled_from("aeiñzcvbhyl |;:-'"), max_size=20)


def of(
    names: tuple[str, str, str] = LUZ, birth: str = "19880412", number: str = "", phone: str = ""
) -> Profile:
    papers = [("PPT", number)] if number else []
    return profile.make(names, birth, "F", papers, [phone] if phone else [], "08758")


KNOWN = of(number="5482193", phone="3005550142")


def bits(query: Profile, known: Profile = KNOWN, typing: str = "") -> float:
    return Comparer(query, weights(), typing).score(profile.pack(known)).bits


@pytest.mark.parametrize(
    "query",
    [
        of(("luz marina", "ROJAZ", ""), number="5482193"),
        of(("Lus Marina", "Urdaneta", "Rojas"), phone="3005550142"),
        of(("Rojas", "Luz", "Urdaneta")),
        of(birth="19881204"),
        of(number="5482139"),
        of(("Marina", "Rojas", "Urdaneta"), birth="19880101", phone="3005550142"),
    ],
)
def test_the_same_person_is_warned_of(query: Profile) -> None:
    assert bits(query) >= weights().look


@pytest.mark.parametrize(
    "relative",
    [
        of(("Luz Elena", "Rojas", "Urdaneta"), birth="19880412", phone="3005550142"),  # a twin
        of(("Luz Marina", "Rojas", "Gil"), birth="20120703", phone="3005550142"),  # a daughter with her name
        of(("Carlos", "Rojas", "Urdaneta"), birth="19900102", phone="3005550142"),
        of(number="7001122", birth="19650203"),  # a stranger with her whole name
    ],
)
def test_family_and_namesakes_are_not_the_same(relative: Profile) -> None:
    assert bits(relative) < weights().look


def test_another_number_of_one_kind_speaks_against_another_kind_says_nothing() -> None:
    plain = bits(of())
    other_kind = profile.make(LUZ, "19880412", "F", [("CC", "1001122334")], [], "08758")
    assert bits(of(number="7001122")) < plain
    assert bits(other_kind) == plain


def test_a_word_being_typed_stands_for_what_it_begins() -> None:
    begun = of(("Luz Marina", "Roj", ""), birth="")
    assert bits(begun, typing="first_surname") > bits(begun)


@given(TEXT, TEXT, TEXT)
def test_a_packed_profile_reads_back_and_compares_with_itself(one: str, two: str, three: str) -> None:
    made = of((one, two, three), number="54" + two, phone="300" + three)
    assert profile.unpack(profile.pack(made)) == made
    Comparer(made, weights()).score(profile.pack(made))
    assert all(0 <= key < 1 << KEY_BITS for key in keys_of(made))


def test_keys_survive_what_desks_do() -> None:
    """A record and its harsh return share a key: the look-up can't find whom it doesn't bring up."""
    draw = Random(3)
    known = [person for family in people.people(3, 400) for person in family]
    shared = [
        not keys_of(of_told(people.told(draw, person, 0.6))).isdisjoint(
            keys_of(of_told(people.told(draw, person)))
        )
        for person in known
    ]
    assert sum(shared) / len(shared) > 0.99


def test_returns_score_above_their_family() -> None:
    draw = Random(4)
    right = 0
    families = [family for family in people.people(5, 500) if len(family) > 1]
    for family in families:
        stored = [profile.pack(of_told(people.told(draw, person, 0.6))) for person in family]
        comparer = Comparer(of_told(people.told(draw, family[0])), weights())
        scores = [comparer.score(packed).bits for packed in stored]
        right += scores[0] == max(scores)
    assert right / len(families) > 0.97


def test_why_is_told_in_words() -> None:
    told = Comparer(of(("Luz Marina", "Urdaneta", "Rojas"), birth="19881204"), weights())
    found = reasons(told.score(profile.pack(KNOWN)).categories)
    assert found == ("Mismos nombres", "Apellidos en otro orden", "Día y mes cambiados")


def test_every_category_that_was_estimated_has_words_where_it_says_something() -> None:
    silent = {("sex", "same"), ("phones", "other"), ("papers", "unknown-other")}
    for field in FIELDS:
        if field == "municipality":
            continue
        categories = {category.split(".")[0].removeprefix("kin-") for category in weights().tables[field]}
        assert {one for one in categories if (field, one) not in silent} <= set(_WORDS[field]), field
