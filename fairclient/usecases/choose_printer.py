"""Which printer takes the slips, and what it is sent: its own dots on a roll, or pages by its driver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from fairclient.base.errors import BadInput
from fairclient.base.settings import DARKNESS, PRINTERS, ROLL_DOTS, SLIP_FORMAT, Settings
from fairclient.printers import address, trouble
from fairclient.printers.address import Address
from fairclient.printers.opening import open_way
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Way
from fairclient.slips.layout import SlipContent
from fairclient.usecases.print_next import PrintWith

ON_A_SHEET: Final = {"a4": 4}
"""How many slips share a sheet: those that wait together are printed together."""

Roll = Literal["roll80", "roll58"]
Drivers = Callable[[str], Way]
"""Opens the way through a system's driver by the queue's name; only the window can."""


def chosen(settings: Settings, paper: str) -> Address | None:
    """The printer that somebody chose for a paper; None for the system's own."""
    try:
        kept = settings.get(PRINTERS[paper])
        return address.read(kept) if kept else None
    except BadInput:
        return None


class PrinterChoice:
    """What the next slips go to, by the options as they are at that moment.

    ``drivers`` opens the way through a system's driver, ``system`` gives the system's own printer ("": none).
    """

    def __init__(self, settings: Settings, drivers: Drivers, system: Callable[[], str]) -> None:
        self._settings = settings
        self._drivers = drivers
        self._system = system
        self._talkers: set[str] = set()

    def now(self) -> PrintWith:
        """The printer of the paper in use."""
        paper = self._settings.get(SLIP_FORMAT)
        to = self.address(paper)
        if to is None:
            return PrintWith("", _none, lambda contents: b"")
        make = slip_maker(self._settings, paper, native=to.native)
        return PrintWith(str(to), self.way_to(to), make, ON_A_SHEET.get(paper, 1))

    def address(self, paper: str) -> Address | None:
        """Where the slips on a paper go; None for nowhere."""
        system = self._system()
        return chosen(self._settings, paper) or (Address(address.DRIVER, system) if system else None)

    def way_to(self, to: Address) -> Callable[[], Way]:
        """How a printer is opened."""
        if not to.native:
            return lambda: self._drivers(to.where)
        return lambda: open_way(to, talkers=self._talkers)

    def lent(self) -> Way:
        """The way to the receipt printer that is lent to others. Raises PrinterTrouble where none is."""
        to = self.address(self._settings.get(SLIP_FORMAT))
        return self.way_to(to)() if to is not None and to.native else _none()


def slip_maker(settings: Settings, paper: str, *, native: bool) -> Callable[[Sequence[SlipContent]], bytes]:
    """What makes the bytes of slips on a paper, by the options as they are now.

    A printer that takes our dots as they are prints on a roll, whatever paper is chosen.
    """
    if not native:
        return lambda contents: _pdf(contents, paper)
    roll: Roll = "roll58" if paper == "roll58" else "roll80"
    width, darkness = settings.get(ROLL_DOTS[roll]), settings.get(DARKNESS)
    return lambda contents: _native(contents, roll, width, darkness)


def _native(contents: Sequence[SlipContent], roll: Roll, width: int, darkness: int) -> bytes:
    # The typeface is drawn with Pillow, which start-up does without.
    from fairclient.slips import escpos  # noqa: PLC0415

    return escpos.rendered(contents, roll, width=width, darkness=darkness)


def _pdf(contents: Sequence[SlipContent], paper: str) -> bytes:
    # reportlab takes a while to load, and nobody waits for paper.
    from fairclient.slips import pdf  # noqa: PLC0415
    from fairclient.usecases.issue_slip import FORMATS  # noqa: PLC0415

    return pdf.rendered(contents, FORMATS[paper])


def _none() -> Way:
    raise PrinterTrouble(trouble.NO_PRINTER)
