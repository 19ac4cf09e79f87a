"""Queues of the Windows spooler, taken raw: the printer gets our bytes as they are."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Final

from fairclient.printers import trouble
from fairclient.printers.library import printer_classes
from fairclient.printers.status import Condition
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed

# PRINTER_STATUS_* of the Windows SDK's winspool.h, the worst first.
_STATUS: Final = (
    (0x0000_0010, trouble.PAPER_OUT),
    (0x0000_0040, trouble.PAPER_OUT),
    (0x0040_0000, trouble.COVER_OPEN),
    (0x0000_0008, trouble.CUTTER),
    (0x0000_0080, trouble.UNPLUGGED),
    (0x0000_1000, trouble.UNPLUGGED),
    (0x0000_0001, trouble.QUEUE_STOPPED),
    (0x0000_0002, trouble.FAULT),
    (0x0010_0000, trouble.FAULT),
)
_WORK_OFFLINE: Final = 0x0000_0400
"""PRINTER_ATTRIBUTE_WORK_OFFLINE: what Windows sets when a USB printer is unplugged."""
_NO_SUCH_PRINTER: Final = 1801
_LOCAL_AND_CONNECTED: Final = 0x2 | 0x4
_LEVEL: Final = 2


@dataclass(frozen=True)
class Spooled:
    """A queue of Windows: its name, its driver's name, and what keeps it from printing, "" for nothing."""

    name: str
    model: str
    problem: str


def queues() -> list[Spooled]:
    """All queues of this computer; none where this isn't Windows or its component is missing."""
    try:
        spooler = _spooler()
        found = spooler.EnumPrinters(_LOCAL_AND_CONNECTED, None, _LEVEL)
    except PrinterTrouble:
        return []
    return [Spooled(one["pPrinterName"], one["pDriverName"], _problem(one)) for one in found]


class WindowsWay:
    """A raw queue of Windows. The spooler takes a slip whole; what the printer does then it seldom knows."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._spooler = _spooler()

    def look(self) -> Condition:
        """See Way."""
        try:
            handle = self._spooler.OpenPrinter(self._name)
        except self._spooler.error as error:
            missing = getattr(error, "winerror", 0) == _NO_SUCH_PRINTER
            raise PrinterTrouble(trouble.QUEUE_MISSING if missing else trouble.SYSTEM) from error
        try:
            problem = _problem(self._spooler.GetPrinter(handle, _LEVEL))
        finally:
            self._spooler.ClosePrinter(handle)
        if problem:
            raise PrinterTrouble(problem)
        return Condition(answered=True)

    def send(self, data: bytes, name: str) -> Handed:
        """See Way."""
        made = printer_classes().Win32Raw(self._name)
        try:
            made.open(job_name=name)
        except Exception as error:  # the library wraps what the system said
            raise PrinterTrouble(trouble.SYSTEM) from error
        try:
            made._raw(data)
            made.close()
        except Exception as error:
            raise PrinterTrouble(trouble.CUT_OFF, begun=True) from error
        return Handed(printed=False)

    def close(self) -> None:
        """See Way; nothing is held open."""


def _problem(printer: dict[str, Any]) -> str:
    status = int(printer["Status"])
    if int(printer["Attributes"]) & _WORK_OFFLINE:
        return trouble.UNPLUGGED
    return next((code for bits, code in _STATUS if status & bits), "")


def _spooler() -> Any:
    """The module win32print. PrinterTrouble where it isn't there."""
    try:
        return importlib.import_module("win32print")
    except ImportError as error:
        raise PrinterTrouble(trouble.NO_LIBRARY) from error
