"""A slip's page as PDF operators, for printers that have a driver."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from fairclient.slips.qr import Symbol, bars
from fairclient.slips.sheet import DPI, Align, Sheet, Style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

DOT = 72 / DPI  # PDF points in a dot


class VectorSheet(Sheet):
    """What is drawn is kept until `put_on`, so that a page may be as long as what came to stand on it."""

    def __init__(self, canvas: Canvas, width: int) -> None:
        super().__init__(width)
        self._canvas = canvas
        self._drawn: list[Callable[[], object]] = []

    def put_on(self, x: float, top: float) -> None:
        """Draw everything on the canvas's page, its top left corner at ``x`` and ``top`` points."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, top)
        canvas.scale(DOT, DOT)
        for draw in self._drawn:
            draw()
        canvas.restoreState()

    def length(self, text: str, style: Style) -> float:
        """How wide ``text`` is, in dots."""
        return float(self._canvas.stringWidth(text, style.face, style.size)) + style.spacing * (len(text) - 1)

    def text(
        self, x: float, y: float, text: str, style: Style, align: Align = "left", ink: float = 0
    ) -> None:
        """Write one line at ``x``; ``ink`` is 0 for black and 1 for white."""
        x = self.beginning(x, text, style, align)

        def draw() -> None:
            self._canvas.setFillGray(ink)
            self._canvas.setFont(style.face, style.size)
            self._canvas.drawString(x, -y, text, charSpace=style.spacing)

        self._drawn.append(draw)

    def block(self, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        """A black rectangle from its top left corner."""

        def draw() -> None:
            self._canvas.setFillGray(0)
            if radius:
                self._canvas.roundRect(x, -y - height, width, height, radius, stroke=0, fill=1)
            else:
                self._canvas.rect(x, -y - height, width, height, stroke=0, fill=1)

        self._drawn.append(draw)

    def frame(self, x: float, y: float, width: float, height: float, radius: float, thick: float) -> None:
        """An outline of ``thick`` dots, drawn inside of the rectangle."""
        half = thick / 2

        def draw() -> None:
            self._canvas.setLineWidth(thick)
            self._canvas.roundRect(x + half, -y - height + half, width - thick, height - thick, radius)

        self._drawn.append(draw)

    def arrow(self, x: float, y: float, size: float) -> None:
        """A solid triangle that points right: ``size`` dots high, its left edge at ``x``, around ``y``."""
        path = self._canvas.beginPath()
        path.moveTo(x, size / 2 - y)
        path.lineTo(x + size * 0.8, -y)
        path.lineTo(x, -size / 2 - y)
        path.close()

        def draw() -> None:
            self._canvas.setFillGray(0)
            self._canvas.drawPath(path, stroke=0, fill=1)

        self._drawn.append(draw)

    def symbol(self, x: int, y: int, made: Symbol, module: int) -> None:
        """The dark modules of a QR symbol as one path."""
        path = _Modules(made)

        def draw() -> None:
            self._canvas.saveState()
            self._canvas.translate(x, -y)
            self._canvas.scale(module, module)
            self._canvas.setFillGray(0)
            self._canvas.drawPath(path, stroke=0, fill=1)
            self._canvas.restoreState()

        self._drawn.append(draw)


class _Modules:
    """The path of a symbol, one unit a module; reportlab's own path takes as long as the rest of the slip."""

    def __init__(self, made: Symbol) -> None:
        self._code = _operators(made)

    def getCode(self) -> str:  # noqa: N802 (reportlab's name)
        """The operators of the path."""
        return self._code


@lru_cache(maxsize=4)  # a slip has its symbol twice
def _operators(made: Symbol) -> str:
    return " ".join(f"{x} {-y - 1} {length} 1 re" for x, y, length in bars(made))
