"""Slips as PDF: A6, four on an A4 to be cut, or a roll whose page is as long as the slip."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from fairclient.base.files import write_whole
from fairclient.base.typeface import register
from fairclient.slips import papers
from fairclient.slips.layout import SlipContent, words
from fairclient.slips.papers import Paper, Roll
from fairclient.slips.vector_sheet import DOT, VectorSheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# In dots of 203 dpi: A4 is 210 by 297 mm, and a roll needs some paper to be torn off by.
A4 = (1678, 2373)
ROLL_TAIL = 70
CUT_MARK = 40


def render(contents: Sequence[SlipContent], paper: Paper, out: Path) -> None:
    """Write some slips to ``out``, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, rendered(contents, paper))


def rendered(contents: Sequence[SlipContent], paper: Paper) -> bytes:
    """The PDF of some slips. The same slips give the same bytes: no times and no random names in it."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 (a fifth of a second, only where paper is made)

    register()
    into = io.BytesIO()
    canvas = Canvas(into, invariant=1, pageCompression=1)
    _PAGES[paper](canvas, contents)
    canvas.save()
    return into.getvalue()


def _a6_sheets(canvas: Canvas, contents: Sequence[SlipContent]) -> Iterator[VectorSheet]:
    for content in contents:
        sheet = VectorSheet(canvas, papers.A6[0])
        papers.a6(sheet, content, words(content))
        yield sheet


def _a6(canvas: Canvas, contents: Sequence[SlipContent]) -> None:
    for sheet in _a6_sheets(canvas, contents):
        _page(canvas, sheet)


def _a4(canvas: Canvas, contents: Sequence[SlipContent]) -> None:
    """Four slips on a page, each in its quarter, with marks where to cut."""
    for first in range(0, len(contents), 4):
        canvas.setPageSize((_points(A4[0]), _points(A4[1])))
        canvas.setLineWidth(0.4)
        for mark in _cut_marks():
            canvas.line(*mark)
        for place, sheet in enumerate(_a6_sheets(canvas, contents[first : first + 4])):
            column, row = place % 2 * (A4[0] // 2), place // 2 * (A4[1] // 2)
            sheet.put_on(column * DOT, (A4[1] - row) * DOT)
        canvas.showPage()


def _cut_marks() -> list[tuple[float, float, float, float]]:
    """Strokes at the four edges and a cross in the middle, in points."""
    width, height, mark = A4[0] * DOT, A4[1] * DOT, CUT_MARK * DOT
    across = [(x, height / 2, x + mark, height / 2) for x in (0, (width - mark) / 2, width - mark)]
    return across + [(width / 2, y, width / 2, y + mark) for y in (0, (height - mark) / 2, height - mark)]


def _roll(roll: Roll) -> Callable[[Canvas, Sequence[SlipContent]], None]:
    def paint(canvas: Canvas, contents: Sequence[SlipContent]) -> None:
        width, head = papers.ROLL_PAPER[roll], papers.ROLL_HEAD[roll]
        for content in contents:
            sheet = VectorSheet(canvas, width)
            papers.roll(sheet, (width - head) // 2, head, content, words(content))
            sheet.done(sheet.height + ROLL_TAIL)
            _page(canvas, sheet)

    return paint


def _page(canvas: Canvas, sheet: VectorSheet) -> None:
    canvas.setPageSize((_points(sheet.width), _points(sheet.height)))
    sheet.put_on(0, sheet.height * DOT)
    canvas.showPage()


def _points(dots: int) -> float:
    """Points in so many dots, rounded down: a hair more and a renderer makes the page one dot larger."""
    return floor(dots * DOT * 1000) / 1000


_PAGES: dict[Paper, Callable[[Canvas, Sequence[SlipContent]], None]] = {
    "a6": _a6,
    "a4": _a4,
    "roll80": _roll("roll80"),
    "roll58": _roll("roll58"),
}
