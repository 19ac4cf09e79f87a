"""IPP as bytes: what RFC 8010 shows, and bytes that nobody should send."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.printers import ipp


def value(tag: int, name: str, raw: bytes) -> bytes:
    """One attribute as it stands on the wire."""
    label = name.encode()
    return bytes([tag]) + struct.pack(">H", len(label)) + label + struct.pack(">H", len(raw)) + raw


def test_a_request_begins_as_the_rfc_says_and_names_a_list_once() -> None:
    made = ipp.request(ipp.GET_PRINTER, [("printer-uri", "ipp://x/p"), ("requested-attributes", ("a", "b"))])
    assert made[:9] == b"\x02\x00\x00\x0b\x00\x00\x00\x01\x01"
    assert value(0x47, "attributes-charset", b"utf-8") in made
    assert value(0x44, "requested-attributes", b"a") + value(0x44, "", b"b") in made
    assert made.endswith(b"\x03")


def test_an_answer_is_read_by_groups_with_lists_and_numbers() -> None:
    printer = value(0x44, "printer-state-reasons", b"media-empty-error") + value(0x44, "", b"cover-open")
    data = struct.pack(">BBHI", 2, 0, 0, 1) + b"\x01" + value(0x47, "attributes-charset", b"utf-8")
    data += b"\x04" + printer + value(0x23, "printer-state", struct.pack(">i", 5)) + b"\x04"
    data += value(0x22, "printer-is-accepting-jobs", b"\x01") + b"\x03"
    assert ipp.answer(data) == ipp.Answer(
        0,
        [
            {"printer-state-reasons": ["media-empty-error", "cover-open"], "printer-state": [5]},
            {"printer-is-accepting-jobs": [1]},
        ],
    )


@pytest.mark.parametrize("cut", range(4, 40, 3))
def test_an_answer_that_ends_in_the_middle_is_none(cut: int) -> None:
    data = struct.pack(">BBHI", 2, 0, 0, 1) + b"\x04" + value(0x42, "printer-name", b"Fichas de prueba")
    with pytest.raises(ValueError, match=r"ends in the middle|at least eight"):
        ipp.answer(data[:cut])


@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        ipp.answer(data)


def test_an_endless_answer_is_given_up() -> None:
    endless = struct.pack(">BBHI", 2, 0, 0, 1) + b"\x04" + value(0x44, "x", b"") * (ipp.MOST_VALUES + 1)
    with pytest.raises(ValueError, match="too many"):
        ipp.answer(endless)
