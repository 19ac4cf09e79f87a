"""The sheet of the scanners: which there are, how each is, and the camera's picture while it looks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from fairclient.base.errors import SayError
from fairclient.base.settings import CAMERA, SCANNER_BAUDS, SCANNER_PORT, Settings
from fairclient.base.words import _
from fairclient.documents.picture_file import ENDINGS
from fairclient.ui.scanning.camera import Camera
from fairclient.ui.scanning.camera_card import CameraCard
from fairclient.ui.scanning.serial_scanner import SerialScanner, ports
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text


class ScannersSheet(Sheet):
    """Chooses and shows the scanners that don't type. The camera looks only while the sheet is open.

    Signals:
        scanned(object): what the camera read; the sheet has closed.
    """

    scanned = Signal(object)

    def __init__(self, over: QWidget, settings: Settings, serial: SerialScanner, camera: Camera) -> None:
        super().__init__(over, _("Lectores"), 620)
        self._settings, self._serial, self._camera = settings, serial, camera
        self.port = Choice()
        self.seen = CameraCard(camera, settings.get(CAMERA))
        self.look = self.seen.look
        self.open_file = ActionButton(_("Abrir una foto…"), icon="folder")
        self.file_words = Text("", wrap=True)
        self.serial_words = Text("", wrap=True)
        self._fill()
        self._lay_out()
        self._wire()
        self._tell()

    def _fill(self) -> None:
        chosen = self._settings.get(SCANNER_PORT)
        self.port.addItem(_("Ninguno"), "")
        for name, description in ports():
            self.port.addItem(f"{name}   {description}".strip(), name)
        if chosen and self.port.findData(chosen) < 0:
            self.port.addItem(chosen, chosen)
        self.port.setCurrentIndex(max(0, self.port.findData(chosen)))

    def _lay_out(self) -> None:
        typing = Card(_("De teclado (USB o Bluetooth)"))
        typing.add(
            Text(
                _("Siempre listo: escanee en cualquier página, esté donde esté el cursor."),
                wrap=True,
            )
        )
        serial = Card(_("De puerto serie"))
        serial.add(self.port)
        serial.add(self.serial_words)
        self.port.setAccessibleName(_("Puerto del lector"))
        photo = Card(_("Foto o imagen"))
        photo.add(Text(_("Arrastre hasta aquí una foto de la ficha o del documento, o ábrala."), wrap=True))
        photo.add(self.open_file)
        photo.add(self.file_words)
        self.file_words.hide()
        for card in (typing, serial, self.seen, photo):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.port.activated.connect(self._choose_port)
        self.seen.device_chosen.connect(lambda name: self._settings.set(CAMERA, name))
        self.closed.connect(self._camera.stop)
        self._serial.state_changed.connect(self._tell)
        self._camera.scanned.connect(self._take)
        self._camera.refused.connect(self._refuse)
        self.open_file.clicked.connect(self._choose_file)
        self.setAcceptDrops(True)

    def _choose_port(self) -> None:
        name = str(self.port.currentData() or "")
        self._settings.set(SCANNER_PORT, name)
        self._serial.open(name, self._settings.get(SCANNER_BAUDS))
        self._tell()

    def look_now(self) -> None:
        """Switch the camera on."""
        self.seen.look_now()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture may be dropped here."""
        if _pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the picture that was dropped."""
        for path in _pictures(event.mimeData())[:1]:
            self._camera.look_at_file(path)

    def _choose_file(self) -> None:
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        name, _kind = QFileDialog.getOpenFileName(self, _("Foto o imagen"), "", endings)
        if name:
            self._camera.look_at_file(Path(name))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, SayError):
            raise error
        self.file_words.setText(str(error))
        self.file_words.show()

    def _take(self, scan: object) -> None:
        if self.isVisible():
            self.close_sheet()
            self.scanned.emit(scan)

    def _tell(self) -> None:
        self.serial_words.setText(self._serial.words())


def _pictures(dropped: QMimeData) -> list[Path]:
    """The picture files of this computer in what is held over the sheet."""
    files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in ENDINGS]
