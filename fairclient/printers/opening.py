"""Opens the way to a printer by its address."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from fairclient.printers import address, lines, trouble
from fairclient.printers.address import Address
from fairclient.printers.cups import CupsWay
from fairclient.printers.line import Line, LineWay
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Patience, Way
from fairclient.printers.windows import WindowsWay

_LINES: Final[dict[str, Callable[[str, Patience], Line]]] = {
    address.TCP: lines.network,
    address.SERIAL: lines.serial,
    address.USB: lines.usb,
}


def open_way(
    to: Address,
    patience: Patience = Patience(),  # noqa: B008 (frozen)
    talkers: set[str] | None = None,
) -> Way:
    """Open the way to a printer that takes our own dots. Raises PrinterTrouble. ``talkers``: see LineWay."""
    if to.way == address.QUEUE:
        return WindowsWay(to.where) if sys.platform == "win32" else CupsWay(to.where, patience)
    return LineWay(_open_line(to, patience), patience, str(to), talkers)


def _open_line(to: Address, patience: Patience) -> Line:
    if to.way not in _LINES:
        raise PrinterTrouble(trouble.NO_LIBRARY)
    return _LINES[to.way](to.where, patience)
