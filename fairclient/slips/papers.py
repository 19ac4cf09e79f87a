"""How the parts of a slip stand on each paper, whatever it is drawn with.

The QR stands on each slip twice, the second one smaller, and so that no column and hardly a row of dots goes
through corner marks of both: a dead dot of the print head or a crease that blinds one leaves the other.
"""

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
A6_MARGIN, A6_FOOT, A6_SYMBOL, A6_SECOND = 44, 60, 404, 4
A6_GAP = 14
# All but the turn, the desks and the ruled lines.
A6_BETWEEN = 16 + 60 + 30 + 26 + A6_GAP + parts.BRING_LABEL + 2
A6_MOST_LINES, ROLL_LEAST_LINES, ROLL_MOST_LINES = 3, 2, 5

# A roll of 80 mm has a print head of 72 mm, one of 58 mm a head of 48 mm: paper and head in dots.
ROLL_PAPER: dict[Roll, int] = {"roll80": 640, "roll58": 464}
ROLL_HEAD: dict[Roll, int] = {"roll80": 576, "roll58": 384}
ROLL_SYMBOL, ROLL_WIDE = 460, 480
ROLL_SECOND: dict[bool, int] = {True: 5, False: 4}  # dots a module, on wide and narrow heads


def a6(sheet: Sheet, content: SlipContent, said: SlipWords) -> None:
    """A slip on A6, whose QR always stands at the same place."""
    x, width = A6_MARGIN, A6[0] - 2 * A6_MARGIN
    made = symbol(content.token)
    module = A6_SYMBOL // (made.size + 2 * QUIET)
    top = A6[1] - A6_FOOT - symbol_side(made, module)
    y = parts.header(sheet, x, 34, width, content, said)
    lines = max(1, min(A6_MOST_LINES, len(parts.bring_lines(sheet, width, said)))) * parts.BRING_ROW
    spare = top - y - A6_BETWEEN - lines - parts.route_height(sheet, width, content, said)
    most = max(120 if content.bring else 170, min(232, round(spare / parts.CAPITALS)))
    y = parts.turn(sheet, x, y + 16, width, most, content, said)
    y = parts.route(sheet, x, y + 30, width, content, said) + 26
    rows = max(0, min(A6_MOST_LINES, (top - A6_GAP - y - parts.BRING_LABEL) // parts.BRING_ROW))
    parts.bring(sheet, x, y, width, rows, said)
    sheet.symbol(x, top + QUIET * module, made, module)
    beside = x + symbol_side(made, module)
    room = A6[0] - A6_MARGIN - beside
    y = parts.code_line(sheet, beside, top, room, content, said) + 4
    second = symbol_side(made, A6_SECOND)
    sheet.symbol(beside + (room - second) // 2 + QUIET * A6_SECOND, y + QUIET * A6_SECOND, made, A6_SECOND)
    parts.help_line(sheet, beside, y + second, room, content, said)
    sheet.text(x, A6[1] - 36, said.keep, sheet.fitted(said.keep, parts.SMALL, width))
    sheet.done(A6[1])


def roll(sheet: Sheet, x: int, width: int, content: SlipContent, said: SlipWords) -> None:
    """A slip on a roll, as long as it needs to be, between ``x`` and ``x + width``."""
    y = parts.header(sheet, x, 16, width, content, said)
    y = parts.turn(sheet, x, y + 12, width, 230, content, said)
    y = parts.route(sheet, x, y + 28, width, content, said)
    lines = max(ROLL_LEAST_LINES, min(ROLL_MOST_LINES, len(parts.bring_lines(sheet, width, said))))
    y = parts.bring(sheet, x, y + 28, width, lines, said)
    made = symbol(content.token)
    module = min(ROLL_SYMBOL, width) // (made.size + 2 * QUIET)
    y += 8 + QUIET * module
    sheet.symbol(x + (width - made.size * module) // 2, y, made, module)
    y += (made.size + QUIET) * module
    small = ROLL_SECOND[width >= ROLL_WIDE]
    second = symbol_side(made, small)
    beside = width - second
    sheet.symbol(x + beside + QUIET * small, y + QUIET * small, made, small)
    below = parts.code_column(sheet, x, y, beside - 8, content, said)
    y = parts.help_line(sheet, x, max(below, y + second) + 8, width, content, said)
    y = parts.sentence(sheet, x, y + 30, width, said.keep, parts.SMALL, 3)
    sheet.done(y)
