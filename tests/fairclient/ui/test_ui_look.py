"""The look: contrast of every pair, every token used, faces and figures, both themes."""

from __future__ import annotations

import re
from string import Template

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from fairclient.base import resources
from fairclient.ui import icons, theme
from fairclient.ui.palette import INDOORS, SUNLIGHT, Palette, contrast
from fairclient.ui.widgets.figures import figure

TEXT_ON_GROUND = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "field"),
    ("ink_soft", "paper"),
    ("ink_soft", "card"),
    ("ink_soft", "field"),
    ("example", "paper"),
    ("example", "card"),
    ("example", "field"),
    ("accent_ink", "card"),
    ("accent_ink", "paper"),
    ("accent_ink", "accent_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_ink"),
    ("warn_ink", "warn_tint"),
    ("warn_ink", "card"),
    ("danger_ink", "danger_tint"),
    ("danger_ink", "card"),
    ("done_ink", "done_tint"),
    ("rail_ink", "rail"),
    ("rail_ink", "rail_chosen"),
    ("rail_ink_soft", "rail"),
]
EDGE_ON_GROUND = [("edge", "card"), ("edge", "field"), ("accent_line", "card"), ("accent_line", "paper")]


@pytest.mark.parametrize("palette", [INDOORS, SUNLIGHT], ids=lambda palette: palette.name)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_at_seven_to_one(palette: Palette, text: str, ground: str) -> None:
    tokens = palette.tokens()
    assert contrast(tokens[text], tokens[ground]) >= 7


@pytest.mark.parametrize("palette", [INDOORS, SUNLIGHT], ids=lambda palette: palette.name)
@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_edges_and_focus_stand_out_at_three_to_one(palette: Palette, edge: str, ground: str) -> None:
    tokens = palette.tokens()
    assert contrast(tokens[edge], tokens[ground]) >= 3


def test_contrast_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [INDOORS, SUNLIGHT], ids=lambda palette: palette.name)
def test_the_style_sheet_is_whole(palette: Palette) -> None:
    sheet = theme.style_sheet(palette, 150)
    assert "$" not in sheet
    assert "font-size: 24px" in sheet  # 16 at 150 %
    for image in re.findall(r"url\(([^)]+)\)", sheet):
        assert resources.path("icons").joinpath(image.rsplit("/", 1)[1]).is_file()


def test_colours_are_written_in_the_palette_only() -> None:
    for file in resources.path("style").glob("*.qss"):
        text = file.read_text("utf-8")
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", text), file.name
        assert Template(text).is_valid(), file.name


def test_figures_in_columns_have_one_width(qapp: QApplication) -> None:
    theme.install(qapp)
    font = theme.tabular(qapp.font())
    assert font.family() == theme.FAMILY
    metrics = QFontMetrics(font)
    assert metrics.horizontalAdvance("11111") == metrics.horizontalAdvance("80808")


def test_every_drawing_can_be_drawn(qapp: QApplication) -> None:
    for file in resources.path("icons").glob("*.svg"):
        image = icons.pixmap(file.stem, "#ff0000", 20, 2.0).toImage()
        assert image.width() == 40
        red = [image.pixelColor(x, y).red() for x in range(40) for y in range(40)]
        assert max(red) == 255, file.stem


def test_thousands_stand_apart() -> None:
    assert [figure(n) for n in (7, 1480, 48216, 1234567)] == [
        "7",
        "1\u202f480",
        "48\u202f216",
        "1\u202f234\u202f567",
    ]
