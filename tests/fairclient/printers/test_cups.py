"""Real queues of a real CUPS: what they are sent arrives byte for byte, and what they say is understood."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fairclient.printers import cups, find, trouble
from fairclient.printers.address import Address
from fairclient.printers.cups import CupsWay
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience
from tests.fairclient.printers.cups_daemon import MISSING, PROGRAM, CupsDaemon
from tests.fairclient.printers.receipt_printer import ReceiptPrinter

SLIP = b"\x1b@" + bytes(range(256)) * 20 + b"\x1dV\x01"
QUICK = Patience(connect=5.0, write=5.0, finish=5.0)
HASTY = Patience(connect=5.0, write=5.0, finish=0.3)

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """The printer behind the queue."""
    with ReceiptPrinter() as made:
        yield made


@pytest.fixture
def daemon(
    tmp_path_factory: pytest.TempPathFactory, printer: ReceiptPrinter, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CupsDaemon]:
    """CUPS with a queue to the printer, and one to nowhere."""
    folder = tmp_path_factory.mktemp("cups")
    monkeypatch.setenv("CUPS_SERVER", str(folder / "s"))
    queues = {"Fichas": f"ficha://127.0.0.1:{printer.port}", "Apagada": "ficha://127.0.0.1:9"}
    with CupsDaemon(folder, queues) as made:
        yield made


def code_of(way: CupsWay) -> str:
    """What keeps the queue from printing."""
    with pytest.raises(PrinterTrouble) as told:
        way.look()
    return told.value.code


def test_a_raw_queue_prints_byte_for_byte_and_confirms(daemon: CupsDaemon, printer: ReceiptPrinter) -> None:
    with closing(CupsWay("Fichas", QUICK)) as way:
        assert way.look().problem == ""
        assert way.send(SLIP, "ficha 1") == Handed(printed=True)
    assert printer.wait_for(1) == [SLIP]


def test_the_queues_are_found(daemon: CupsDaemon) -> None:
    found = [one.address for one in find.printers() if one.address.way == "queue"]
    assert found == [Address("queue", "Apagada"), Address("queue", "Fichas")]


def test_a_queue_that_is_gone_says_so(daemon: CupsDaemon) -> None:
    assert code_of(CupsWay("Otra", QUICK)) == trouble.QUEUE_MISSING
    with pytest.raises(PrinterTrouble) as told:
        CupsWay("Otra", QUICK).send(SLIP, "ficha 1")
    assert (told.value.code, told.value.begun) == (trouble.QUEUE_MISSING, False)


def test_paper_that_is_out_is_said_and_the_slip_is_followed_until_it_is_printed(
    daemon: CupsDaemon, printer: ReceiptPrinter
) -> None:
    daemon.out_of_paper.touch()
    handed = CupsWay("Fichas", HASTY).send(SLIP, "ficha 1")
    assert not handed.printed and handed.ref
    assert code_of(CupsWay("Fichas", QUICK)) == trouble.PAPER_OUT
    assert cups.follow("Fichas", handed.ref, QUICK) == "waiting"
    daemon.out_of_paper.unlink()
    assert printer.wait_for(1) == [SLIP]
    while cups.follow("Fichas", handed.ref, QUICK) == "waiting":
        pass
    assert cups.follow("Fichas", handed.ref, QUICK) == "printed"


def test_a_slip_is_taken_back_for_another_printer(daemon: CupsDaemon, printer: ReceiptPrinter) -> None:
    daemon.out_of_paper.touch()
    ref = CupsWay("Fichas", HASTY).send(SLIP, "ficha 1").ref
    assert cups.recall("Fichas", ref, QUICK)
    assert cups.follow("Fichas", ref, QUICK) == "dropped"
    assert not cups.recall("Fichas", ref, QUICK)
    daemon.out_of_paper.unlink()
    assert CupsWay("Fichas", QUICK).send(SLIP, "ficha 2").printed
    assert printer.wait_for(1) == [SLIP]  # and not twice


def test_a_cups_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert code_of(CupsWay("Fichas", QUICK)) == trouble.SYSTEM
    assert [one for one in find.printers() if one.address.way == "queue"] == []
