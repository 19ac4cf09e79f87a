"""Numbers of papers and telephones: one writing each, and shapes that only warn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain import document_numbers, phones
from fairclient.domain.catalogues import document_types
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.phones import is_number, normalise_phone
from sync.wire.attendee import Phone


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("CC", "1.098.765.432", "1098765432"),
        ("CC", " 1098 765 432 ", "1098765432"),
        ("CV", "V-25.345.090", "V25345090"),
        ("CV", "v25345090", "V25345090"),
        ("PPT", "PPT10503245", "10503245"),
        ("PPT", "ppt 5482193", "5482193"),
        ("PPT", "PPT", "PPT"),
        ("PA", "ab 123-456", "AB123456"),
        ("CC", "００1２", "0012"),
        ("CC", "12\x0034\u202e", "1234"),
        ("CC", "", ""),
    ],
)
def test_a_number_is_written_one_way(kind: str, text: str, number: str) -> None:
    assert normalise_number(kind, text) == number


@given(st.sampled_from([kind.code for kind in document_types()]), st.text())
def test_a_number_written_one_way_stays_so(kind: str, text: str) -> None:
    number = normalise_number(kind, text)
    assert len(number) > document_numbers.LONGEST or not set(number) & set(" .-\x00\u202e")
    document_numbers.looks_usual(kind, number)


@pytest.mark.parametrize(
    ("kind", "number", "usual"),
    [
        ("CC", "1098765432", True),
        ("CC", "12", False),
        ("CC", "1098765432\n", False),
        ("TI", "1098765432", True),
        ("TI", "109876543", False),
        ("PPT", "5482193", True),
        ("PPT", "548219312", False),
        ("CV", "V25345090", True),
        ("CV", "25345090", True),
        ("CV", "X25345090", False),
        ("CC", "١٢٣٤٥٦", False),
        ("DNI", "anything", True),
        ("??", "anything", True),
    ],
)
def test_shapes(kind: str, number: str, usual: bool) -> None:
    assert document_numbers.looks_usual(kind, number) is usual


@pytest.mark.parametrize(
    ("text", "number", "usual"),
    [
        ("300 555 01 42", "3005550142", True),
        ("+57 300-555-0142", "3005550142", True),
        ("573005550142", "3005550142", True),
        ("0057 3005550142", "3005550142", True),
        ("(605) 555 0142", "6055550142", True),
        ("+58 414 555 0142", "+584145550142", True),
        ("0414-555.01.42", "+584145550142", True),
        ("584145550142", "+584145550142", True),
        ("+51 955 501 425", "+51955501425", True),
        ("0", "0", False),
        ("5550142", "5550142", False),
        ("30055501", "30055501", False),
        ("+57 123", "+57123", False),
        ("no tiene", "notiene", False),
        ("", "", False),
    ],
)
def test_a_telephone_is_written_one_way(text: str, number: str, usual: bool) -> None:
    assert normalise_phone(text) == number
    assert phones.looks_usual(number) is usual


@given(st.text(st.sampled_from("0123456789+ -()./٣x\x00"), max_size=40))
def test_what_is_a_number_can_be_kept(text: str) -> None:
    number = normalise_phone(text)
    if is_number(number):
        assert Phone(number=number).number == number
        assert is_number(normalise_phone(number))
