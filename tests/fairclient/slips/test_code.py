"""The human code: what it forgives, and that it catches every slip of a finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.errors import SlipRefused
from fairclient.slips.code import (
    ALPHABET,
    CHECK_ALPHABET,
    groups,
    human_code,
    looks_like_code,
    new_token_id,
    parse,
    pretty,
)

token_ids = st.binary(min_size=8, max_size=8).map(bytes.hex)


def refused(text: str) -> SlipRefused:
    with pytest.raises(SlipRefused) as caught:
        parse(text)
    assert caught.value.code == "mistyped"
    assert caught.value.safe and caught.value.do
    return caught.value


def test_a_known_code() -> None:
    # 0x00c0ffee12 in groups of five bits is 0 3 0 15 31 27 16 18; 3237998098 modulo 37 is 4.
    assert human_code("00c0ffee12345678") == "030FZVGJ4"
    assert groups("030FZVGJ4") == ("030", "FZV", "GJ4")
    assert pretty("030FZVGJ4") == "030-FZV-GJ4"


@given(token_ids)
def test_a_code_is_read_back_however_it_is_written(token_id: str) -> None:
    code = human_code(token_id)
    assert parse(code) == parse(f" {pretty(code).lower()} ") == parse(" ".join(groups(code))) == code
    assert parse(code.replace("0", "o").replace("1", "l")) == parse(code.replace("1", "I")) == code
    assert looks_like_code(pretty(code))


@given(token_ids, st.integers(0, 8), st.sampled_from(CHECK_ALPHABET))
def test_every_single_wrong_character_is_caught(token_id: str, place: int, wrong: str) -> None:
    code = human_code(token_id)
    typed = code[:place] + wrong + code[place + 1 :]
    if typed != code:
        refused(typed)


@given(token_ids, st.integers(0, 7))
def test_every_swap_of_neighbours_is_caught(token_id: str, place: int) -> None:
    code = human_code(token_id)
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        refused(typed)


def test_two_wrong_characters_may_pass_so_a_code_must_still_be_looked_up() -> None:
    code = human_code("00c0ffee12345678")
    found = [
        code[:6] + first + second + code[8:]
        for first in ALPHABET
        for second in ALPHABET
        if (first, second) != (code[6], code[7])
    ]
    passed = [typed for typed in found if _passes(typed)]
    assert 0 < len(passed) < len(found) / 30


def _passes(typed: str) -> bool:
    try:
        return parse(typed) == typed
    except SlipRefused:
        return False


@pytest.mark.parametrize("text", ["", "12345678", "1234567890", "x" * 10_000, "ficha perdida de ayer"])
def test_other_lengths_are_refused_with_the_count(text: str) -> None:
    assert "9 letras y números" in refused(text).what


def test_a_sign_that_no_code_has_is_named() -> None:
    assert "«U»" in refused("U30ZXVGJK").what
    assert not looks_like_code("Ñ30ZXVGJK")


@given(st.binary(min_size=8, max_size=8))
def test_new_ids_have_codes_that_can_be_dictated(first: bytes) -> None:
    draws = iter([first, *(bytes([n]) * 8 for n in range(20))])
    assert human_code(new_token_id(lambda count: next(draws)[:count]))[-1] in ALPHABET


@pytest.mark.parametrize("wrong", ["", "00c0ffee", "zz" * 8])
def test_no_code_of_something_else(wrong: str) -> None:
    with pytest.raises(ValueError):
        human_code(wrong)
