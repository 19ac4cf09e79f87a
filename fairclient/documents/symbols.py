"""Finds slips and documents in a picture: QR and PDF417, as a camera sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fairclient.base.errors import SayError
from fairclient.base.words import _

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE: Final = 2400
"""Pixels beyond which a picture isn't looked at."""


class NoReader(SayError):
    """The library that finds symbols in pictures isn't installed."""

    CODE = "no-symbol-reader"


CREASE: Final = 4
"""Pixels: creases and lines of dead printer dots that are narrower are healed."""


def symbols_in(grey: bytes, width: int, height: int, stride: int) -> list[str | bytes]:
    """The text of each QR and the bytes of each PDF417 in a picture of one byte a pixel.

    Its rows are ``stride`` bytes apart. It is not kept. What can't be read as it is is cleaned and looked at
    again. The same text twice counts once: a slip has its QR twice. Raises NoReader where zxing-cpp is
    missing, and ValueError for bytes that are no picture of this size.
    """
    if (
        not 0 < width <= LONGEST_SIDE
        or not 0 < height <= LONGEST_SIDE
        or len(grey) < stride * (height - 1) + width
    ):
        raise ValueError("a picture has as many bytes as its size says")
    try:
        # Loaded with the first picture: most laptops never use a camera.
        import zxingcpp  # noqa: PLC0415
        from PIL import Image as Pictures  # noqa: PLC0415
    except ImportError:
        raise NoReader(
            _("Falta el componente que lee códigos con la cámara."),
            _("Los lectores de teclado funcionan igual."),
            _("Instale el programa completo, o use un lector."),
        ) from None
    picture = Pictures.frombuffer("L", (width, height), grey, "raw", "L", stride, 1)
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.PDF417])
    for attempt in _attempts(picture):
        found = [
            one.text if one.format == zxingcpp.BarcodeFormat.QRCode else one.bytes
            for one in zxingcpp.read_barcodes(attempt, formats=kinds)
            if one.valid
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def _attempts(picture: Image) -> Iterator[Image]:
    """The picture as it is, without single specks, and with its creases healed as well.

    Measured by `make bench GROUP=slips`: of slips with 2 % of their dots turned over most read as they are
    and all after a median of nine pixels; lines through a corner mark need the third.
    """
    from PIL import ImageFilter  # noqa: PLC0415 (see above)

    yield picture
    quiet = picture.filter(ImageFilter.MedianFilter(3))
    yield quiet
    yield _healed(quiet)


def _healed(picture: Image) -> Image:
    """Black over light lines of up to CREASE - 1 pixels, and nothing else: a morphological closing."""
    from PIL import ImageChops  # noqa: PLC0415 (see above)

    for choose in (ImageChops.darker, ImageChops.lighter):
        for across in (1, 0):
            first = picture
            for step in range(1, CREASE):
                picture = choose(picture, ImageChops.offset(first, step * across, step * (1 - across)))
    return picture
