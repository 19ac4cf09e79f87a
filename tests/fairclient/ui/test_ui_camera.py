"""The webcam as a scanner: pictures go through the path of the camera; what is missing is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fairclient.ui.runner import Runner
from fairclient.ui.scanning import camera as camera_module
from fairclient.ui.scanning.camera import ABSENT, EVERY_MS, LOOKING, MISSING, OFF, Camera
from tests.fairclient.documents import papers
from tests.fairclient.documents.test_symbols import TOKEN, picture


class Eye:
    """A camera with a clock, and what it read."""

    def __init__(self, qtbot: QtBot, runner: Runner) -> None:
        self.now = 0
        self._qtbot, self._runner = qtbot, runner
        self.camera = Camera(runner, now_ms=lambda: self.now)
        self.scans: list[object] = []
        self.camera.scanned.connect(self.scans.append)

    def see(self, image: QImage) -> None:
        """A picture comes, and is looked at to the end."""
        self.now += EVERY_MS
        self.camera.look_at(image)
        self.settle()

    def settle(self) -> None:
        """What was begun comes to its end."""
        self._qtbot.waitUntil(self._runner.is_idle)


@pytest.fixture
def eye(qtbot: QtBot, runner: Runner) -> Iterator[Eye]:
    eye = Eye(qtbot, runner)
    yield eye
    eye.camera.stop()


def drawn(folder: Path, content: str | bytes, kind: zxingcpp.BarcodeFormat) -> QImage:
    """The picture of a symbol, from a file in colours as a camera sends them."""
    picture(content, kind).save(folder / "picture.png")
    return QImage(str(folder / "picture.png")).convertToFormat(QImage.Format.Format_RGB32)


def test_what_is_held_before_the_camera_is_read_once(eye: Eye, tmp_path: Path) -> None:
    slip = drawn(tmp_path, TOKEN, zxingcpp.BarcodeFormat.QRCode)
    cedula = drawn(tmp_path, papers.cedula(), zxingcpp.BarcodeFormat.PDF417)
    for image in (slip, slip, QImage(slip.size(), slip.format()), cedula, slip):
        eye.see(image)
    assert eye.scans == [TOKEN, papers.cedula(), TOKEN]
    assert not any(part in repr(vars(eye.camera)) for part in (TOKEN, "PubDSK"))


def test_pictures_come_faster_than_they_are_looked_at(eye: Eye, tmp_path: Path) -> None:
    slip = drawn(tmp_path, TOKEN, zxingcpp.BarcodeFormat.QRCode)
    shown: list[QImage] = []
    eye.camera.pictured.connect(shown.append)
    eye.see(QImage(slip.size(), slip.format()))
    eye.camera.look_at(slip)  # too soon
    assert eye.camera._job is None
    assert (len(shown), eye.scans) == (2, [])
    eye.see(slip.scaledToWidth(3000))  # more pixels than anybody needs
    assert eye.scans == [TOKEN]


class Devices(QObject):
    """Stands for QtMultimedia with one camera, for computers without any."""

    errorOccurred = Signal(object, str)  # noqa: N815 (as Qt calls it)
    videoFrameChanged = Signal(object)  # noqa: N815 (as Qt calls it)
    found: tuple[Any, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if name == "QMediaDevices":
            return self
        if name in ("QCamera", "QMediaCaptureSession", "QVideoSink"):
            return lambda *_args: self
        if name in ("setCamera", "setVideoSink", "start", "stop"):
            return lambda *_args: None
        raise AttributeError(name)

    def videoInputs(self) -> tuple[Any, ...]:
        """The cameras."""
        return self.found

    def deleteLater(self) -> None:
        """It is one object for all parts."""

    def description(self) -> str:
        """Its name."""
        return "Cámara de ensayo"

    def toImage(self) -> QImage:
        """A picture without anything."""
        return QImage(40, 40, QImage.Format.Format_RGB32)


def test_states_in_words(eye: Eye, monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[str] = []
    eye.camera.state_changed.connect(states.append)
    monkeypatch.setattr(camera_module, "load", lambda: None)
    eye.camera.start()
    assert "componente" in eye.camera.words()
    devices = Devices()
    monkeypatch.setattr(camera_module, "load", lambda: devices)
    eye.camera.start()
    assert "ninguna cámara" in eye.camera.words()
    devices.found = (devices,)
    assert camera_module.cameras() == ["Cámara de ensayo"]
    eye.camera.start("Cámara de ensayo")
    shown: list[QImage] = []
    eye.camera.pictured.connect(shown.append)
    devices.videoFrameChanged.emit(devices)
    assert len(shown) == 1
    devices.errorOccurred.emit(1, "unplugged")
    assert states == [MISSING, OFF, ABSENT, OFF, LOOKING, OFF, ABSENT]


def test_a_photo_that_was_sent_is_read_and_another_is_refused_in_words(eye: Eye, tmp_path: Path) -> None:
    picture(TOKEN, zxingcpp.BarcodeFormat.QRCode).save(tmp_path / "slip.jpg")
    (tmp_path / "notes.png").write_text("no picture")
    refused: list[Exception] = []
    eye.camera.refused.connect(refused.append)
    for name in ("slip.jpg", "notes.png"):
        eye.camera.look_at_file(tmp_path / name)
        eye.settle()
    assert eye.scans == [TOKEN]
    assert [getattr(error, "code", "") for error in refused] == ["no-picture"]
