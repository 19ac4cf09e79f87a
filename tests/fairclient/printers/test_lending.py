"""What a laptop that lends its printer takes from a caller, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.printers.lending import MOST, Caller, NotASlip, Question, WholeSlip

RASTER = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x10\x04\x01\x1dr\x01"  # dots that look like questions
SLIP = b"\x1b@\x1d(K\x02\x001\x03" + RASTER + b"\x1bd\x04\x1dV\x01"


@given(st.lists(st.integers(1, 40), max_size=40))
def test_a_slip_is_whole_however_the_network_cuts_it(cuts: list[int]) -> None:
    said = b"\x10\x04\x01\x10\x04\x04" + SLIP + b"\x1dr\x01"
    caller, wanted, at = Caller(), [], 0
    for cut in [*cuts, len(said)]:
        wanted += list(caller.said(said[at : at + cut]))
        at += cut
    assert wanted == [Question(1), Question(4), WholeSlip(SLIP)]


def test_half_a_slip_is_nothing() -> None:
    for end in (len(SLIP) - 1, len(SLIP) - 5, 20):
        caller = Caller()
        assert list(caller.said(SLIP[:end])) == []
        assert caller.left() == b""


def test_a_caller_who_asks_nothing_is_taken_at_his_word_when_all_is_there() -> None:
    caller = Caller()
    assert list(caller.said(b"\x10\x04\x01" + SLIP)) == [Question(1)]
    assert caller.left() == SLIP


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b=\x01 printer select",
        b"\x1d(E\x03\x00\x06\x01\x00 settings",
        b"\x1dv0\x03\x02\x00\x01\x00 another raster",
        b"\x10\x14\x02\x01\x08 power off",
        b"\x10\x04\x09",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x1c\x70 a stored picture",
        b"\x1dv0\x00\xff\xff\xff\xff" + bytes(MOST),
    ],
)
def test_what_no_slip_is_made_of_is_refused(data: bytes) -> None:
    with pytest.raises(NotASlip):
        list(Caller().said(data))


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    caller = Caller()
    try:
        for wanted in caller.said(data):
            assert isinstance(wanted, Question | WholeSlip)
    except NotASlip:
        pass
