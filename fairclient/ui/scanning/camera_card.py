"""The camera on a sheet: which one, how it is, and its picture while it looks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.scanning.camera import LOOKING, Camera, cameras
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.text import Text

_PICTURE = QSize(480, 300)


class CameraCard(Card):
    """Switches ``camera`` on, and shows what it sees; ``chosen`` is the name of the one used last.

    Signals:
        device_chosen(str): another camera was chosen; "" for the first there is.
    """

    device_chosen = Signal(str)

    def __init__(self, camera: Camera, chosen: str = "") -> None:
        super().__init__(_("Cámara"))
        self._camera = camera
        self.device = QComboBox()
        self.look = ActionButton(_("Leer con la cámara"), icon="eye")
        self.words = Text("", wrap=True)
        self.picture = QLabel()
        self._fill(chosen)
        self._lay_out()
        self.device.activated.connect(self._choose)
        self.look.clicked.connect(self.look_now)
        camera.state_changed.connect(self.tell)
        camera.pictured.connect(self._show_picture)
        self.tell()

    def look_now(self) -> None:
        """Switch the camera on."""
        self._camera.start(str(self.device.currentData() or ""))
        self.tell()

    def tell(self) -> None:
        """Say how the camera is."""
        self.words.setText(self._camera.words())
        if self._camera.state != LOOKING:
            self.picture.hide()

    def _fill(self, chosen: str) -> None:
        self.device.addItem(_("La primera que haya"), "")
        for name in cameras():
            self.device.addItem(name, name)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.device, 1)
        row.addWidget(self.look)
        self.add(row)
        self.add(self.words)
        self.add(self.picture)
        self.device.setAccessibleName(_("Cámara"))
        self.picture.setAccessibleName(_("Lo que ve la cámara"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.hide()

    def _choose(self) -> None:
        self.device_chosen.emit(str(self.device.currentData() or ""))
        if self._camera.state == LOOKING:
            self.look_now()

    def _show_picture(self, picture: QImage) -> None:
        size = QSize(theme.scaled(_PICTURE.width()), theme.scaled(_PICTURE.height()))
        self.picture.setPixmap(QPixmap.fromImage(picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)))
        self.picture.show()
