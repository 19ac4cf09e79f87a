"""Slips as PDF: A6 for office printers, or an 80 mm roll whose page is as long as the slip."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fairclient.base.files import write_whole
from fairclient.base.typeface import register
from fairclient.slips import parts
from fairclient.slips.layout import SlipContent, SlipWords, words
from fairclient.slips.qr import QUIET, symbol
from fairclient.slips.sheet import Sheet, symbol_side

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Paper = Literal["a6", "roll80"]

# In dots of 203 dpi. A6 is 105 by 148 mm; a roll of 80 mm has a print head of 72 mm (576 dots).
A6 = (839, 1183)
A6_MARGIN, A6_FOOT, A6_SYMBOL = 44, 60, 404
A6_BETWEEN = 16 + 60 + 30 + 26 + parts.BRING_LABEL + parts.BRING_ROW + 2  # all but the turn and the desks
ROLL_WIDTH, ROLL_MARGIN, ROLL_SYMBOL, ROLL_TAIL = 640, 32, 460, 96


def render(contents: Sequence[SlipContent], paper: Paper, out: Path) -> None:
    """Write one page a slip to ``out``, whole or not at all.

    Raises DiskFull or HomeNotWritable, in words.
    """
    write_whole(out, rendered(contents, paper))


def rendered(contents: Sequence[SlipContent], paper: Paper) -> bytes:
    """The PDF of some slips. The same slips give the same bytes: no times and no random names in it."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 (a fifth of a second, only where paper is made)

    register()
    into = io.BytesIO()
    canvas = Canvas(into, invariant=1, pageCompression=1)
    paint = _PAINTERS[paper]
    for content in contents:
        paint(canvas, content, words(content))
    canvas.save()
    return into.getvalue()


def _a6(canvas: Canvas, content: SlipContent, said: SlipWords) -> None:
    sheet = Sheet(canvas, A6[0])
    x, width = A6_MARGIN, A6[0] - 2 * A6_MARGIN
    made = symbol(content.token)
    module = A6_SYMBOL // (made.size + 2 * QUIET)
    top = A6[1] - A6_FOOT - symbol_side(made, module)
    y = parts.header(sheet, x, 34, width, content, said)
    spare = top - y - A6_BETWEEN - parts.route_height(len(content.desks), width)
    most = max(120 if content.bring else 170, min(232, round(spare / parts.CAPITALS)))
    y = parts.turn(sheet, x, y + 16, width, most, content, said)
    y = parts.route(sheet, x, y + 30, width, content, said) + 26
    rows = max(0, min(3, (top - y - parts.BRING_LABEL) // parts.BRING_ROW))
    parts.bring(sheet, x, y, width, rows, content, said)
    sheet.symbol(x, top + QUIET * module, made, module)
    beside = x + symbol_side(made, module)
    y = parts.code_column(sheet, beside, top + 16, A6[0] - A6_MARGIN - beside, content, said)
    parts.help_line(sheet, beside, y + 20, A6[0] - A6_MARGIN - beside, content, said)
    sheet.text(x, A6[1] - 36, said.keep, sheet.fitted(said.keep, parts.SMALL, width))
    sheet.done(A6[1])


def _roll(canvas: Canvas, content: SlipContent, said: SlipWords) -> None:
    sheet = Sheet(canvas, ROLL_WIDTH)
    x, width = ROLL_MARGIN, ROLL_WIDTH - 2 * ROLL_MARGIN
    y = parts.header(sheet, x, 16, width, content, said)
    y = parts.turn(sheet, x, y + 12, width, 230, content, said)
    y = parts.route(sheet, x, y + 28, width, content, said)
    y = parts.bring(sheet, x, y + 28, width, max(2, min(4, len(content.bring))), content, said)
    made = symbol(content.token)
    module = ROLL_SYMBOL // (made.size + 2 * QUIET)
    y += 8 + QUIET * module
    sheet.symbol((ROLL_WIDTH - made.size * module) // 2, y, made, module)
    y = parts.code_line(sheet, x, y + (made.size + QUIET) * module, width, content, said)
    y = parts.help_line(sheet, x, y + 28, width, content, said)
    sheet.text(x, y + 56, said.keep, sheet.fitted(said.keep, parts.SMALL, width))
    sheet.done(y + ROLL_TAIL)


_PAINTERS: dict[Paper, Callable[[Canvas, SlipContent, SlipWords], None]] = {"a6": _a6, "roll80": _roll}
