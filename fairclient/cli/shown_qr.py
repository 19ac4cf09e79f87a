"""A QR code as a terminal shows it, as a picture, or as its text; the files can be taken away again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from fairclient.base.files import in_words, write_whole
from fairclient.slips.qr import QUIET, Symbol, symbol

_MODULE: Final = 8
"""Dots a side of a module in the picture."""

_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""Two modules one above the other, dark ones drawn: a terminal's letter is twice as high as it is wide."""


def for_terminal(text: str) -> list[str]:
    """The QR code as lines of half blocks, dark ones drawn, with white around it."""
    made = symbol(text)
    rows = [*_blank(made), *(_modules(row, made.size) for row in made.rows), *_blank(made)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_HALVES[both] for both in zip(*pair, strict=True)) for pair in pairs]


def write_picture(path: Path, text: str) -> None:
    """Write the QR code as a PNG, whole or not at all. Raises DiskFull or HomeNotWritable."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (only for whoever wants a picture)

    made = symbol(text)
    side = (made.size + 2 * QUIET) * _MODULE
    picture = Image.new("1", (side, side), 1)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(made.rows):
        for x, dark in enumerate(_modules(row, made.size)[QUIET:-QUIET]):
            if dark:
                left, top = (QUIET + x) * _MODULE, (QUIET + y) * _MODULE
                pen.rectangle((left, top, left + _MODULE - 1, top + _MODULE - 1), fill=0)
    out = io.BytesIO()
    picture.save(out, "PNG")
    write_whole(path, out.getvalue())


def write_text(path: Path, text: str) -> None:
    """Write the text, whole or not at all. Raises as `write_picture`."""
    write_whole(path, (text + "\n").encode())


def take_away(path: Path) -> None:
    """Remove a file of what is good no more. Raises as `write_picture`."""
    with in_words(path.parent):
        path.unlink(missing_ok=True)


def _modules(row: int, size: int) -> list[bool]:
    white = [False] * QUIET
    return [*white, *(bool(row >> at & 1) for at in reversed(range(size))), *white]


def _blank(made: Symbol) -> list[list[bool]]:
    return [[False] * (made.size + 2 * QUIET) for _row in range(QUIET)]
