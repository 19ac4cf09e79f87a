"""Text made plain: whatever comes in, what comes out is visible, composed and stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain.normalise import deceives, fold, hides_something, name_case, tidy, tidy_paragraph

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Any character at all, half characters too, and more of the troublesome ones than chance gives.
ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zs", "Zl", "Zp"]),
        st.sampled_from(BIDI),
    )
)


@given(ANYTHING)
def test_what_comes_out_is_seen_composed_and_stable(text: str) -> None:
    plain = tidy(text)
    assert tidy(plain) == plain
    assert all(unicodedata.category(letter)[0] != "C" for letter in plain)
    assert not set(plain) & set(BIDI)
    assert unicodedata.is_normalized("NFC", plain)
    assert plain == " ".join(plain.split(" ")) == plain.strip()
    assert not deceives(plain) and not hides_something(plain)
    plain.encode()


@given(ANYTHING)
def test_a_paragraph_is_its_tidy_lines(text: str) -> None:
    plain = tidy_paragraph(text)
    assert tidy_paragraph(plain) == plain
    assert all(line and tidy(line) == line for line in plain.split("\n") if plain)


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(letter.isalnum() or letter == " " for letter in folded)


@given(ANYTHING)
def test_a_name_is_cased_once(text: str) -> None:
    plain = tidy(text)
    cased = name_case(plain)
    assert name_case(cased) == cased
    assert fold(cased) == fold(plain)


@given(st.text(st.characters(categories=["Lu", "Ll"], codec="latin-1"), min_size=1))
def test_accents_and_capitals_do_not_matter_to_a_search(word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    assert fold(decomposed) == fold(word) == fold(word.upper().replace("ẞ", "SS"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  María\t José \r\n", "María José"),
        ("Mari\u0301a", "María"),
        ("Ana\x00Lucía", "AnaLucía"),
        ("\u202eanA\u202c", "anA"),
        ("\ufeffAna\u200b\u00ad", "Ana"),
        ("Ana\u00a0Lucía", "Ana Lucía"),
        ("a\ud800b", "ab"),
        ("李 小龙", "李 小龙"),
    ],
)
def test_tidy(text: str, plain: str) -> None:
    assert tidy(text) == plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Muñoz", "munoz"),
        ("Peña-Núñez", "pena nunez"),
        ("D'Angelo", "dangelo"),
        ("Bogotá, D.C.", "bogota dc"),
        ("  GÜICÁN ", "guican"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("N.º 12", "no 12"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "cased"),
    [
        ("YULEIDY DEL CARMEN", "Yuleidy del Carmen"),
        ("DE LA CRUZ", "De la Cruz"),
        ("garcía-márquez", "García-Márquez"),
        ("D'ANGELO", "D'Angelo"),
        ("MUÑOZ", "Muñoz"),
        ("McDonald", "McDonald"),
        ("", ""),
    ],
)
def test_name_case(name: str, cased: str) -> None:
    assert name_case(name) == cased


def test_what_deceives_is_told_from_what_is_only_untidy() -> None:
    assert deceives("a\x00b") and deceives("a\u202eb") and deceives("a\x1bb")
    assert not deceives("a\tb\n") and not deceives("a\u200bb")
    assert hides_something("a\u200bb") and not hides_something(" a\tb ")
