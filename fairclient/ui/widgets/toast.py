"""A toast: the short news of what has just been done, which goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

SHOWN_MS = 6_000
SLIDE_MS = 160
_LOW = 480
"""Pixels of height under which every field at the foot is needed: the news come at the top."""


class Toast(QFrame):
    """News at the lower right of ``over``; it takes no focus and no click, and leaves after some seconds."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("look", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark = Picture("done", "rail_ink", 24)
        self._title = Text("", "toast_title")
        self._text = Text("", "toast_text")
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._title)
        lines.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.ROOMY, theme.GAP, theme.ROOMY + theme.TIGHT, theme.GAP)
        row.setSpacing(theme.GAP)
        row.addWidget(self._mark)
        row.addLayout(lines)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        over.installEventFilter(self)
        self.hide()

    def say(self, title: str, text: str = "", icon: str = "done", *, shown_ms: int = SHOWN_MS) -> None:
        """Show ``title`` and ``text`` for ``shown_ms`` milliseconds."""
        self._mark.show_picture(icon, "rail_ink")
        self._title.setText(title)
        self._text.setText(text)
        show_if(bool(text), self._text)
        self.setAccessibleName(f"{title} {text}".strip())
        self.show()
        self.adjustSize()
        self.raise_()
        self._slide_in()
        self._timer.start(shown_ms)

    def words(self) -> str:
        """What it says, or said last."""
        return self.accessibleName()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self.move(self._place())
        return False

    def _place(self) -> QPoint:
        x = max(0, self._over.width() - self.width() - theme.ROOMY)
        if self._over.height() < theme.scaled(_LOW):
            return QPoint(x, theme.TIGHT)
        return QPoint(x, self._over.height() - self.height() - theme.scaled(72))

    def _slide_in(self) -> None:
        place = self._place()
        if QGuiApplication.platformName() == "offscreen":
            self.move(place)  # nobody watches: no motion, so that pictures are always the same
            return
        self._slide.stop()
        self._slide.setStartValue(place + QPoint(0, 24))
        self._slide.setEndValue(place)
        self._slide.start()
