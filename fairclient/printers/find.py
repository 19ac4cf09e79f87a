"""The printers of this computer, whatever they are plugged into; asks nobody on the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from fairclient.printers import address, cups, windows
from fairclient.printers.address import Address
from fairclient.printers.lines import is_printer
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Patience

_BAUDS = (115_200, 38_400, 19_200, 9_600)
"""The speeds at which receipt printers come; which one stands on the printer's self-test."""


class Found(NamedTuple):
    """A printer: where it is, and what it calls itself."""

    address: Address
    model: str


def printers() -> list[Found]:
    """Queues of the system (for our own dots), USB printers and serial ports. Takes up to some seconds."""
    return [*_queues(), *_usb(), *_serial()]


def _queues() -> Iterator[Found]:
    if sys.platform == "win32":
        names = [(one.name, one.model) for one in windows.queues()]
    else:
        try:
            names = [(one.name, one.model) for one in cups.queues(Patience())]
        except PrinterTrouble:
            names = []
    for name, model in names:
        yield Found(Address(address.QUEUE, name), model)


def _usb() -> Iterator[Found]:
    # Windows gives a program no USB printer that has a driver: there it is a queue.
    if sys.platform == "win32":
        return
    try:
        import libusb_package  # noqa: PLC0415 (only where somebody looks for printers)

        devices = list(libusb_package.find(find_all=True, custom_match=is_printer))
    except Exception:  # no USB at all, or no right to look: then there are none to offer
        return
    for device in devices:
        where = f"{device.idVendor:04x}:{device.idProduct:04x}"
        yield Found(Address(address.USB, where), _product(device))


def _product(device: Any) -> str:
    """What a USB printer calls itself; "" where we may not ask it."""
    try:
        return str(device.product or "").strip()
    except (ValueError, OSError, NotImplementedError):
        return ""


def _serial() -> Iterator[Found]:
    try:
        from serial.tools import list_ports  # noqa: PLC0415 (only where somebody looks for printers)
    except ImportError:
        return
    for port in list_ports.comports():
        text = "" if port.description in (None, "n/a") else port.description
        for bauds in _BAUDS:
            yield Found(address.read(f"serial:{port.device}@{bauds}"), text)
