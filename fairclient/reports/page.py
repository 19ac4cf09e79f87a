"""The page that reports stand on: A4, a heading, page numbers, and the looks of texts and tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from fairclient.base.typeface import BOLD, REGULAR, SEMIBOLD
from fairclient.base.words import _

TEAL, INK, QUIET, LINE, PALE = map(HexColor, ("#0B7A75", "#17212B", "#5B6570", "#CBD0D3", "#EEF5F4"))
MARGIN = 16 * mm
WIDTH = A4[0] - 2 * MARGIN
_FRAME = 6  # points that reportlab keeps free inside of the margins

TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=24, leading=28, textColor=INK)
FAIR = ParagraphStyle("fair", fontName=SEMIBOLD, fontSize=14, leading=18, textColor=TEAL)
SECTION = ParagraphStyle(
    "section", fontName=BOLD, fontSize=11.5, leading=15, textColor=INK, spaceBefore=9, spaceAfter=4
)
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=13, textColor=INK)
NOTE = ParagraphStyle("note", fontName=REGULAR, fontSize=8, leading=10.5, textColor=QUIET)
CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=8.5, leading=10.5, textColor=INK)


def built(story: list[Flowable], title: str, foot: str) -> bytes:
    """The PDF of a story, its fonts inside; ``foot`` stands on every page beside its number."""
    into = io.BytesIO()
    document = SimpleDocTemplate(
        into,
        pagesize=A4,
        leftMargin=MARGIN - _FRAME,
        rightMargin=MARGIN - _FRAME,
        topMargin=14 * mm,
        bottomMargin=17 * mm,
        title=title,
        author="fairclient",
        invariant=1,
    )
    document.build(story, canvasmaker=_numbered(foot))
    return into.getvalue()


def text(words: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of plain words: nothing in them is taken for mark-up."""
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), style)


def table(
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    more: Sequence[tuple[Any, ...]] = (),
    heads: int = 1,
) -> Table:
    """A table with ``heads`` heading rows that come again on the next page; numbers stand to the right."""
    look: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, heads - 1), SEMIBOLD, 8),
        ("FONT", (0, heads), (-1, -1), REGULAR, 8.5),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("TEXTCOLOR", (0, 0), (-1, heads - 1), TEAL),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, heads - 1), "BOTTOM"),
        ("VALIGN", (0, heads), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
        ("LEFTPADDING", (0, 0), (0, -1), 2),
        ("LEFTPADDING", (1, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1, TEAL),
        ("LINEBELOW", (0, heads), (-1, -1), 0.4, LINE),
    ]
    return Table(rows, colWidths=widths, style=[*look, *more], repeatRows=heads, hAlign="LEFT")


def last_row_is_total(row: int = -1) -> list[tuple[Any, ...]]:
    """What makes a row stand out as the sum."""
    return [("FONT", (0, row), (-1, row), BOLD, 8.5), ("BACKGROUND", (0, row), (-1, row), PALE)]


def _numbered(foot: str) -> type[Canvas]:
    """A canvas that knows how many pages there are before it writes their numbers."""

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab says nothing about its types
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab's name)
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                _draw_foot(self, foot, number, len(self._pages))
                super().showPage()
            super().save()

    return Numbered


def _draw_foot(canvas: Canvas, foot: str, number: int, count: int) -> None:
    canvas.setFillColor(TEAL)
    canvas.rect(0, A4[1] - 3 * mm, A4[0], 3 * mm, stroke=0, fill=1)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(MARGIN, 9 * mm, foot)
    canvas.drawRightString(A4[0] - MARGIN, 9 * mm, _("Página {n} de {all}").format(n=number, all=count))
