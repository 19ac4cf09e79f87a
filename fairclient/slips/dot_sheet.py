"""A slip's page as the black and white dots of a thermal head: no shades, nothing between two dots.

A row of dots is one whole number, its highest bit the leftmost dot: putting a word on the page is a few dozen
ORs, which is ten times faster than drawing on a picture of a byte a dot and packing that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from fairclient.base.typeface import path
from fairclient.slips.qr import Symbol
from fairclient.slips.sheet import Align, Sheet, Style


class Stamp(NamedTuple):
    """Something inked: where its corner is from the point that it is put at, its width and its rows."""

    left: int
    up: int
    width: int
    rows: tuple[int, ...]


class DotSheet(Sheet):
    """A page that is drawn at once; what would stand beyond its edges is left out."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self._rows: list[int] = []

    def rows(self) -> list[bytes]:
        """The rows of the page from the top, eight dots a byte, 1 for black."""
        stride, unused = (self.width + 7) // 8, -self.width % 8
        rows = self._rows[: self.height] + [0] * (self.height - len(self._rows))
        return [(row << unused).to_bytes(stride) for row in rows]

    def length(self, text: str, style: Style) -> float:
        """How wide ``text`` is, in dots."""
        return _length(text, *_whole(style))

    def text(
        self, x: float, y: float, text: str, style: Style, align: Align = "left", ink: float = 0
    ) -> None:
        """Write one line at ``x``; ``ink`` is 0 for black and 1 for white."""
        x = self.beginning(x, text, style, align)
        self._put(round(x), round(y), _written(text, *_whole(style)), white=bool(ink))

    def block(self, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        """A black rectangle from its top left corner."""
        self._put(round(x), round(y), _box(_side(width), _side(height), round(radius), 0))

    def frame(self, x: float, y: float, width: float, height: float, radius: float, thick: float) -> None:
        """An outline of ``thick`` dots, drawn inside of the rectangle."""
        self._put(round(x), round(y), _box(_side(width), _side(height), round(radius), _side(thick)))

    def arrow(self, x: float, y: float, size: float) -> None:
        """A solid triangle that points right: ``size`` dots high, its left edge at ``x``, around ``y``."""
        self._put(round(x), round(y - size / 2), _triangle(_side(size)))

    def symbol(self, x: int, y: int, made: Symbol, module: int) -> None:
        """The dark modules of a QR symbol, each ``module`` dots a side."""
        zero, one = "0" * module, "1" * module
        wide = (f"{bits:0{made.size}b}".replace("0", zero).replace("1", one) for bits in made.rows)
        rows = [row for digits in wide for row in (int(digits, 2),) * module]
        self._put(x, y, Stamp(0, 0, made.size * module, tuple(rows)))

    def _put(self, x: int, y: int, stamp: Stamp, *, white: bool = False) -> None:
        top, edge = y + stamp.up, (1 << self.width) - 1
        shift = self.width - (x + stamp.left) - stamp.width
        self._rows += [0] * (top + len(stamp.rows) - len(self._rows))
        for at, bits in enumerate(stamp.rows, top):
            if at >= 0:
                placed = (bits << shift if shift >= 0 else bits >> -shift) & edge
                self._rows[at] = self._rows[at] & ~placed if white else self._rows[at] | placed


def _side(dots: float) -> int:
    return max(1, round(dots))


def _whole(style: Style) -> tuple[str, int, int]:
    """Face, size and spacing in whole dots, rounded down: what was fitted into a width stays inside of it."""
    return style.face, max(8, int(style.size)), int(style.spacing)


@lru_cache(maxsize=1024)
def _length(text: str, face: str, size: int, spacing: int) -> float:
    return _font(face, size).getlength(text, mode="1") + spacing * (len(text) - 1)


# Most sentences are the same on each slip, and drawing letters takes most of the time.
@lru_cache(maxsize=128)
def _written(text: str, face: str, size: int, spacing: int) -> Stamp:
    """A line of text, put by the beginning of its base line."""
    font = _font(face, size)
    dots = Image.new("1", (round(_length(text, face, size, spacing)) + 2 * size, 2 * size))
    pen = ImageDraw.Draw(dots)
    left, base = size // 2, size * 3 // 2
    x = float(left)
    for part in text if spacing else (text,):
        pen.text((round(x), base), part, 1, font, "ls")
        x += font.getlength(part, mode="1") + spacing
    return _stamp(dots, -left, -base)


@lru_cache(maxsize=64)
def _box(width: int, height: int, radius: int, thick: int) -> Stamp:
    """A rectangle, filled where ``thick`` is 0."""
    dots = Image.new("1", (width, height))
    box = (0, 0, width - 1, height - 1)
    if thick:
        ImageDraw.Draw(dots).rounded_rectangle(box, radius, outline=1, width=thick)
    else:
        ImageDraw.Draw(dots).rounded_rectangle(box, radius, fill=1)
    return _stamp(dots, 0, 0)


@lru_cache(maxsize=16)
def _triangle(size: int) -> Stamp:
    dots = Image.new("1", (size, size + 1))
    ImageDraw.Draw(dots).polygon([(0, 0), (size * 4 // 5, size // 2), (0, size)], fill=1)
    return _stamp(dots, 0, 0)


def _stamp(dots: Image.Image, left: int, up: int) -> Stamp:
    ink = dots.getbbox()
    if ink is None:
        return Stamp(0, 0, 0, ())
    cut = dots.crop(ink)
    stride, unused = (cut.width + 7) // 8, -cut.width % 8
    packed = cut.tobytes()
    rows = (int.from_bytes(packed[at : at + stride]) >> unused for at in range(0, len(packed), stride))
    return Stamp(left + ink[0], up + ink[1], cut.width, tuple(rows))


@lru_cache(maxsize=64)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path(face), size, layout_engine=ImageFont.Layout.BASIC)
