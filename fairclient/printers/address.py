"""Where a printer is: one short text that settings keep, such as ``tcp:192.168.8.20:9100``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fairclient.base.errors import BadInput
from fairclient.base.words import _

TCP: Final = "tcp"
SERIAL: Final = "serial"
USB: Final = "usb"
QUEUE: Final = "queue"
DRIVER: Final = "driver"
WAYS: Final = (TCP, SERIAL, USB, QUEUE, DRIVER)
"""The first three take our dots as they are; a queue of the system takes them raw, or pages by its driver."""

RAW_PORT: Final = 9100
BAUDS: Final = 9600
MOST: Final = 300
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_USB: Final = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")
_WINDOWS_PORT: Final = re.compile(r"(?:\\\\[.?]\\)?com([0-9]{1,3}):?", re.IGNORECASE)


class Address(NamedTuple):
    """A way to a printer, and where it leads: host and port, port and speed, ids, or a queue's name."""

    way: str
    where: str

    def __str__(self) -> str:
        return f"{self.way}:{self.where}"

    @property
    def native(self) -> bool:
        """Whether it takes a receipt printer's own commands; else it takes pages."""
        return self.way != DRIVER


def read(text: str) -> Address:
    """The address that ``text`` says. Raises BadInput."""
    way, colon, where = text.strip().partition(":")
    if colon and way in WAYS and len(text) <= MOST:
        return Address(way, _CHECKS[way](where))
    raise _not_one(text)


def typed(text: str) -> Address:
    """The network printer that a person typed: a name or number, with or without a port. Raises BadInput."""
    return Address(TCP, _tcp(text.strip().removeprefix("tcp:").strip("/")))


def valid(text: str) -> bool:
    """Whether a setting may keep ``text``: an address, or "" for none."""
    try:
        return not text or bool(read(text))
    except BadInput:
        return False


def host_and_port(where: str) -> tuple[str, int]:
    """What a network address says."""
    host, _colon, port = where.rpartition(":")
    return host, int(port)


def port_and_bauds(where: str) -> tuple[str, int]:
    """What a serial address says."""
    port, _at, bauds = where.rpartition("@")
    return port, int(bauds)


def vendor_and_product(where: str) -> tuple[int, int]:
    """What a USB address says."""
    vendor, _colon, product = where.partition(":")
    return int(vendor, 16), int(product, 16)


def words(address: Address) -> str:
    """An address as people read it."""
    return _WORDS[address.way](address.where)


def _tcp(where: str) -> str:
    host, colon, port = where.partition(":")
    number = int(port) if port.isascii() and port.isdecimal() and len(port) <= 5 else 0
    if colon and not 0 < number < 65536:
        raise _not_one(where)
    if not _HOST.fullmatch(host) or ".." in host:
        raise _not_one(where)
    return f"{host.lower()}:{number or RAW_PORT}"


def _serial(where: str) -> str:
    port, at, bauds = where.rpartition("@")
    if not at:
        port, bauds = where, str(BAUDS)
    if not port.strip() or not bauds.isdecimal() or not 300 <= int(bauds) <= 921_600:
        raise _not_one(where)
    windows = _WINDOWS_PORT.fullmatch(port.strip())
    return f"COM{int(windows[1])}@{bauds}" if windows else f"{port.strip()}@{bauds}"


def _usb(where: str) -> str:
    if not _USB.fullmatch(where):
        raise _not_one(where)
    return where.lower()


def _queue(where: str) -> str:
    if not where.strip() or not where.isprintable():
        raise _not_one(where)
    return where


_CHECKS: Final = {TCP: _tcp, SERIAL: _serial, USB: _usb, QUEUE: _queue, DRIVER: _queue}
_WORDS: Final = {
    TCP: lambda where: _("Red: {where}").format(where=where.removesuffix(f":{RAW_PORT}")),
    SERIAL: lambda where: _("Puerto serie: {where}").format(where=where.replace("@", ", ")),
    USB: lambda where: _("USB: {where}").format(where=where),
    QUEUE: lambda where: _("{where} (directo)").format(where=where),
    DRIVER: lambda where: _("{where} (por su controlador)").format(where=where),
}


def _not_one(text: str) -> BadInput:
    return BadInput(
        _("«{text}» no es la dirección de una impresora.").format(text=text.strip()[:60]),
        _("No se cambió la impresora."),
        _("Escriba el número de la impresora en la red, como 192.168.8.20 o 192.168.8.20:9100."),
        code="bad-address",
    )
