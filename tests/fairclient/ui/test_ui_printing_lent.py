"""A laptop lends its printer: others print there in turn and hear how it is; nobody else gets in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import pytest
from PySide6.QtNetwork import QHostAddress
from pytestqt.qtbot import QtBot

from fairclient.printers import address, trouble
from fairclient.printers.opening import open_way
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience
from fairclient.ui.printing.lent import LentPrinter, is_near
from fairclient.ui.runner import Runner
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.printers.test_lending import SLIP

PATIENCE = Patience(connect=2.0, answer=2.0, write=2.0, finish=5.0)


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """The printer at the laptop that lends it."""
    with ReceiptPrinter() as made:
        yield made


@pytest.fixture
def lent(runner: Runner, printer: ReceiptPrinter) -> Iterator[LentPrinter]:
    """The laptop that lends it."""
    quick = Patience(connect=1.0, answer=0.3, write=2.0, finish=1.0)
    made = LentPrinter(runner, lambda: open_way(address.read(printer.address), quick))
    assert made.lend(0, QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    yield made
    made.stop()


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """Other laptops."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def send(port: int) -> Handed:
    """Another laptop prints a slip here, as on any network printer."""
    with closing(open_way(address.read(f"tcp:127.0.0.1:{port}"), PATIENCE)) as way:
        way.look()
        return way.send(SLIP, "ficha 1")


def wait(qtbot: QtBot, asked: Future[Handed]) -> Handed:
    """What the other laptop heard; this one's window goes on meanwhile."""
    qtbot.waitUntil(asked.done, timeout=15_000)
    return asked.result()


def test_another_laptop_prints_here_and_hears_that_it_was_printed(
    qtbot: QtBot, lent: LentPrinter, printer: ReceiptPrinter, elsewhere: ThreadPoolExecutor
) -> None:
    for _ in range(3):
        assert wait(qtbot, elsewhere.submit(send, lent.port)) == Handed(printed=True)
    assert printer.wait_for(3) == [SLIP] * 3
    assert lent.count == 3


def test_it_hears_why_not_and_prints_when_there_is_paper_again(
    qtbot: QtBot, runner: Runner, lent: LentPrinter, printer: ReceiptPrinter, elsewhere: ThreadPoolExecutor
) -> None:
    qtbot.waitUntil(runner.is_idle)
    printer.behaviour.answers = states.PAPER_OUT
    codes = []
    for _ in range(2):
        with pytest.raises(PrinterTrouble) as told:
            wait(qtbot, elsewhere.submit(send, lent.port))
        codes.append((told.value.code, told.value.begun))
        qtbot.waitUntil(runner.is_idle)
    # The first may have sent its slip before the lender knew; from then on callers are told before.
    assert codes[0] in ((trouble.CUT_OFF, True), (trouble.PAPER_OUT, False), (trouble.OFFLINE, False))
    assert codes[1] == (trouble.PAPER_OUT, False)
    printer.behaviour.answers = states.WELL
    with pytest.raises(PrinterTrouble):
        wait(qtbot, elsewhere.submit(send, lent.port))
    qtbot.waitUntil(runner.is_idle)
    assert wait(qtbot, elsewhere.submit(send, lent.port)) == Handed(printed=True)
    assert printer.wait_for(1) == [SLIP]


def test_the_second_caller_comes_back_later(
    qtbot: QtBot, lent: LentPrinter, printer: ReceiptPrinter, elsewhere: ThreadPoolExecutor
) -> None:
    first = elsewhere.submit(open_way, address.read(f"tcp:127.0.0.1:{lent.port}"), PATIENCE)
    qtbot.waitUntil(first.done)
    looked = elsewhere.submit(first.result().look)
    qtbot.waitUntil(looked.done)
    with pytest.raises(PrinterTrouble) as told:
        wait(qtbot, elsewhere.submit(send, lent.port))
    assert (told.value.code, told.value.begun) == (trouble.BUSY, False)
    first.result().close()
    qtbot.waitUntil(lambda: lent._line is None)
    assert wait(qtbot, elsewhere.submit(send, lent.port)) == Handed(printed=True)
    assert printer.wait_for(1) == [SLIP]


def test_what_is_no_slip_is_never_handed_on(
    qtbot: QtBot, runner: Runner, lent: LentPrinter, printer: ReceiptPrinter, elsewhere: ThreadPoolExecutor
) -> None:
    def rude() -> object:
        with closing(open_way(address.read(f"tcp:127.0.0.1:{lent.port}"), PATIENCE)) as way:
            way.look()
            return way.send(b"\x1d(E\x03\x00\x06\x01\x00" + SLIP, "")

    asked = elsewhere.submit(rude)
    qtbot.waitUntil(asked.done, timeout=15_000)
    with pytest.raises(PrinterTrouble):
        asked.result()
    qtbot.waitUntil(runner.is_idle)
    assert printer.slips == []


def test_a_caller_that_thought_us_mute_is_printed_when_there_is_paper(
    qtbot: QtBot, lent: LentPrinter, printer: ReceiptPrinter
) -> None:
    lent._again.setInterval(30)
    printer.behaviour.answers = states.PAPER_OUT
    with socket.create_connection(("127.0.0.1", lent.port)) as line:
        line.sendall(SLIP)
    qtbot.waitUntil(lambda: bool(lent._left))
    printer.behaviour.answers = states.WELL
    with qtbot.waitSignal(lent.lent):
        pass
    assert printer.wait_for(1) == [SLIP]


def test_only_neighbours_are_near() -> None:
    near = ("192.168.8.4", "10.0.0.2", "172.16.3.4", "169.254.7.7", "127.0.0.1")
    assert all(is_near(QHostAddress(text)) for text in near)
    assert not any(is_near(QHostAddress(text)) for text in ("8.8.8.8", "172.32.0.1", "200.21.1.1"))


def test_a_port_that_is_taken_is_said(lent: LentPrinter, runner: Runner, printer: ReceiptPrinter) -> None:
    other = LentPrinter(runner, lambda: open_way(address.read(printer.address)))
    assert not other.lend(lent.port, QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    assert other.port == 0
