"""The QR symbol of a token: its modules as bits and as few rectangles, with the mask chosen by ISO/IEC 18004.

`qrcode` builds the symbol; the mask is weighed here, because `qrcode` builds it eight times to choose one and
that alone would eat the whole time that a slip may take.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

# A token of usual length fits version 8 at level M in alphanumeric mode (ISO/IEC 18004:2015 table 7), so
# every slip has a symbol of the same size. Only a token with a dozen desks grows beyond.
VERSION, VERSION_HOLDS = 8, 221
QUIET = 4  # modules of white that the standard asks for on each side

_MASKS = range(8)
_DARK = re.compile("1+")


class Symbol(NamedTuple):
    """A symbol, ``size`` modules a side; the highest bit of a row is its leftmost module, and 1 is dark."""

    version: int
    size: int
    rows: tuple[int, ...]


Bar = tuple[int, int, int]
"""A dark run one module high: x, y (in modules from the top left corner) and its length."""


@lru_cache(maxsize=32)
def symbol(text: str) -> Symbol:
    """The symbol for ``text`` at level M; ValueError where ``text`` doesn't fit alphanumeric mode."""
    version, rows = _built(text, VERSION, 0)
    size = len(rows)
    stride = size + 1  # one blank bit between rows keeps a pattern from running on into the next
    flat, area = _flat(rows, stride), _flat(((1 << size) - 1,) * size, stride)
    turned = _differences(version)
    best = min(_MASKS, key=lambda mask: penalty(flat ^ _flat(turned[mask], stride), area, stride))
    return Symbol(version, size, tuple(a ^ b for a, b in zip(rows, turned[best], strict=True)))


def bars(made: Symbol) -> list[Bar]:
    """The dark modules as runs along the rows, a third of as many as there are modules."""
    return [
        (run.start(), y, run.end() - run.start())
        for y, row in enumerate(made.rows)
        for run in _DARK.finditer(f"{row:0{made.size}b}")
    ]


def penalty(dark: int, area: int, stride: int) -> int:
    """How hard to read a symbol is (ISO/IEC 18004:2015 §7.8.3).

    ``dark`` holds the rows ``stride`` bits apart; ``area`` has a 1 for every module of the symbol. All
    modules are weighed at once by shifting the whole.
    """
    light = area ^ dark
    points = sum(_long_runs(v, step) for v in (dark, light) for step in (1, stride))
    points += 3 * sum(_blocks(v, stride) for v in (dark, light))
    points += 40 * sum(_finder_likes(dark, light, step) for step in (1, stride))
    return points + 10 * (abs(20 * dark.bit_count() - 10 * area.bit_count()) // area.bit_count())


def _long_runs(v: int, step: int) -> int:
    """Three points for a run of five, one more for each further module."""
    two = v & v >> step
    five = two & two >> 2 * step & v >> 4 * step
    return five.bit_count() + 2 * (five & ~(five << step)).bit_count()


def _blocks(v: int, stride: int) -> int:
    """The number of two by two blocks of one colour."""
    two = v & v >> 1
    return (two & two >> stride).bit_count()


def _finder_likes(dark: int, light: int, step: int) -> int:
    """The number of dark-light-dark³-light-dark patterns with four light modules before or after."""
    core = dark & light >> step & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step & light >> 5 * step
    core &= dark >> 6 * step
    two = light & light >> step
    four = two & two >> 2 * step
    return (core & four >> 7 * step).bit_count() + (core & four << 4 * step).bit_count()


@cache
def _differences(version: int) -> tuple[tuple[int, ...], ...]:
    """For each mask, what it turns over against mask 0: the same for every text of a version."""
    first = _built("0", version, 0)[1]
    return tuple(
        tuple(a ^ b for a, b in zip(first, _built("0", version, mask)[1], strict=True)) for mask in _MASKS
    )


def _built(text: str, version: int, mask: int) -> tuple[int, tuple[int, ...]]:
    """The version used and the rows of the symbol that `qrcode` makes."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 (an eighth of a second, only where slips are made)
    from qrcode.main import QRCode  # noqa: PLC0415
    from qrcode.util import MODE_ALPHA_NUM, QRData  # noqa: PLC0415

    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    code.make(fit=len(text) > VERSION_HOLDS)  # fitting encodes everything twice
    return code.version, tuple(int("".join("1" if dark else "0" for dark in row), 2) for row in code.modules)


def _flat(rows: tuple[int, ...], stride: int) -> int:
    whole = 0
    for row in rows:
        whole = whole << stride | row
    return whole
