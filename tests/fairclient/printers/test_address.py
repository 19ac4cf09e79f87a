"""Where a printer is, as settings keep it and as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.errors import BadInput
from fairclient.printers import address
from fairclient.printers.address import Address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("192.168.8.20", "tcp:192.168.8.20:9100"),
        (" 192.168.8.20:9101 ", "tcp:192.168.8.20:9101"),
        ("tcp://Impresora.local/", "tcp:impresora.local:9100"),
    ],
)
def test_a_network_printer_as_it_is_typed(typed: str, kept: str) -> None:
    assert str(address.typed(typed)) == kept
    assert address.read(kept) == address.typed(typed)
    assert not address.words(address.typed(typed)).endswith(":9100")


@pytest.mark.parametrize(
    "wrong", ["", "a b", "-x", "x..y", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:x", "http://x/y"]
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        address.typed(wrong)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("serial:com12:", Address("serial", "COM12@9600")),
        ("serial:/dev/ttyUSB0@115200", Address("serial", "/dev/ttyUSB0@115200")),
        ("usb:04B8:0e28", Address("usb", "04b8:0e28")),
        ("queue:TM-T20 (2)", Address("queue", "TM-T20 (2)")),
        ("driver:HP LaserJet", Address("driver", "HP LaserJet")),
    ],
)
def test_each_way_is_read_back_as_it_is_kept(text: str, read: Address) -> None:
    assert address.read(text) == read == address.read(str(read))
    assert address.words(read)
    assert read.native == (read.way != "driver")


@given(st.text(max_size=400))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        assert address.read(str(address.read(text))) == address.read(text)
    except BadInput:
        assert not address.valid(text) or not text
