"""Takes what any scanner read, whatever it is plugged into, to the page that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fairclient.base.settings import SCANNER_BAUDS, SCANNER_PORT
from fairclient.base.words import _
from fairclient.documents import refusals
from fairclient.documents.refusals import ScanRefused
from fairclient.documents.scan import read_scan
from fairclient.documents.scanned import ForSync, Scanned, ScannedSlip
from fairclient.slips.code import looks_like_code
from fairclient.ui.pages.page import Page
from fairclient.ui.scanning.scan_undo import Undo
from fairclient.ui.scanning.scanner import Scanner
from fairclient.ui.scanning.serial_scanner import SerialScanner
from fairclient.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from fairclient.ui.scanning.scanners_sheet import ScannersSheet


class Scans(QObject):
    """Reads scans and hands them on. Nothing of a scan is kept or written to a log here.

    ``page`` gives the page that is open, ``tell`` puts a refusal in words, ``open_page`` opens another page
    and hands it something. What the open page has no use for goes to the desks or to the search.

    Signals:
        understood(): a scan was read; what was said of the one before is of no use any more.
    """

    understood = Signal()

    def __init__(
        self,
        root: QWidget,
        page: Callable[[], Page],
        tell: Callable[[BaseException], None],
        open_page: Callable[[str, object], None],
    ) -> None:
        super().__init__(root)
        self._root = root
        self._page = page
        self._tell = tell
        self._open_page = open_page
        self.keyboard = Scanner(root, self._hold)
        self.keyboard.scanned.connect(self.take)
        self.serial = SerialScanner(self)
        self.serial.scanned.connect(self.take)
        self.sheet: ScannersSheet | None = None
        shortcut = QShortcut(QKeySequence("Ctrl+K"), root)
        shortcut.setWhatsThis(_("Lectores y cámara"))
        shortcut.activated.connect(self.show_scanners)
        QTimer.singleShot(0, self, self._start)

    def show_scanners(self) -> None:
        """Open the sheet of the scanners; the camera looks at once."""
        # Loaded when somebody wants it: most laptops have a scanner that types.
        from fairclient.ui.scanning.camera import Camera  # noqa: PLC0415
        from fairclient.ui.scanning.scanners_sheet import ScannersSheet  # noqa: PLC0415

        page = self._page()
        if page.equipment is None or self.sheet is not None:
            return
        camera = Camera(page.runner)
        self.sheet = ScannersSheet(self._root, page.equipment.settings, self.serial, camera)
        camera.setParent(self.sheet)
        self.sheet.scanned.connect(self.take)
        self.sheet.closed.connect(self._put_sheet_away)
        self.sheet.open(self.sheet.look)
        self.sheet.look_now()

    def take(self, scan: str | bytes) -> None:
        """Read a scan, and give it to the open page or say why not. Behind the gate nothing is read."""
        if not self._root.isVisible():
            return
        page = self._page()
        sheets = [sheet for sheet in self._root.findChildren(Sheet) if sheet.isVisible()]
        if not page.SHEETS_KEEP and any(sheet is not self.sheet for sheet in sheets):
            self._tell(refusals.in_the_way())
            return
        for sheet in sheets:
            sheet.close_sheet()
        if isinstance(scan, str) and looks_like_code(scan):
            self._give(page, ScannedSlip(scan))
            return
        try:
            found = read_scan(scan, page.place.clock.today())
        except ScanRefused as refused:
            self._tell(refused)
            return
        self._give(page, found)

    def _give(self, page: Page, found: Scanned | ForSync) -> None:
        self.understood.emit()
        if isinstance(found, ForSync):
            self._open_page("synchronise", found)
            return
        if page.take_scan(found):
            return
        if isinstance(found, ScannedSlip):
            self._open_page("desk", found.text)
        else:
            self._open_page("find", found)

    def _start(self) -> None:
        """Listen on the serial port that was chosen, if any."""
        equipment = self._page().equipment
        if equipment is not None and equipment.settings.get(SCANNER_PORT):
            self.serial.open(equipment.settings.get(SCANNER_PORT), equipment.settings.get(SCANNER_BAUDS))

    def _put_sheet_away(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None

    def _hold(self) -> Undo | None:
        return self._page().hold()
