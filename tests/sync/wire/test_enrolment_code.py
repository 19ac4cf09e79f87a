"""Enrolment codes: letters and words say the same number, and what was misheard is noticed."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.wire import enrolment_code, enrolment_ticket, qr_text
from sync.wire.enrolment_ticket import EnrolmentTicket
from sync.wire.problem import WireError

NUMBERS = st.integers(0, 2**enrolment_code.BITS - 1)
TICKET = EnrolmentTicket(
    address="https://central.example:8440", key="5a" * 32, code="00000-00000", fair="Feria ficticia"
)


@given(NUMBERS)
def test_words_and_letters_say_the_same(number: int) -> None:
    code = enrolment_code.spell(number)
    words = enrolment_code.as_words(code)
    assert len(words.split()) == enrolment_code.WORDS
    assert enrolment_code.are_words(words)
    assert not enrolment_code.are_words(code)
    assert not enrolment_code.are_words(code.replace("-", " "))
    assert enrolment_code.from_words(words) == code
    plain = "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    hasty = " - ".join(word[:4].upper() for word in plain.split())
    assert enrolment_code.from_words(hasty) == code


def test_letters_that_look_alike_are_forgiven() -> None:
    code = enrolment_code.spell(2**127 + 1)
    mistaken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert enrolment_code.tidy(mistaken) == enrolment_code.tidy(code) == code.replace("-", "")
    assert enrolment_code.as_words(mistaken) == enrolment_code.as_words(code)


@given(NUMBERS, st.integers(0, 11), st.data())
def test_a_word_that_was_misheard_is_nearly_always_noticed(number: int, at: int, data: st.DataObject) -> None:
    words = enrolment_code.as_words(enrolment_code.spell(number)).split()
    other = enrolment_code.as_words(enrolment_code.spell(data.draw(NUMBERS))).split()[0]
    wrong = " ".join([*words[:at], other, *words[at + 1 :]])
    with suppress(WireError):  # one in sixteen passes: another code, which no server knows
        read = enrolment_code.from_words(wrong)
        assert (read == enrolment_code.spell(number)) == (other == words[at])


@pytest.mark.parametrize("text", ["", "ábaco", "ábaco " * 11, "ábaco " * 13, "xilófono " * 12])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(WireError):
        enrolment_code.from_words(text)
    with pytest.raises(WireError):
        enrolment_code.as_words(text)


def test_a_number_that_is_too_large_has_no_words() -> None:
    with pytest.raises(WireError):
        enrolment_code.as_words("Z" * 26)


def test_a_ticket_is_read_back_and_fits_a_small_qr() -> None:
    real = TICKET.model_copy(update={"code": enrolment_code.spell(2**127 + 12345)})
    text = enrolment_ticket.as_text(real)
    assert enrolment_ticket.decode(text) == real
    assert len(text) < 350


@pytest.mark.parametrize(
    "change",
    [
        {"address": "ftp://central.example"},
        {"address": "https://user:secret@central.example"},
        {"address": "https://central.example?to=elsewhere"},
        {"key": "5a" * 31},
        {"code": ""},
        {"fair": "line\nbreak"},
    ],
)
def test_a_ticket_that_could_lead_elsewhere_is_refused_without_quoting_it(change: dict[str, str]) -> None:
    text = qr_text.encode(enrolment_ticket.PREFIX, TICKET.model_copy(update=change))
    with pytest.raises(WireError) as refused:
        enrolment_ticket.decode(text)
    assert refused.value.code == "garbled"
    assert refused.value.__cause__ is None
    assert "00000" not in str(refused.value)
