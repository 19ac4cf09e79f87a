"""The list for another day: who, what for and why; no name where there is none, no protected service."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from fairclient.domain.report_rows import CarriedRow, DayFigures
from fairclient.reports import carry_over
from tests.fairclient.reports.factory import EMPTY, large_day


def rows(figures: DayFigures) -> list[tuple[object, ...]]:
    """The rows of the sheet beneath the heads of its columns."""
    sheet = load_workbook(io.BytesIO(carry_over.made(figures))).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(min_row=5, max_col=6, values_only=True)]


def test_who_comes_back_why_and_for_what() -> None:
    day = replace(
        large_day(3),
        carried=(
            CarriedRow("A-001", "=Luz", "D’Ávila Ñáñez", "SAL-VAC", "FULL", "3000000001"),
            CarriedRow("A-002", "", "", "VBG", "POSTPONED", anonymous=True),
        ),
    )
    first, second = rows(day)
    full = "Se acabaron los cupos de hoy"
    assert first == ("A-001", "=Luz", "D’Ávila Ñáñez", "Vacunación", full, "3000000001")
    assert second == ("A-002", "Sin identificar", "", "Mesa D", "Debía volver más tarde", "")


def test_a_day_on_which_nobody_is_left(tmp_path: Path) -> None:
    assert rows(EMPTY)[0][0] == "Nadie quedó pendiente este día."
    carry_over.write(EMPTY, tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").read_bytes() == carry_over.made(EMPTY)
