"""Slips and documents in a picture file: a photo that somebody was sent, or a scan of a paper."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.documents.symbols import LONGEST_SIDE, symbols_in

BIGGEST_FILE: Final = 40_000_000
MOST_PIXELS: Final = 64_000_000
KINDS: Final = ("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp")
"""What the names of such files end in, in small letters."""


def symbols_in_file(path: Path) -> list[str | bytes]:
    """What `symbols_in` finds in a picture file, which may be larger than what a camera sees.

    Nothing of it is kept. Raises BadInput for a file that can't be opened, is too large or is no picture, and
    for a picture without any code; NoReader where zxing-cpp is missing.
    """
    grey, width, height = _grey(path)
    found = symbols_in(grey, width, height, width)
    if not found:
        raise _nothing_in(path)
    return found


def text_of(scanned: str) -> str:
    """What was scanned: ``scanned`` itself, or the first QR in the picture file that it names.

    Raises as `symbols_in_file`.
    """
    if not scanned.lower().endswith(ENDINGS):
        return scanned
    path = Path(scanned)
    texts = [found for found in symbols_in_file(path) if isinstance(found, str)]
    if not texts:
        raise _nothing_in(path)
    return texts[0]


def _grey(path: Path) -> tuple[bytes, int, int]:
    """The picture in shades of grey, made smaller where it is larger than what is looked at."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (most laptops never open one)

    try:
        if path.stat().st_size > BIGGEST_FILE:
            raise _no_picture(path)
        with warnings.catch_warnings(), Image.open(path, formats=KINDS) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if opened.width * opened.height > MOST_PIXELS:
                raise _no_picture(path)
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise _no_picture(path) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture.tobytes(), picture.width, picture.height


def _nothing_in(path: Path) -> BadInput:
    return BadInput(
        _("En «{file}» no se ve ningún código que se pueda leer.").format(file=path.name),
        do=_("Tome otra foto, derecha, con luz y de cerca, o escriba el código de la ficha."),
        code="no-symbol",
    )


def _no_picture(path: Path) -> BadInput:
    return BadInput(
        _("«{file}» no es una imagen que se pueda abrir.").format(file=path.name),
        do=_("Elija una foto en PNG o JPEG de menos de 40 MB."),
        code="no-picture",
    )
