"""A slip as a printer's dots: drawn at 203 dpi, in pure black and white, and read back."""

from __future__ import annotations

import pypdfium2
import zxingcpp
from PIL import Image

from fairclient.slips.sheet import DPI


def pages(pdf: bytes) -> list[Image.Image]:
    """Each page at 203 dpi, in shades of grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def slips(pdf: bytes, paper: str) -> list[Image.Image]:
    """Each slip at 203 dpi: a page, or a quarter of an A4 without the marks where to cut."""
    drawn = pages(pdf)
    if paper != "a4":
        return drawn
    quarters = [
        page.crop((x + 4, y + 4, x + 836, y + 1180)) for page in drawn for y in (0, 1186) for x in (0, 839)
    ]
    return [quarter for quarter in quarters if min(quarter.tobytes()) < 128]


def texts(pdf: bytes) -> list[str]:
    """What can be copied out of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def codes(page: Image.Image) -> list[str]:
    """What the two QR symbols of a slip say: one text where all is well."""
    found = [one.text for one in _symbols(page)]
    assert len(found) in (0, 2)
    return list(dict.fromkeys(found))


def corner(page: Image.Image) -> tuple[int, int]:
    """The pixel in which the larger QR symbol of a slip begins, at its top left."""
    found = max(_symbols(page), key=lambda one: one.position.bottom_right.x - one.position.top_left.x)
    x, y = found.position.top_left.x - 12, found.position.top_left.y - 12
    ink = page.crop((x, y, x + 40, y + 40)).point(lambda shade: 255 if shade < 128 else 0).getbbox()
    assert ink is not None
    return x + ink[0], y + ink[1]


def _symbols(page: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
