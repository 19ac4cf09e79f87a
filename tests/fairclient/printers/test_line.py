"""What a receipt printer at the end of a line says, and what becomes of a slip that it was sent."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from fairclient.printers import address, trouble
from fairclient.printers.address import Address
from fairclient.printers.opening import open_way
from fairclient.printers.status import Condition
from fairclient.printers.trouble import PrinterTrouble, reason_words
from fairclient.printers.way import Handed, Patience
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter

QUICK = Patience(connect=1.0, answer=0.2, write=2.0, finish=0.5)
SLIP = b"\x1b@" + b"\x1dv0\x00\x48\x00\x40\x00" + bytes(range(256)) * 18 + b"\x1bd\x04\x1dV\x01"


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """A printer on a raw port of this computer."""
    with ReceiptPrinter() as made:
        yield made


def send(where: str, data: bytes = SLIP) -> tuple[Condition, Handed]:
    """One slip, as the queue sends it."""
    with closing(open_way(address.read(where), QUICK)) as way:
        return way.look(), way.send(data, "ficha 1")


def why_not(where: str) -> tuple[str, bool]:
    """The code of what keeps a printer from printing, and whether something may be on paper."""
    with pytest.raises(PrinterTrouble) as told:
        send(where)
    assert told.value.what.endswith(".") and told.value.do.endswith(".")
    return told.value.code, told.value.begun


def test_a_printer_that_answers_confirms_the_slip(printer: ReceiptPrinter) -> None:
    assert send(printer.address) == (Condition(answered=True), Handed(printed=True))
    assert printer.wait_for(1) == [SLIP]


def test_a_silent_printer_gets_the_slip_and_confirms_nothing(printer: ReceiptPrinter) -> None:
    printer.behaviour.mute = True
    assert send(printer.address) == (Condition(), Handed(printed=False))
    assert printer.wait_for(1) == [SLIP]


def test_paper_that_is_nearly_out_is_said_and_stops_nothing(printer: ReceiptPrinter) -> None:
    printer.behaviour.answers = states.NEAR_END
    condition, handed = send(printer.address)
    assert condition.warning == trouble.NEAR_END
    assert handed.printed


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (states.PAPER_OUT, trouble.PAPER_OUT),
        (states.COVER_OPEN, trouble.COVER_OPEN),
        (states.CUTTER, trouble.CUTTER),
        ({**states.WELL, 1: 0x1E}, trouble.OFFLINE),
        ({**states.WELL, 3: 0x32}, trouble.FAULT),
    ],
)
def test_what_the_printer_says_keeps_every_byte_back(
    printer: ReceiptPrinter, answers: dict[int, int], code: str
) -> None:
    printer.behaviour.answers = answers
    assert why_not(printer.address) == (code, False)
    printer.behaviour.answers = states.WELL
    send(printer.address, b"\x1b@\x1bd\x01")
    assert printer.wait_for(1) == [b"\x1b@\x1bd\x01"]


def test_a_printer_that_hangs_up_in_the_middle_leaves_a_doubt(printer: ReceiptPrinter) -> None:
    printer.behaviour.hang_up_after = 1000
    big = SLIP * 400  # more than the sockets between us hold
    with pytest.raises(PrinterTrouble) as told:
        send(printer.address, big)
    assert (told.value.code, told.value.begun) == (trouble.CUT_OFF, True)
    assert printer.wait_for(1) == [big[:1000]]


def test_paper_that_ends_within_the_slip_leaves_a_doubt(printer: ReceiptPrinter) -> None:
    with closing(open_way(address.read(printer.address), QUICK)) as way:
        way.look()
        printer.behaviour.answers = states.PAPER_OUT
        with pytest.raises(PrinterTrouble) as told:
            way.send(SLIP, "ficha 1")
    assert (told.value.code, told.value.begun) == (trouble.CUT_OFF, True)


def test_nobody_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert why_not(f"tcp:127.0.0.1:{port}") == (trouble.BUSY, False)
    assert why_not("tcp:no-such-printer.invalid:9100") == (trouble.WRONG_ADDRESS, False)


def test_a_printer_that_takes_no_caller_costs_no_more_than_our_patience() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        callers = []
        try:
            for _ in range(2):  # what the backlog holds
                caller = socket.socket()
                caller.setblocking(False)
                caller.connect_ex(("127.0.0.1", port))
                callers.append(caller)
            with pytest.raises(PrinterTrouble) as told:
                open_way(Address(address.TCP, f"127.0.0.1:{port}"), Patience(connect=0.2))
        finally:
            for caller in callers:
                caller.close()
    assert told.value.code == trouble.NO_ANSWER


def test_two_laptops_are_served_in_the_order_in_which_they_came(printer: ReceiptPrinter) -> None:
    slips = [b"\x1b@" + bytes([65 + n]) * 40_000 for n in range(6)]
    callers = [threading.Thread(target=send, args=(printer.address, slip)) for slip in slips]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sorted(printer.wait_for(6)) == sorted(slips)  # each whole, none within another


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that are serial ports")
class TestSerial:
    """A serial port: the other end of a pseudo-terminal."""

    @pytest.fixture
    def ends(self) -> Iterator[tuple[int, str]]:
        """Our end as a descriptor, and the name of the port."""
        import pty
        import tty

        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        yield ours, os.ttyname(theirs)
        os.close(ours)
        os.close(theirs)

    def test_bytes_arrive_as_they_are_and_the_answers_come_back(self, ends: tuple[int, str]) -> None:
        ours, port = ends
        came = bytearray()

        def printer() -> None:
            while not came.endswith(b"\x1dr\x01"):
                came.extend(os.read(ours, 4096))
                if came[-3:-1] == b"\x10\x04":
                    os.write(ours, bytes([states.WELL[came[-1]]]))
                    del came[-3:]
            os.write(ours, b"\x00")

        thread = threading.Thread(target=printer)
        thread.start()
        found = send(f"serial:{port}@115200")
        thread.join()
        assert found == (Condition(answered=True), Handed(printed=True))
        assert bytes(came[:-3]) == SLIP

    def test_a_port_that_is_gone_is_unplugged(self) -> None:
        assert why_not("serial:/dev/no-such-port") == (trouble.UNPLUGGED, False)

    def test_a_printer_that_takes_nothing_does_not_hold_us(self, ends: tuple[int, str]) -> None:
        _ours, port = ends
        with closing(open_way(address.read(f"serial:{port}"), Patience(answer=0.1, write=0.3))) as way:
            way.look()
            with pytest.raises(PrinterTrouble) as told:
                way.send(bytes(1_000_000), "ficha 1")
        assert (told.value.code, told.value.begun) == (trouble.CUT_OFF, True)


def test_every_code_has_words() -> None:
    codes = {value for name, value in vars(trouble).items() if name.isupper() and isinstance(value, str)}
    said = {code: reason_words(code) for code in codes}
    assert len(set(said.values())) == len(codes)
    assert codes >= trouble.DOUBTFUL
