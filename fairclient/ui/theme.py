"""How everything looks: the type face, the sizes and the style sheet made from the palette."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fairclient.base import resources
from fairclient.ui.palette import INDOORS, SUNLIGHT, Palette

FAMILY = "Source Sans Pro"
FACES = ("Regular", "Semibold", "Bold")

# Space goes in steps of four pixels; every input is one row high.
TIGHT = 4
SNUG = 8
GAP = 12
ROOMY = 16
ROW = 36

_SIZES = {
    "size_hint": 13,
    "size_label": 14,
    "size_field": 16,
    "size_strong": 17,
    "size_title": 20,
    "size_huge": 30,
    "size_figure": 40,
    "size_turn": 76,
}
_current = INDOORS
_percent = 100
_loaded: list[int] = []


def current() -> Palette:
    """The palette that is on the screen now."""
    return _current


def scaled(pixels: int) -> int:
    """``pixels`` at the size of letter that was chosen."""
    return round(pixels * _percent / 100)


def install(app: QApplication, *, sunlight: bool = False, percent: int = 100) -> None:
    """Give ``app`` its face and style; ``percent`` (80 to 200) is the size of the letter."""
    global _current, _percent
    _current, _percent = (SUNLIGHT if sunlight else INDOORS), percent
    _load_faces()
    font = QFont(FAMILY)
    font.setPixelSize(scaled(_SIZES["size_field"]))
    app.setFont(font)
    app.setPalette(_system_palette(_current))
    app.setStyleSheet(style_sheet(_current, percent))


def style_sheet(palette: Palette, percent: int = 100) -> str:
    """The whole style sheet: the files of ``resources/style`` with the palette's colours and the sizes."""
    sizes = {name: f"{round(size * percent / 100)}px" for name, size in _SIZES.items()}
    places = {"icons": resources.path("icons").as_posix(), "row": f"{round((ROW - 2) * percent / 100)}px"}
    files = sorted(resources.path("style").glob("*.qss"))
    text = "\n".join(file.read_text("utf-8") for file in files)
    return Template(text).substitute(palette.tokens() | sizes | places)


def tabular(font: QFont) -> QFont:
    """``font`` with figures of one width, for numbers that stand in columns or that change in place."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property of ``widget`` that it looks at has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _load_faces() -> None:
    if _loaded:
        return
    for path in _face_files():
        _loaded.append(QFontDatabase.addApplicationFont(str(path)))


def _face_files() -> list[Path]:
    """The faces that we use; empty (the system's own face serves) when the package is missing."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent / "files"
    return [path for face in FACES if (path := folder / f"SourceSansPro-{face}.ttf").is_file()]


def _system_palette(palette: Palette) -> QPalette:
    """Qt's own palette, for what the style sheet doesn't reach (completers, menus, selected text)."""
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.paper,
        role.WindowText: palette.ink,
        role.Base: palette.field,
        role.AlternateBase: palette.paper,
        role.Text: palette.ink,
        role.PlaceholderText: palette.example,
        role.Button: palette.card,
        role.ButtonText: palette.ink,
        role.ToolTipBase: palette.ink,
        role.ToolTipText: palette.card,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Link: palette.accent_ink,
    }
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(name, QColor(colour))
    return result
