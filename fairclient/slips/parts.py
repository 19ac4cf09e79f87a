"""The parts of a slip that all papers share: each is drawn at a place and says how far down it went."""

from __future__ import annotations

from fairclient.base.typeface import BLACK, SEMIBOLD
from fairclient.slips.layout import SlipContent, SlipWords, code_groups
from fairclient.slips.sheet import Sheet, Style

SMALL = Style(SEMIBOLD, 25)
LABEL = Style(SEMIBOLD, 28)
BODY = Style(SEMIBOLD, 32)
HEADING = Style(BLACK, 40)
NAME = Style(SEMIBOLD, 54)
UNFINISHED = Style(BLACK, 76)
MANY_DESKS = 24
NARROW = 480  # dots; below, nothing stands beside the day
BY_HAND = 4  # boxes for the desks of a slip that is filled in by hand
LINE = 34  # from one line of LABEL to the next
BRING_LABEL, BRING_ROW = LINE, 56
CAPITALS = 0.66  # of the size: how tall a capital of Source Sans is


def header(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """The fair, the day and the place; for a fair of practice a stripe that says so."""
    if words.practice:
        y = _stripe(sheet, x, y, width, words.practice.upper())
    for line in sheet.lines(content.fair, HEADING, width, 3 if width < 700 else 2):
        sheet.text(x, y + 34, line, HEADING)
        y += 44
    badge = _badge(sheet, x + width, y - 2, words.edition) if words.edition else 0
    if badge and width < NARROW:
        y, badge = y + 48, 0
    day = words.day[:1].upper() + words.day[1:]
    sheet.text(x, y + 26, day, sheet.fitted(day, LABEL, width - badge))
    y += 34
    for line in sheet.lines(content.place, LABEL, width - badge, 1):
        sheet.text(x, y + 26, line, sheet.fitted(line, LABEL, width))
        y += 34
    sheet.block(x, y + 8, width, 4)
    return y + 12


def _stripe(sheet: Sheet, x: int, y: int, width: int, said: str) -> int:
    sheet.block(x, y, width, 44, radius=8)
    sheet.text(
        x + width / 2, y + 31, said, sheet.fitted(said, Style(BLACK, 27, 2), width - 24), "middle", ink=1
    )
    return y + 56


def _badge(sheet: Sheet, right: int, y: int, said: str) -> int:
    """A framed word that ends at ``right``; gives the room it took."""
    style = sheet.fitted(said, Style(BLACK, 27), 170)
    wide = round(sheet.length(said, style)) + 32
    sheet.frame(right - wide, y, wide, 42, radius=8, thick=3)
    sheet.text(right - 16, y + 30, said, style, "right")
    return wide + 12


def turn(sheet: Sheet, x: int, y: int, width: int, most: int, content: SlipContent, words: SlipWords) -> int:
    """The name and, as large as the paper and ``most`` dots of type allow, the turn."""
    if words.unfinished:
        return _unfinished(sheet, x, y, width, content, words)
    sheet.text(x, y + 40, words.turn, LABEL)
    room = width - sheet.length(words.turn, LABEL) - 40
    name = sheet.fitted(content.display_name, NAME, room)
    sheet.text(x + width, y + 40, content.display_name, name, "right")
    big = sheet.fitted(content.turn, Style(BLACK, most), width)
    bearing = 0 if content.turn[:1] in "AJTVWXY" else big.size * 0.05
    y += 60 + round(big.size * CAPITALS)
    sheet.text(x - bearing, y, content.turn, big)
    return y


def _unfinished(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """A registration that goes on later has no turn: the name, and in large letters what this paper is."""
    if content.display_name:
        sheet.text(x, y + 44, content.display_name, sheet.fitted(content.display_name, NAME, width))
        y += 60
    for line in sheet.lines(words.unfinished, UNFINISHED, width, 3):
        sheet.text(x, y + 66, line, sheet.fitted(line, UNFINISHED, width))
        y += 78
    return y


def route(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """The desks in walking order, the first one filled: that is where to begin."""
    if words.unfinished:
        return y
    if words.no_route:
        return sentence(sheet, x, y, width, words.no_route, BODY, 2) + 10
    label = words.by_hand or words.route
    bottom = y + route_height(sheet, width, content, words)
    y = sentence(sheet, x, y, width, label, LABEL, 2) + 8
    count = BY_HAND if words.by_hand else len(content.desks)
    a_row, side = _boxes(count, width)
    step = (width - side) // max(a_row - 1, 3) if a_row > 1 else 0
    gap = min(step, side + side * 2 // 5)
    for place, letter in enumerate(("",) * BY_HAND if words.by_hand else content.desks[:MANY_DESKS]):
        column, row = place % a_row, place // a_row
        left, top = x + column * gap, y + row * (side + 16)
        _desk(sheet, left, top, side, letter, first=place == 0 and not words.by_hand)
        if column < a_row - 1 and place < count - 1:
            sheet.arrow(left + side + (gap - side) * 0.3, top + side / 2, (gap - side) * 0.5)
    return bottom


def route_height(sheet: Sheet, width: int, content: SlipContent, words: SlipWords) -> int:
    """How many dots `route` takes."""
    if words.unfinished:
        return 0
    if words.no_route:
        return LINE * len(sheet.lines(words.no_route, BODY, width, 2)) + 10
    label = LINE * len(sheet.lines(words.by_hand or words.route, LABEL, width, 2)) + 8
    count = BY_HAND if words.by_hand else len(content.desks)
    a_row, side = _boxes(count, width)
    return label + (min(count, MANY_DESKS) - 1) // a_row * (side + 16) + side


def sentence(sheet: Sheet, x: int, y: int, width: int, said: str, style: Style, most: int) -> int:
    """A sentence on at most ``most`` lines."""
    for line in sheet.lines(said, style, width, most):
        sheet.text(x, y + 26, line, sheet.fitted(line, style, width))
        y += LINE
    return y


def _boxes(count: int, width: int) -> tuple[int, int]:
    """How many boxes stand in a row, and their side in dots."""
    if count <= 4:
        return 4, width * 10 // 58
    if count <= 6:
        return 6, width * 10 // 80
    return 8, width * 10 // 108


def _desk(sheet: Sheet, x: float, y: float, side: int, letter: str, first: bool) -> None:
    if first:
        sheet.block(x, y, side, side, radius=side * 0.16)
    else:
        sheet.frame(x, y, side, side, radius=side * 0.16, thick=5)
    style = sheet.fitted(letter, Style(BLACK, side * 0.86), side * 0.8)
    sheet.text(x + side / 2, y + side / 2 + style.size * 0.33, letter, style, "middle", ink=1 if first else 0)


def bring(sheet: Sheet, x: int, y: int, width: int, rows: int, words: SlipWords) -> int:
    """What to bring next time, on ``rows`` ruled lines that leave room to write by hand."""
    if not rows or words.unfinished:
        return y
    y = sentence(sheet, x, y, width, words.bring, LABEL, 2)
    printed = bring_lines(sheet, width, words)
    if len(printed) > rows:
        printed = sheet.lines(" · ".join(words.things), BODY, width, rows)
    for row in range(rows):
        y += BRING_ROW
        if row < len(printed):
            sheet.text(x, y - 12, printed[row], sheet.fitted(printed[row], BODY, width))
        sheet.block(x, y, width, 2)
    return y + 2


def bring_lines(sheet: Sheet, width: int, words: SlipWords) -> list[str]:
    """What to bring, as it is broken into lines."""
    return [line for thing in words.things for line in sheet.lines(thing, BODY, width, 2)]


def code_column(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """The human code in its three groups of three, one under the other."""
    y = sentence(sheet, x, y, width, words.code, LABEL, 2)
    style = Style(BLACK, 88, 8)
    widest = max(code_groups(content), key=lambda group: sheet.length(group, style))
    style = sheet.fitted(widest, style, width)
    for group in code_groups(content):
        y += round(style.size * 0.86)
        sheet.text(x, y - 8, group, style)
    return y


def code_line(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """The human code in its three groups of three, side by side."""
    sheet.text(x + width / 2, y + 26, words.code, sheet.fitted(words.code, LABEL, width), "middle")
    together = "  ".join(code_groups(content))
    style = sheet.fitted(together, Style(BLACK, 92), width)
    y += 44 + round(style.size * CAPITALS)
    sheet.text(x + width / 2, y, together, style, "middle")
    return y


def help_line(sheet: Sheet, x: int, y: int, width: int, content: SlipContent, words: SlipWords) -> int:
    """Whom to call."""
    if not words.help_line:
        return y
    sheet.text(x, y + 26, words.help_line, sheet.fitted(words.help_line, LABEL, width))
    number = sheet.fitted(content.help_line, Style(BLACK, 46), width)
    y += 40 + round(number.size * CAPITALS)
    sheet.text(x, y, content.help_line, number)
    return y
