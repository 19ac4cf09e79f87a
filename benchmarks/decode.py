"""How many damaged slips are read: by our reading path (zxing-cpp) and by a stranger (ZBar)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

import pypdfium2
import zxingcpp
from PIL import Image

from benchmarks.damage import WITH_SPECKS, WITHOUT_SPECKS
from benchmarks.figure import Figure
from fairclient.documents.symbols import symbols_in
from fairclient.slips import escpos, pdf
from fairclient.slips.layout import SlipContent
from fairclient.slips.papers import ROLL_HEAD, Roll
from fairclient.slips.sheet import DPI

SLIPS = 6
"""Different slips, each on every paper and with every damage."""

Reader = Callable[[Image.Image], list[str]]


class Printed(NamedTuple):
    """A slip as it came out, one pixel a dot, and what its QR says."""

    paper: str
    token: str
    picture: Image.Image


def figures(contents: Sequence[SlipContent]) -> list[Figure]:
    """Return slips.decode_zxing and, where ZBar is installed, slips.decode_zbar."""
    papers = list(printed(contents[:SLIPS]))
    everything = {**WITHOUT_SPECKS, **WITH_SPECKS}
    ours, plain = (rate(papers, everything, reader) for reader in (_our_path, _zxing))
    beside = f"reading path: raw, median, creases healed; raw alone {plain:.1f} %"
    found = [Figure("slips.decode_zxing", ours, "%", "≥ 99.5", beside, ours >= 99.5)]
    zbar = _zbar()
    if zbar is None:
        print("ZBar is missing (Debian: libzbar0): slips.decode_zbar was not measured.", file=sys.stderr)
        return found
    untouched, dirty = rate(papers, WITHOUT_SPECKS, zbar), rate(papers, WITH_SPECKS, zbar)
    beside = f"the picture as it is, without specks; with specks {dirty:.1f} %"
    return [*found, Figure("slips.decode_zbar", untouched, "%", "≥ 97", beside, untouched >= 97)]


def printed(contents: Sequence[SlipContent]) -> Iterator[Printed]:
    """Every slip on every paper, at 203 dpi."""
    rolls: tuple[Roll, ...] = ("roll80", "roll58")
    for roll in rolls:
        for content in contents:
            yield Printed(roll, content.token, _dots(content, ROLL_HEAD[roll]))
    for content, page in zip(contents, _pages(pdf.rendered(contents, "a6")), strict=True):
        yield Printed("a6", content.token, page)
    quarters = [
        page.crop((x, y, x + 836, y + 1180))
        for page in _pages(pdf.rendered(contents, "a4"))
        for y in (0, 1186)
        for x in (0, 839)
    ]
    for content, page in zip(contents, quarters, strict=False):
        yield Printed("a4", content.token, page)


def rate(papers: Sequence[Printed], damages: dict[str, Callable[..., Image.Image]], reader: Reader) -> float:
    """Return the percentage that ``reader`` reads, and reads right, of all slips with all damages."""
    read = [
        set(reader(damage(one.picture, Random(f"{name} {one.paper} {one.token}")))) == {one.token}
        for name, damage in damages.items()
        for one in papers
    ]
    return 100 * sum(read) / len(read)


def _dots(content: SlipContent, width: int) -> Image.Image:
    rows = escpos.dots(content, width)
    return Image.frombytes("1", (width, len(rows)), b"".join(rows)).convert("L").point(lambda ink: 255 - ink)


def _pages(made: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(made)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def _our_path(picture: Image.Image) -> list[str]:
    found = symbols_in(picture.tobytes(), picture.width, picture.height, picture.width)
    return [one for one in found if isinstance(one, str)]


def _zxing(picture: Image.Image) -> list[str]:
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in zxingcpp.read_barcodes(picture, formats=kinds)]


def _zbar() -> Reader | None:
    try:
        # On Linux it takes the library from the system, which may not have it.
        from pyzbar import pyzbar  # noqa: PLC0415
    except ImportError:
        return None
    kinds = [pyzbar.ZBarSymbol.QRCODE]
    return lambda picture: [one.data.decode() for one in pyzbar.decode(picture, symbols=kinds)]
