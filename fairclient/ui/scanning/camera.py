"""The webcam as a scanner: QR and PDF417 in its pictures, only while somebody holds something before it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from fairclient.base.words import N_, _
from fairclient.documents.picture_file import symbols_in_file
from fairclient.documents.symbols import LONGEST_SIDE, NoReader, symbols_in
from fairclient.ui.runner import Job, Runner

EVERY_MS: Final = 150
"""Pictures are looked at no more often than this."""

OFF, LOOKING, ABSENT, MISSING = "off", "looking", "absent", "missing"
_STATES: Final = {
    OFF: N_("La cámara está apagada."),
    LOOKING: N_("Acerque la ficha o el código del documento a la cámara, derecho y con luz."),
    ABSENT: N_("No hay ninguna cámara conectada, o el sistema no permite usarla."),
    MISSING: N_("A este programa le falta el componente de la cámara. Use un lector de teclado."),
}


def load() -> Any:
    """QtMultimedia, or None where it or what it stands on isn't installed."""
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415 (heavy: loaded when a camera is wanted)
    except ImportError:
        return None
    return QtMultimedia


def cameras() -> list[str]:
    """The names of the cameras of this computer."""
    library = load()
    return [] if library is None else [one.description() for one in library.QMediaDevices.videoInputs()]


class Camera(QObject):
    """Looks at pictures on the free lane, one at a time. Pictures are never kept, nor what is in them.

    Signals:
        scanned(object): the text of a QR or the bytes of a PDF417, once until something else is shown.
        pictured(QImage): a picture, to show what the camera sees.
        refused(object): a file in which nothing could be read, an error in words.
        state_changed(str): one of OFF, LOOKING, ABSENT and MISSING; ``words`` says it.
    """

    scanned = Signal(object)
    pictured = Signal(QImage)
    refused = Signal(object)
    state_changed = Signal(str)

    def __init__(
        self, runner: Runner, parent: QObject | None = None, now_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(parent)
        self.state = OFF
        self._runner = runner
        self._now_ms = now_ms or (lambda: time.monotonic_ns() // 1_000_000)
        self._running: list[Any] = []
        self._job: Job | None = None
        self._next = 0
        self._last = b""

    def words(self) -> str:
        """The state in words."""
        return _(_STATES[self.state])

    def start(self, name: str = "") -> None:
        """Look through the camera ``name``, or through the first one."""
        self.stop()
        library = load()
        if library is None:
            self._be(MISSING)
            return
        devices = library.QMediaDevices.videoInputs()
        chosen = [one for one in devices if one.description() == name] or list(devices)
        if not chosen:
            self._be(ABSENT)
            return
        camera, session = library.QCamera(chosen[0], self), library.QMediaCaptureSession(self)
        sink = library.QVideoSink(self)
        session.setCamera(camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(lambda frame: self.look_at(frame.toImage()))
        camera.errorOccurred.connect(lambda *_what: self._fail())
        self._running = [camera, session, sink]
        self._be(LOOKING)
        camera.start()

    def stop(self) -> None:
        """Switch the camera off."""
        running, self._running = self._running, []
        if running:
            running[0].stop()
        for part in reversed(running):
            part.deleteLater()
        if self._job is not None:
            self._job.forget()
        self._job, self._last, self._next = None, b"", 0
        self._be(OFF)

    def look_at(self, picture: QImage) -> None:
        """Look for a symbol in a picture, unless the one before is still being looked at."""
        if picture.isNull():
            return
        self.pictured.emit(picture)
        now = self._now_ms()
        if self._job is not None or now < self._next:
            return
        self._next = now + EVERY_MS
        self._job = self._runner.network(_symbols, picture)
        self._job.done.connect(self._found)
        self._job.failed.connect(self._failed)

    def look_at_file(self, path: Path) -> None:
        """Look for a symbol in a picture file; ``scanned`` or ``refused`` says what came of it."""
        job = self._runner.network(symbols_in_file, path)
        job.done.connect(lambda symbols: self.scanned.emit(symbols[0]))
        job.failed.connect(self.refused.emit)

    def _found(self, symbols: list[str | bytes]) -> None:
        self._job = None
        if not symbols:
            return
        scan = symbols[0]
        digest = hashlib.sha256(scan.encode() if isinstance(scan, str) else scan).digest()
        if digest != self._last:
            self._last = digest
            self.scanned.emit(scan)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, NoReader):
            self.stop()
            self._be(MISSING)

    def _fail(self) -> None:
        self.stop()
        self._be(ABSENT)

    def _be(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _symbols(picture: QImage) -> list[str | bytes]:
    """Runs on the free lane."""
    if max(picture.width(), picture.height()) > LONGEST_SIDE:
        picture = picture.scaledToWidth(
            LONGEST_SIDE * picture.width() // max(picture.width(), picture.height())
        )
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return symbols_in(bytes(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine())
