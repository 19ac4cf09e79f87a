"""The three lines: a network printer's raw port, a serial port, and USB."""

from __future__ import annotations

import errno
import socket
from typing import Any, Final

from fairclient.printers import address, trouble
from fairclient.printers.library import printer_classes
from fairclient.printers.line import Line
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Patience

_READ: Final = 64
_WRONG: Final = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL}
_PRINTER_CLASS: Final = 7
"""The class code of printers, from the USB class definitions."""


def network(where: str, patience: Patience) -> Line:
    """Open a raw TCP port. Raises PrinterTrouble."""
    host, port = address.host_and_port(where)
    made = printer_classes().Network(host, port)
    try:
        # Its own way to open leaves the socket behind where nobody answers.
        made.device = socket.create_connection((host, port), patience.connect)
    except OSError as error:
        raise PrinterTrouble(_network_code(error)) from error
    made.device.settimeout(patience.write)
    made.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _NetworkLine(made)


def serial(where: str, patience: Patience) -> Line:
    """Open a serial port. Raises PrinterTrouble."""
    port, bauds = address.port_and_bauds(where)
    classes = printer_classes()
    if not classes.Serial.is_usable():
        raise PrinterTrouble(trouble.NO_LIBRARY)
    made = classes.Serial(port, bauds, timeout=patience.answer, dsrdtr=False)
    try:
        made.open()
        # Without it a printer that was switched off with its flow control set would hold us for ever.
        made.device.write_timeout = patience.write
    except Exception as error:
        raise PrinterTrouble(_serial_code(error)) from error
    return _SerialLine(made)


def usb(where: str, patience: Patience) -> Line:
    """Open a USB printer. Raises PrinterTrouble."""
    vendor, product = address.vendor_and_product(where)
    classes = printer_classes()
    if not classes.Usb.is_usable():
        raise PrinterTrouble(trouble.NO_LIBRARY)
    try:
        device = usb_device(idVendor=vendor, idProduct=product)
        if device is None:
            raise PrinterTrouble(trouble.UNPLUGGED)
        into, out = _endpoints(device)
        wait_ms = round(patience.write * 1000)
        made = classes.Usb(vendor, product, {"backend": device.backend}, wait_ms, into, out)
        made.open()
    except PrinterTrouble:
        raise
    except Exception as error:
        raise PrinterTrouble(_usb_code(error)) from error
    return _UsbLine(made)


def usb_device(**wanted: Any) -> Any:
    """The first USB device like that, None for none. Raises what the USB library raises."""
    import libusb_package  # noqa: PLC0415 (only where a USB printer is meant)

    return libusb_package.find(**wanted)


def is_printer(device: Any) -> bool:
    """Whether a USB device has an interface for printing."""
    return any(face.bInterfaceClass == _PRINTER_CLASS for setting in device for face in setting)


class _NetworkLine:
    """A socket that python-escpos opened."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._write_timeout = made.device.gettimeout()

    def write(self, data: bytes) -> None:
        self._made.device.settimeout(self._write_timeout)
        self._made._raw(data)

    def read(self, seconds: float) -> bytes:
        self._made.device.settimeout(max(seconds, 0.001))
        try:
            came = bytes(self._made.device.recv(_READ))
        except TimeoutError:
            return b""
        if not came:
            raise ConnectionResetError("the printer hung up")
        return came

    def close(self) -> None:
        self._made.close()


class _SerialLine:
    """A serial port that python-escpos opened."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def write(self, data: bytes) -> None:
        self._made._raw(data)
        self._made.device.flush()

    def read(self, seconds: float) -> bytes:
        self._made.device.timeout = max(seconds, 0.001)
        return bytes(self._made.device.read(1))

    def close(self) -> None:
        self._made.close()


class _UsbLine:
    """A USB printer that python-escpos opened; its library's errors are OSErrors."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def write(self, data: bytes) -> None:
        self._made._raw(data)

    def read(self, seconds: float) -> bytes:
        try:
            return bytes(self._made.device.read(self._made.in_ep, _READ, max(1, round(seconds * 1000))))
        except OSError as error:
            if error.errno in (errno.ETIMEDOUT, None):
                return b""
            raise

    def close(self) -> None:
        self._made.close()


def _cause(error: BaseException) -> BaseException:
    """What the system said before the library wrapped it."""
    return error.__cause__ or error.__context__ or error


def _network_code(error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno in _WRONG:
        return trouble.WRONG_ADDRESS
    return trouble.BUSY if isinstance(error, ConnectionRefusedError) else trouble.NO_ANSWER


def _serial_code(error: BaseException) -> str:
    cause = _cause(error)
    number = getattr(cause, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        return trouble.NOT_ALLOWED
    return trouble.BUSY if number == errno.EBUSY else trouble.UNPLUGGED


def _usb_code(error: BaseException) -> str:
    cause = _cause(error)
    number = getattr(cause, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        return trouble.NOT_ALLOWED
    if type(cause).__name__ == "NoBackendError":
        return trouble.NO_LIBRARY
    return trouble.BUSY if number == errno.EBUSY else trouble.UNPLUGGED


def _endpoints(device: Any) -> tuple[int, int]:
    """The endpoints by which a printer is read and written; python-escpos' own guess suits Epson only."""
    for setting in device:
        for face in setting:
            if face.bInterfaceClass != _PRINTER_CLASS:
                continue
            ends = [end.bEndpointAddress for end in face]
            into = next((end for end in ends if end & 0x80), 0x82)
            out = next((end for end in ends if not end & 0x80), 0x01)
            return into, out
    return 0x82, 0x01
