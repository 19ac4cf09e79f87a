"""Bars: how many of each, drawn as plainly as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from fairclient.base.typeface import REGULAR, SEMIBOLD
from fairclient.reports.page import INK, LINE, QUIET, TEAL

_ROW = 15.0
_SIZE = 8.5


class Bar(NamedTuple):
    """One bar: its name, its length (None: hidden, no bar), and the number as it is printed."""

    name: str
    length: int | None
    shown: str


class Bars(Flowable):  # type: ignore[misc]  # reportlab says nothing about its types
    """Horizontal bars from one line, the longest as wide as there is room."""

    def __init__(self, bars: Sequence[Bar], width: float, names: float) -> None:
        super().__init__()
        self.bars = bars
        self.width = width
        self.names = names
        self.height = _ROW * len(bars)

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """The room that it takes, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the bars from the top down."""
        longest = max((bar.length or 0 for bar in self.bars), default=0) or 1
        room = self.width - self.names - 30
        for place, bar in enumerate(self.bars):
            y = self.height - (place + 1) * _ROW
            self._row(bar, y, room * (bar.length or 0) / longest)
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.8)
        self.canv.line(self.names, 0, self.names, self.height)

    def _row(self, bar: Bar, y: float, long: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, _SIZE)
        canvas.drawRightString(self.names - 6, y + 4.5, _fitted(bar.name, self.names - 8))
        canvas.setFillColor(TEAL)
        if long:
            canvas.rect(self.names, y + 2.5, long, _ROW - 5, stroke=0, fill=1)
        canvas.setFillColor(INK if bar.length is not None else QUIET)
        canvas.setFont(SEMIBOLD, _SIZE)
        canvas.drawString(self.names + long + 4, y + 4.5, bar.shown)


def _fitted(name: str, width: float) -> str:
    """The name, cut where it would run out of its room."""
    while len(name) > 2 and stringWidth(name, REGULAR, _SIZE) > width:
        name = name[:-2].rstrip() + "…"
    return name
