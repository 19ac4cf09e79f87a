"""Ways that this machine may not have, up to their border: the Windows spooler's module, and a USB device."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from fairclient.printers import address, lines, trouble, windows
from fairclient.printers.opening import open_way
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience
from fairclient.printers.windows import Spooled, WindowsWay
from tests.fairclient.printers.receipt_printer import WELL

QUICK = Patience(connect=0.1, answer=0.1, write=0.5, finish=0.1)


class SpoolerError(Exception):
    """What pywin32 raises."""

    def __init__(self, winerror: int) -> None:
        super().__init__(winerror)
        self.winerror = winerror


class Spooler:
    """Stands for the module win32print, with one printer."""

    error = SpoolerError

    def __init__(self) -> None:
        self.status = self.attributes = self.open = 0
        self.jobs: list[tuple[str, bytes]] = []

    def OpenPrinter(self, name: str) -> int:
        if name != "TM-T20":
            raise SpoolerError(1801)
        self.open += 1
        return 7

    def ClosePrinter(self, handle: int) -> None:
        self.open -= 1

    def GetPrinter(self, handle: int, level: int) -> dict[str, Any]:
        names = {"pPrinterName": "TM-T20", "pDriverName": "EPSON TM-T20"}
        return {**names, "Status": self.status, "Attributes": self.attributes}

    def EnumPrinters(self, flags: int, name: None, level: int) -> list[dict[str, Any]]:
        return [self.GetPrinter(7, level)]


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    """A Windows with a printer."""
    made = Spooler()

    class Win32Raw:
        def __init__(self, name: str) -> None:
            self.name = name

        def open(self, job_name: str) -> None:
            self.job = job_name

        def _raw(self, data: bytes) -> None:
            made.jobs.append((self.job, data))

        def close(self) -> None:
            pass

    monkeypatch.setitem(sys.modules, "win32print", made)
    monkeypatch.setattr(windows, "printer_classes", lambda: SimpleNamespace(Win32Raw=Win32Raw))
    return made


def test_the_spooler_takes_a_slip_whole_under_a_name_that_names_nobody(spooler: Spooler) -> None:
    with closing(WindowsWay("TM-T20")) as way:
        assert way.look().answered
        assert way.send(b"slip", "ficha 12") == Handed(printed=False)
    assert spooler.jobs == [("ficha 12", b"slip")]
    assert spooler.open == 0
    assert windows.queues() == [Spooled("TM-T20", "EPSON TM-T20", "")]


@pytest.mark.parametrize(
    ("status", "attributes", "code"),
    [
        (0x10, 0, trouble.PAPER_OUT),
        (0x400000, 0, trouble.COVER_OPEN),
        (0x1, 0, trouble.QUEUE_STOPPED),
        (0x80, 0, trouble.UNPLUGGED),
        (0, 0x400, trouble.UNPLUGGED),
        (0x2 | 0x10, 0, trouble.PAPER_OUT),
    ],
)
def test_what_the_spooler_says_is_understood(
    spooler: Spooler, status: int, attributes: int, code: str
) -> None:
    spooler.status, spooler.attributes = status, attributes
    with pytest.raises(PrinterTrouble) as told:
        WindowsWay("TM-T20").look()
    assert told.value.code == code
    assert windows.queues()[0].problem == code
    assert spooler.open == 0


def test_a_queue_that_windows_lost(spooler: Spooler) -> None:
    with pytest.raises(PrinterTrouble) as told:
        WindowsWay("Otra").look()
    assert told.value.code == trouble.QUEUE_MISSING


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has it")
def test_elsewhere_there_is_no_spooler() -> None:
    assert windows.queues() == []
    with pytest.raises(PrinterTrouble) as told:
        WindowsWay("TM-T20")
    assert told.value.code == trouble.NO_LIBRARY


class Device:
    """Stands for a USB printer as pyusb shows it: one setting, one interface, its endpoints."""

    backend = SimpleNamespace()

    def __init__(self, *ends: int) -> None:
        self.ends = ends

    def __iter__(self) -> Any:
        ends = [SimpleNamespace(bEndpointAddress=end) for end in self.ends]

        return iter([[type("Interface", (list,), {"bInterfaceClass": 7})(ends)]])


def usb_with(device: Device | None, fail: Callable[[], None] = lambda: None) -> tuple[Any, dict[str, Any]]:
    """python-escpos with a USB class that talks to nothing, and what it was made with."""
    made: dict[str, Any] = {}

    class Usb:
        is_usable = staticmethod(lambda: True)

        def __init__(self, vendor: int, product: int, args: Any, timeout: int, into: int, out: int) -> None:
            made.update(ids=(vendor, product), timeout=timeout, into=into, out=out, sent=bytearray())
            self.in_ep = into
            self.device = self

        def open(self) -> None:
            fail()

        def _raw(self, data: bytes) -> None:
            made["sent"] += data

        def read(self, end: int, size: int, milliseconds: int) -> bytes:
            asked = bytes(made["sent"][-3:])
            return bytes([WELL[asked[2]]]) if asked[:2] == b"\x10\x04" else b"\x00"

        def close(self) -> None:
            made["closed"] = True

    return SimpleNamespace(Usb=Usb), made


def test_a_usb_printer_is_written_and_read_by_its_own_endpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    classes, made = usb_with(None)
    monkeypatch.setattr(lines, "printer_classes", lambda: classes)
    monkeypatch.setattr(lines, "usb_device", lambda **_: Device(0x03, 0x84))
    with closing(open_way(address.read("usb:04b8:0e28"), QUICK)) as way:
        assert way.look().answered
        assert way.send(b"slip", "ficha 1") == Handed(printed=True)
    assert made["ids"] == (0x04B8, 0x0E28) and (made["into"], made["out"]) == (0x84, 0x03)
    assert b"slip" in made["sent"] and made["closed"]


def test_a_usb_printer_that_is_gone_or_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise PermissionError(13, "access denied")

    classes, _made = usb_with(None, refuse)
    monkeypatch.setattr(lines, "printer_classes", lambda: classes)
    for device, code in ((None, trouble.UNPLUGGED), (Device(0x01, 0x82), trouble.NOT_ALLOWED)):
        monkeypatch.setattr(lines, "usb_device", lambda device=device, **_: device)
        with pytest.raises(PrinterTrouble) as told:
            open_way(address.read("usb:04b8:0e28"), QUICK)
        assert (told.value.code, told.value.begun) == (code, False)
