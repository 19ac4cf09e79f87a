"""A first name and one initial, whatever people are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain.short_name import display_name


@pytest.mark.parametrize(
    ("given_names", "surname", "shown"),
    [
        ("Yuleidy del Carmen", "Urdaneta", "Yuleidy U."),
        ("  José ", " ávila", "José Á."),
        ("Ana", "", "Ana"),
        ("", "", ""),
        ("O'Neill", "'t Hooft", "O'Neill T."),
        ("Ñusta", "ñáñez", "Ñusta Ñ."),
        ("X" * 80, "Y" * 60, "X" * 40 + " Y."),
        ("Luz", "—", "Luz"),
    ],
)
def test_a_first_name_and_one_initial(given_names: str, surname: str, shown: str) -> None:
    assert display_name(given_names, surname) == shown


@given(st.text(max_size=80), st.text(max_size=60))
def test_it_always_fits_a_slip_and_says_one_word(given_names: str, surname: str) -> None:
    shown = display_name(given_names, surname)
    assert len(shown) <= 60 and len(shown.split()) <= 2
