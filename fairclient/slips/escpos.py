"""Slips as the bytes that a thermal printer takes without any driver: ESC/POS (Epson's command reference).

Everything is printed as dots. Letters with accents and QR symbols that printers make themselves look and
fail differently on every clone; a raster (GS v 0) is understood by all, and the slip is as on other papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

# Only the constants: the rest of python-escpos reads a database of printers for half a second when it is
# imported and leaves a folder behind in the system's temporary files each time.
from escpos.constants import ESC, GS, HW_INIT, PAPER_PART_CUT, S_RASTER_N

from fairclient.slips import papers
from fairclient.slips.dot_sheet import DotSheet
from fairclient.slips.layout import SlipContent, words
from fairclient.slips.papers import Roll

DARKEST = 6
LONGEST_RASTER = 960  # rows; longer ones are cut off by some printers
SHORTEST_GAP = 16  # rows of white that are worth a raster of their own
FEED_LINES = 4  # from the head to the blade or the tear-off edge, in lines of a sixth of an inch


def rendered(
    contents: Sequence[SlipContent],
    roll: Roll,
    *,
    width: int | None = None,
    darkness: int = 0,
    cut: bool = True,
) -> bytes:
    """The bytes of some slips, each cut off, or only fed out where there is no blade (``cut=False``).

    ``width`` is how many dots the head really has, where it isn't 576 or 384; ``darkness`` goes from -6 to 6
    and is said to the printer only where it isn't 0. Raises ValueError for a darkness or a width beyond that.
    """
    if not -DARKEST <= darkness <= DARKEST:
        raise ValueError("darkness is between -6 and 6")
    head = width or papers.ROLL_HEAD[roll]
    if not 352 <= head <= 832 or head % 8:
        raise ValueError("a head has 352 to 832 dots, in whole bytes")
    end = ESC + b"d" + bytes((FEED_LINES,)) + (PAPER_PART_CUT if cut else b"")
    slips = (b"".join(rasters(dots(content, head))) + end for content in contents)
    return bytes(HW_INIT + _density(darkness) + b"".join(slips))


def dots(content: SlipContent, width: int) -> list[bytes]:
    """A slip as rows of ``width`` dots, eight a byte; set bits are black."""
    sheet = DotSheet(width)
    papers.roll(sheet, 0, width, content, words(content))
    return sheet.rows()


def rasters(rows: Sequence[bytes]) -> Iterator[bytes]:
    """The commands that print rows: what is white at the right isn't sent, for slow serial lines."""
    inked = [len(row.rstrip(b"\0")) for row in rows]
    for top, bottom in _bands(inked):
        for start in range(top, bottom, LONGEST_RASTER):
            end = min(bottom, start + LONGEST_RASTER)
            wide = max(1, *inked[start:end])
            yield bytes(S_RASTER_N + wide.to_bytes(2, "little") + (end - start).to_bytes(2, "little"))
            yield b"".join([row[:wide] for row in rows[start:end]])


def _bands(inked: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that are printed together, first and one beyond the last: parted by white ones in between."""
    start = y = 0
    for blank, run in groupby(inked, key=lambda bytes_with_ink: bytes_with_ink == 0):
        end = y + sum(1 for _row in run)
        if blank and end - y >= SHORTEST_GAP:
            if start < y:
                yield start, y
            yield y, end
            start = end
        y = end
    if start < y:
        yield start, y


def _density(darkness: int) -> bytes:
    """GS ( K, function 49: the print density."""
    return bytes(GS + b"(K\x02\x001" + bytes((darkness & 0xFF,))) if darkness else b""
