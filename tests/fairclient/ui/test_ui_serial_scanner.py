"""A scanner on a serial port, played by a pseudo terminal: whole scans, lost cables, missing parts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fairclient.ui.scanning import serial_scanner
from fairclient.ui.scanning.serial_scanner import ABSENT, MISSING, OFF, READY, SerialScanner, port_name
from tests.fairclient.documents import papers

pytest.importorskip("PySide6.QtSerialPort")


class Cable:
    """The other end of the scanner's cable."""

    def __init__(self) -> None:
        import pty
        import tty

        self._near, self._far = pty.openpty()
        tty.setraw(self._far)
        self.name = os.ttyname(self._far)

    def send(self, data: bytes) -> None:
        """What the scanner sends."""
        os.write(self._near, data)

    def pull(self) -> None:
        """Pull the cable."""
        for end in (self._near, self._far):
            if end >= 0:
                os.close(end)
        self._near = self._far = -1


@pytest.fixture
def cable() -> Iterator[Cable]:
    if sys.platform == "win32":
        pytest.skip("pseudo terminals are not of Windows; the names of its ports are tested")
    cable = Cable()
    yield cable
    cable.pull()


@pytest.fixture
def scanner(qtbot: QtBot) -> Iterator[SerialScanner]:
    scanner = SerialScanner()
    yield scanner
    scanner.close()


@pytest.mark.parametrize("scan", [papers.cedula(), papers.td3().encode() + b"\r\n", b"FR1:ABC"])
def test_a_scan_arrives_whole_after_a_silence(
    qtbot: QtBot, scanner: SerialScanner, cable: Cable, scan: bytes
) -> None:
    scanner.open(cable.name, 9600)
    assert scanner.state == READY
    assert cable.name in scanner.words()
    with qtbot.waitSignal(scanner.scanned) as heard:
        cable.send(scan[:200])
        cable.send(scan[200:])
    assert heard.args == [scan]


def test_a_pulled_cable_is_said_and_tried_again(qtbot: QtBot, scanner: SerialScanner, cable: Cable) -> None:
    heard: list[bytes] = []
    scanner.scanned.connect(heard.append)
    scanner.open(cable.name, 9600)
    cable.send(papers.cedula()[:100])
    qtbot.waitUntil(lambda: len(scanner._bytes) == 100)
    cable.pull()
    qtbot.waitUntil(lambda: scanner.state == ABSENT)
    assert "revise el cable" in scanner.words()
    qtbot.waitUntil(lambda: scanner._port is None)
    assert heard == []  # half a scan is no scan
    other = Cable()
    scanner._name = other.name
    scanner.try_again()  # what its timer does
    assert scanner.state == READY
    with qtbot.waitSignal(scanner.scanned):
        other.send(b"FR1:ABC\r")
    scanner.close()
    other.pull()


def test_a_port_that_is_not_there_and_a_part_that_is_missing(
    scanner: SerialScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    states: list[str] = []
    scanner.state_changed.connect(states.append)
    scanner.open("/dev/no-such-port", 9600)
    monkeypatch.setattr(serial_scanner, "load", lambda: None)
    scanner.open("COM3", 9600)
    assert "componente" in scanner.words()
    scanner.open("", 9600)
    assert states == [ABSENT, OFF, MISSING, OFF]
    assert serial_scanner.ports() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("com3", "COM3"),
        (" COM12: ", "COM12"),
        (r"\\.\COM10", "COM10"),
        ("COM007", "COM7"),
        ("/dev/ttyACM0", "/dev/ttyACM0"),
        ("cu.usbmodem1", "cu.usbmodem1"),
        ("", ""),
    ],
)
def test_ports_are_named_as_each_system_names_them(text: str, name: str) -> None:
    assert port_name(text) == name
