"""Our own line drawings, in the colour that is asked for and sharp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fairclient.base import resources

_DRAWN_IN = "#17212b"


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The drawing ``resources/icons/<name>.svg``, ``size`` logical pixels square."""
    text = resources.path(f"icons/{name}.svg").read_text("utf-8").replace(_DRAWN_IN, colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    result = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    result.fill(QColor(0, 0, 0, 0))
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, result.width(), result.height()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The drawing as an icon for buttons, with the sizes for screens at 100 and 200 %."""
    result = QIcon(pixmap(name, colour, size, 1.0))
    result.addPixmap(pixmap(name, colour, size, 2.0))
    return result
