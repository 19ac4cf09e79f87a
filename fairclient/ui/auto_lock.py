"""Locks the screen when nobody has touched the laptop for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.MouseMove,
}


class AutoLock(QObject):
    """Watches the whole application (an event filter) between ``start`` and ``stop``.

    Signals:
        due(): nobody touched the laptop for as long as was set.
    """

    due = Signal()

    def __init__(self, watched: QObject, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = watched
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(minutes * 60_000)
        self.timer.timeout.connect(self.due)

    def start(self) -> None:
        """Begin to watch."""
        self._watched.installEventFilter(self)
        self.timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._watched.removeEventFilter(self)
        self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at every touch; nothing is held back."""
        if event.type() in _TOUCHES:
            self.timer.start()
        return False
