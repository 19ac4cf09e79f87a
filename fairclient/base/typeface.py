"""The typeface of everything on paper: Source Sans, embedded, so that any printer shows the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

REGULAR, SEMIBOLD, BOLD, BLACK = "FairRegular", "FairSemibold", "FairBold", "FairBlack"

_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
    BLACK: "SourceSansPro-Black.ttf",
}


def path(face: str) -> Path:
    """The TrueType file of a face; it comes with a package, not with the system."""
    import font_source_sans_pro  # noqa: PLC0415 (it lists its folder when imported: not at start-up)

    return Path(font_source_sans_pro.__file__).parent / "files" / _FILES[face]


@cache
def register() -> None:
    """Make reportlab ready, once: it learns the faces (some 20 ms for four files) and writes plain bytes."""
    from reportlab import rl_config  # noqa: PLC0415 (see below)
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 (a fifth of a second, only where paper is made)
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    rl_config.useA85 = 0  # wrapping each page in ASCII makes it a quarter larger and takes 4 ms
    for face in _FILES:
        # asciiReadable would put all of ASCII into each file, which doubles its size and the time to make it.
        pdfmetrics.registerFont(TTFont(face, str(path(face)), asciiReadable=False))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
