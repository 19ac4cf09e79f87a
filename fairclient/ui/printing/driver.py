"""Prints pages through a printer's driver, by the system's queue: CUPS or the Windows spooler."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from fairclient.printers import cups, trouble, windows
from fairclient.printers.status import Condition
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Patience

MOST_DOTS: Final = 600
"""To the inch; finer rendering takes memory and shows nothing."""


def driver_names() -> list[str]:
    """The queues of this computer, for pages."""
    return list(QPrinterInfo.availablePrinterNames())


def system_printer() -> str:
    """The system's own printer, "" for none."""
    return QPrinterInfo.defaultPrinterName()


class DriverWay:
    """A queue of the system that turns pages into what its printer understands. Runs on the paper's lane.

    What is printed is painted from memory: no slip is left on the disk by us.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def look(self) -> Condition:
        """See Way. Asks the system's queue; where that says nothing, what Qt knows of it."""
        info = QPrinterInfo.printerInfo(self._name)
        if info.isNull():
            raise PrinterTrouble(trouble.QUEUE_MISSING)
        if sys.platform == "win32":
            return windows.WindowsWay(self._name).look()
        try:
            return cups.CupsWay(self._name, Patience()).look()
        except PrinterTrouble as error:
            # A printer that another computer shares isn't in this one's CUPS: Qt found it, so it is there.
            if error.code not in (trouble.SYSTEM, trouble.QUEUE_MISSING, trouble.NOT_ALLOWED):
                raise
        if info.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise PrinterTrouble(trouble.QUEUE_STOPPED)
        return Condition()

    def send(self, data: bytes, name: str) -> Handed:
        """See Way. ``data`` is a PDF; once the system's queue has it, the rest is the queue's."""
        printer = QPrinter(QPrinterInfo.printerInfo(self._name), QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setDocName(name)
        if not paint(pages_of(data, min(printer.resolution(), MOST_DOTS)), printer):
            raise PrinterTrouble(trouble.CUT_OFF, begun=True)
        return Handed(printed=False)

    def close(self) -> None:
        """See Way; nothing is held open."""


def pages_of(pdf: bytes, dots: int) -> list[QImage]:
    """The pages of a PDF at ``dots`` to the inch, made in memory only."""
    import pypdfium2  # noqa: PLC0415 (only when something is printed)

    document = pypdfium2.PdfDocument(pdf)
    pages = [_image(page.render(scale=dots / 72, grayscale=True)) for page in document]
    for page in pages:
        page.setDotsPerMeterX(round(dots / 0.0254))
    document.close()
    return pages


def _image(bitmap: Any) -> QImage:
    """A picture of our own: the renderer's memory goes with the renderer."""
    shape = (bitmap.width, bitmap.height, bitmap.stride)
    return QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_Grayscale8).copy()


def paint(pages: Sequence[QImage], printer: QPrinter) -> bool:
    """Print each of ``pages`` on paper of its own size; whether the printer took them."""
    painter = QPainter()
    for number, page in enumerate(pages):
        dots = page.dotsPerMeterX() * 0.0254
        size = QSizeF(page.width() / dots, page.height() / dots)
        exact = QPageSize.SizeMatchPolicy.ExactMatch
        printer.setPageSize(QPageSize(size, QPageSize.Unit.Inch, "", exact))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        if not (painter.begin(printer) if number == 0 else printer.newPage()):
            return False
        scale = printer.resolution() / dots
        painter.drawImage(QRectF(0, 0, page.width() * scale, page.height() * scale), page)
    return painter.end()
