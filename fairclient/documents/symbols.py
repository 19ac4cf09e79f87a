"""Finds slips and documents in a picture: QR and PDF417, as a camera sees them."""

from __future__ import annotations

from typing import Final

from fairclient.base.errors import SayError
from fairclient.base.words import _

LONGEST_SIDE: Final = 2400
"""Pixels beyond which a picture isn't looked at."""


class NoReader(SayError):
    """The library that finds symbols in pictures isn't installed."""

    CODE = "no-symbol-reader"


def symbols_in(grey: bytes, width: int, height: int, stride: int) -> list[str | bytes]:
    """The text of each QR and the bytes of each PDF417 in a picture of one byte a pixel.

    Its rows are ``stride`` bytes apart. It is not kept. Raises NoReader where zxing-cpp is missing, and
    ValueError for bytes that are no picture of this size.
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
        from PIL import Image  # noqa: PLC0415
    except ImportError:
        raise NoReader(
            _("Falta el componente que lee códigos con la cámara."),
            _("Los lectores de teclado funcionan igual."),
            _("Instale el programa completo, o use un lector."),
        ) from None
    picture = Image.frombuffer("L", (width, height), grey, "raw", "L", stride, 1)
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.PDF417])
    return [
        one.text if one.format == zxingcpp.BarcodeFormat.QRCode else one.bytes
        for one in zxingcpp.read_barcodes(picture, formats=kinds)
        if one.valid
    ]
