"""A photo that is dropped on the sheet of the scanners is read as a scan; what is no slip is said there."""

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.settings import Settings
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.camera import Camera
from fairclient.ui.scanning.scanners_sheet import ScannersSheet
from fairclient.ui.scanning.serial_scanner import SerialScanner
from tests.fairclient.documents.test_symbols import TOKEN, picture

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def held(*files: Path) -> QMimeData:
    """Files that are dragged."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def test_a_photo_is_dropped(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    camera = Camera(runner, root)
    sheet = ScannersSheet(root, Settings(tmp_path / "settings.json"), SerialScanner(root), camera)
    scans: list[object] = []
    sheet.scanned.connect(scans.append)
    root.show()
    sheet.open(sheet.look)
    slip, wall, notes = (tmp_path / name for name in ("slip.png", "wall.png", "notes.txt"))
    picture(TOKEN, zxingcpp.BarcodeFormat.QRCode).save(slip)
    picture(TOKEN, zxingcpp.BarcodeFormat.QRCode).point(lambda _shade: 128).save(wall)

    taken = []
    for file in (notes, wall):
        over = held(file)
        entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, over, LEFT, PLAIN)
        entering.ignore()
        sheet.dragEnterEvent(entering)
        taken.append(entering.isAccepted())
    assert taken == [False, True]

    for file in (wall, slip):
        over = held(file)
        sheet.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, over, LEFT, PLAIN))
        qtbot.waitUntil(runner.is_idle)
        if file is wall:
            assert sheet.isVisible() and "«wall.png»" in sheet.file_words.text()
    assert scans == [TOKEN]
    assert not sheet.isVisible()
