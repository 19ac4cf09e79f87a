"""How the parts of a slip stand on each paper, whatever it is drawn with."""

from __future__ import annotations

from typing import Literal

from fairclient.slips import parts
from fairclient.slips.layout import SlipContent, SlipWords
from fairclient.slips.qr import QUIET, symbol
from fairclient.slips.sheet import Sheet, symbol_side

Roll = Literal["roll80", "roll58"]
Paper = Literal["a6", "a4", "roll80", "roll58"]

# In dots of 203 dpi. A6 is 105 by 148 mm.
A6 = (839, 1183)
A6_MARGIN, A6_FOOT, A6_SYMBOL = 44, 60, 404
A6_BETWEEN = 16 + 60 + 30 + 26 + parts.BRING_LABEL + 2  # all but the turn, the desks and the ruled lines
A6_MOST_LINES, ROLL_LEAST_LINES, ROLL_MOST_LINES = 3, 2, 6

# A roll of 80 mm has a print head of 72 mm, one of 58 mm a head of 48 mm: paper and head in dots.
ROLL_PAPER: dict[Roll, int] = {"roll80": 640, "roll58": 464}
ROLL_HEAD: dict[Roll, int] = {"roll80": 576, "roll58": 384}
ROLL_SYMBOL = 460


def a6(sheet: Sheet, content: SlipContent, said: SlipWords) -> None:
    """A slip on A6, whose QR always stands at the same place."""
    x, width = A6_MARGIN, A6[0] - 2 * A6_MARGIN
    made = symbol(content.token)
    module = A6_SYMBOL // (made.size + 2 * QUIET)
    top = A6[1] - A6_FOOT - symbol_side(made, module)
    y = parts.header(sheet, x, 34, width, content, said)
    lines = max(1, min(A6_MOST_LINES, len(parts.bring_lines(sheet, width, content)))) * parts.BRING_ROW
    spare = top - y - A6_BETWEEN - lines - parts.route_height(sheet, width, content, said)
    most = max(120 if content.bring else 170, min(232, round(spare / parts.CAPITALS)))
    y = parts.turn(sheet, x, y + 16, width, most, content, said)
    y = parts.route(sheet, x, y + 30, width, content, said) + 26
    rows = max(0, min(A6_MOST_LINES, (top - y - parts.BRING_LABEL) // parts.BRING_ROW))
    parts.bring(sheet, x, y, width, rows, content, said)
    sheet.symbol(x, top + QUIET * module, made, module)
    beside = x + symbol_side(made, module)
    y = parts.code_column(sheet, beside, top + 16, A6[0] - A6_MARGIN - beside, content, said)
    parts.help_line(sheet, beside, y + 20, A6[0] - A6_MARGIN - beside, content, said)
    sheet.text(x, A6[1] - 36, said.keep, sheet.fitted(said.keep, parts.SMALL, width))
    sheet.done(A6[1])


def roll(sheet: Sheet, x: int, width: int, content: SlipContent, said: SlipWords) -> None:
    """A slip on a roll, as long as it needs to be, between ``x`` and ``x + width``."""
    y = parts.header(sheet, x, 16, width, content, said)
    y = parts.turn(sheet, x, y + 12, width, 230, content, said)
    y = parts.route(sheet, x, y + 28, width, content, said)
    lines = max(ROLL_LEAST_LINES, min(ROLL_MOST_LINES, len(parts.bring_lines(sheet, width, content))))
    y = parts.bring(sheet, x, y + 28, width, lines, content, said)
    made = symbol(content.token)
    module = min(ROLL_SYMBOL, width) // (made.size + 2 * QUIET)
    y += 8 + QUIET * module
    sheet.symbol(x + (width - made.size * module) // 2, y, made, module)
    y = parts.code_line(sheet, x, y + (made.size + QUIET) * module, width, content, said)
    y = parts.help_line(sheet, x, y + 28, width, content, said)
    y = parts.sentence(sheet, x, y + 30, width, said.keep, parts.SMALL, 2)
    sheet.done(y)
