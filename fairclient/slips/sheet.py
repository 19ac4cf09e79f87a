"""A page measured in printer dots from its top left corner: what the slip painters draw with.

Everything stands on whole dots of a 203 dpi thermal head (8 dots a millimetre), so that the modules of the QR
come out as whole dots too: off that grid the same symbol reads half as often after a little blur.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairclient.slips.qr import QUIET, Symbol, bars

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

DPI = 203
DOT = 72 / DPI  # PDF points in a dot

Align = Literal["left", "middle", "right"]


class Style(NamedTuple):
    """A face and its size in dots (25 dots are 9 points); ``spacing`` is extra room between letters."""

    face: str
    size: float
    spacing: float = 0


class Sheet:
    """A page of ``width`` dots; y grows downwards from the top and texts stand on their base line.

    What is drawn is kept until `done`, so that a page may be as long as what came to stand on it.
    """

    def __init__(self, canvas: Canvas, width: int) -> None:
        self.width = width
        self._canvas = canvas
        self._drawn: list[Callable[[], object]] = []

    def done(self, height: int) -> None:
        """Put everything on a page of ``height`` dots and close it."""
        canvas = self._canvas
        canvas.setPageSize((_points(self.width), _points(height)))
        canvas.scale(DOT, DOT)
        canvas.translate(0, height)
        for draw in self._drawn:
            draw()
        canvas.showPage()

    def length(self, text: str, style: Style) -> float:
        """How wide ``text`` is, in dots."""
        return float(self._canvas.stringWidth(text, style.face, style.size)) + style.spacing * (len(text) - 1)

    def fitted(self, text: str, style: Style, width: float) -> Style:
        """``style``, made smaller where ``text`` would be wider than ``width``."""
        wide = self.length(text, style)
        if wide <= width:
            return style
        return style._replace(size=style.size * width / wide, spacing=style.spacing * width / wide)

    def lines(self, text: str, style: Style, width: float, most: int) -> list[str]:
        """``text`` broken into at most ``most`` lines of ``width`` dots; what is left over ends in "…"."""
        broken: list[str] = []
        for word in text.split():
            longer = f"{broken[-1]} {word}" if broken else word
            if broken and self.length(longer, style) <= width:
                broken[-1] = longer
            else:
                broken.append(word)
        if len(broken) > most:
            last = broken[most - 1]
            while " " in last and self.length(last + "…", style) > width:
                last = last.rpartition(" ")[0]
            broken[most - 1] = last + "…"
        return broken[:most]

    def text(
        self, x: float, y: float, text: str, style: Style, align: Align = "left", ink: float = 0
    ) -> None:
        """Write one line at ``x``; ``ink`` is 0 for black and 1 for white."""
        if align != "left":
            x -= self.length(text, style) / (1 if align == "right" else 2)

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
        self._fill(path)

    def symbol(self, x: int, y: int, made: Symbol, module: int) -> None:
        """The dark modules of a QR symbol as one path; ``x``, ``y`` and ``module`` are whole dots.

        The four modules of white around it are the caller's to leave (see `symbol_side`).
        """
        path = _Modules(made)

        def draw() -> None:
            self._canvas.saveState()
            self._canvas.translate(x, -y)
            self._canvas.scale(module, module)
            self._canvas.setFillGray(0)
            self._canvas.drawPath(path, stroke=0, fill=1)
            self._canvas.restoreState()

        self._drawn.append(draw)

    def _fill(self, path: object) -> None:
        def draw() -> None:
            self._canvas.setFillGray(0)
            self._canvas.drawPath(path, stroke=0, fill=1)

        self._drawn.append(draw)


class _Modules:
    """The path of a symbol, one unit a module; reportlab's own path takes as long as the rest of the slip."""

    def __init__(self, made: Symbol) -> None:
        self._code = " ".join(f"{x} {-y - 1} {length} 1 re" for x, y, length in bars(made))

    def getCode(self) -> str:  # noqa: N802 (reportlab's name)
        """The operators of the path."""
        return self._code


def _points(dots: int) -> float:
    """Points in so many dots, rounded down: a hair more and a renderer makes the page one dot larger."""
    return floor(dots * DOT * 1000) / 1000


def symbol_side(made: Symbol, module: int) -> int:
    """How many dots a symbol needs with the white around it."""
    return (made.size + 2 * QUIET) * module
