"""A scanner on a serial port, or a USB one that calls itself so: found again when it was lost."""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QIODeviceBase, QObject, QTimer, Signal

from fairclient.base.words import N_, _

SILENCE_MS: Final = 150
"""After so long without a byte a scan has ended; at 9600 bauds a byte takes one millisecond."""
AGAIN_MS: Final = 3000
"""How often a port that isn't there is tried."""
MOST: Final = 4096

OFF, READY, ABSENT, MISSING = "off", "ready", "absent", "missing"
_STATES: Final = {
    OFF: N_("No hay lector de puerto serie configurado."),
    READY: N_("El lector del puerto {port} está listo."),
    ABSENT: N_("El puerto {port} no responde: revise el cable. Se vuelve a intentar solo."),
    MISSING: N_("A este programa le falta el componente de puertos serie. Use un lector de teclado."),
}
_WINDOWS: Final = re.compile(r"(?:\\\\[.?]\\)?com([0-9]{1,3}):?", re.IGNORECASE)


def port_name(text: str) -> str:
    """A port as it is opened: "com12:" is "COM12", a device of Linux or macOS stays as it is."""
    found = _WINDOWS.fullmatch(text.strip())
    return f"COM{int(found[1])}" if found else text.strip()


def load() -> Any:
    """QtSerialPort, or None where it isn't installed."""
    try:
        from PySide6 import QtSerialPort  # noqa: PLC0415 (loaded only where a port is set)
    except ImportError:
        return None
    return QtSerialPort


def ports() -> list[tuple[str, str]]:
    """Name and description of each serial port of this computer."""
    library = load()
    if library is None:
        return []
    return [(port.portName(), port.description()) for port in library.QSerialPortInfo.availablePorts()]


class SerialScanner(QObject):
    """Reads whole scans from a port. Nothing is loaded before a port is opened.

    Signals:
        scanned(bytes): a whole scan, unread.
        state_changed(str): one of OFF, READY, ABSENT and MISSING; ``words`` says it.
    """

    scanned = Signal(bytes)
    state_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = OFF
        self._name = ""
        self._bauds = 0
        self._port: Any = None
        self._bytes = bytearray()
        self._silence = self._timer(SILENCE_MS, self._end)
        self._again = self._timer(AGAIN_MS, self.try_again)

    def words(self) -> str:
        """The state in words."""
        return _(_STATES[self.state]).format(port=self._name)

    def open(self, name: str, bauds: int) -> None:
        """Listen on the port ``name`` ("" for none); one that isn't there is tried again and again."""
        self.close()
        self._name, self._bauds = port_name(name), bauds
        if self._name:
            self.try_again()

    def try_again(self) -> None:
        """Open the port, or wait for the next try."""
        library = load()
        if library is None:
            self._be(MISSING)
            return
        self._drop()
        self._port = library.QSerialPort(self)
        self._port.setPortName(self._name)
        self._port.setBaudRate(self._bauds)
        if self._port.open(QIODeviceBase.OpenModeFlag.ReadOnly):
            self._port.readyRead.connect(self._read)
            self._port.errorOccurred.connect(self._lost)
            self._be(READY)
        else:
            self._drop()
            self._be(ABSENT)
            self._again.start()

    def close(self) -> None:
        """Listen no more."""
        self._again.stop()
        self._drop()
        self._be(OFF)

    def _read(self) -> None:
        self._bytes += bytes(self._port.readAll().data())
        del self._bytes[MOST:]
        self._silence.start()

    def _end(self) -> None:
        scan = bytes(self._bytes)
        self._bytes.clear()
        if scan.strip(b"\0\r\n\t "):
            self.scanned.emit(scan)

    def _lost(self, error: Any) -> None:
        """Somebody pulled the cable: half a scan is no scan."""
        if getattr(error, "name", "") in ("NoError", "TimeoutError"):
            return
        self._be(ABSENT)
        # The port is still telling of its error: it can't be dropped in the middle of that.
        QTimer.singleShot(0, self, self._drop)
        self._again.start()

    def _drop(self) -> None:
        self._silence.stop()
        self._bytes.clear()
        if self._port is not None:
            self._port.blockSignals(True)
            self._port.close()
            self._port.deleteLater()
            self._port = None

    def _be(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _timer(self, milliseconds: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer
