"""Brings slips to paper; what can't be printed now waits, and survives the program's end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from fairclient.base.errors import BadInput, SayError
from fairclient.base.settings import PRINTER, SLIP_FORMAT, Settings
from fairclient.base.words import _
from fairclient.ui.runner import Runner
from fairclient.usecases.issue_slip import slips_pdf
from fairclient.usecases.print_queue import QueuedSlip, off_the_queue, queue_slips, slips_waiting
from fairclient.usecases.workplace import Workplace

AGAIN_MS = 20_000
MOST_DOTS = 600
"""To the inch; finer rendering takes memory and shows nothing."""


class Printing(QObject):
    """Prints slips one by one, in the order in which they come.

    What is printed is made in memory: no slip is left on the disk, not even by a power cut.

    Signals:
        printed(str): the slip with this id is with the printer.
        waiting(int, str): so many slips wait, and why, in words.
    """

    printed = Signal(str)
    waiting = Signal(int, str)

    def __init__(
        self, place: Workplace, runner: Runner, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._runner = runner
        self._settings = settings
        self._under_way = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.print_waiting)

    def print_slips(self, slip_ids: Sequence[str], *, again: bool = False) -> None:
        """Print these slips, after those that wait; ``again`` marks them as copies.

        Raises HomeNotWritable or DiskFull.
        """
        queue_slips(self._place.home, slip_ids, again=again)
        self.print_waiting()

    def print_waiting(self) -> None:
        """Print what waits."""
        queued = slips_waiting(self._place.home)
        if not queued or self._under_way:
            return
        if not self.printer_name():
            self._wait(_("No hay impresora conectada a este equipo."))
            return
        self._under_way = True
        paper, dots = self._settings.get(SLIP_FORMAT), printer_named(self.printer_name()).resolution()
        job = self._runner.database(slip_pages, self._place, queued[0], paper, min(dots, MOST_DOTS))
        job.done.connect(partial(self._send, queued[0]))
        job.failed.connect(partial(self._failed, queued[0]))

    def printer_name(self) -> str:
        """The printer that slips go to, "" for none."""
        chosen = self._settings.get(PRINTER)
        names = QPrinterInfo.availablePrinterNames()
        return chosen if chosen in names else QPrinterInfo.defaultPrinterName()

    def stop(self) -> None:
        """Try no more; what waits is printed when the program runs again."""
        self._timer.stop()

    def _send(self, queued: QueuedSlip, pages: list[QImage]) -> None:
        self._under_way = False
        if not paint(pages, printer_named(self.printer_name())):
            self._wait(_("La impresora no respondió."))
            return
        off_the_queue(self._place.home, queued)
        self.printed.emit(queued.slip)
        self.print_waiting()

    def _failed(self, queued: QueuedSlip, error: Exception) -> None:
        self._under_way = False
        if isinstance(error, BadInput):
            # Voided in the meantime, or another fair's: it never can be printed and must not stop the others.
            off_the_queue(self._place.home, queued)
            self.print_waiting()
            return
        self._wait(str(error) if isinstance(error, SayError) else _("La ficha no se pudo preparar."))

    def _wait(self, why: str) -> None:
        self._timer.start()
        self.waiting.emit(len(slips_waiting(self._place.home)), why)


def printer_named(name: str) -> QPrinter:
    """The printer, ready for pages that bring their own size."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    return printer


def slip_pages(place: Workplace, queued: QueuedSlip, paper: str, dots: int) -> list[QImage]:
    """The pages of a slip at ``dots`` to the inch, made in memory only. Runs on a lane.

    Raises BadInput for a slip that is unknown or void.
    """
    import pypdfium2  # noqa: PLC0415 (only when something is printed)

    document = pypdfium2.PdfDocument(slips_pdf(place, [queued.slip], paper, again=queued.again))
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
