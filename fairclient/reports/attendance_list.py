"""The attendance list: who came on a day, as a workbook to be printed, signed and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fairclient.base.dates import long_day
from fairclient.base.files import write_whole
from fairclient.base.words import _
from fairclient.domain.report_rows import DayFigures
from fairclient.reports.attendance_columns import COLUMNS, TO_SHARE, Column, Options
from fairclient.reports.workbook import (
    HEADER_ROW,
    LINE,
    PALE,
    WORDS,
    List,
    new_list,
    write_columns,
    write_heading,
)


def write(figures: DayFigures, out: Path, options: Options = TO_SHARE) -> None:
    """Write the list to ``out``, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, made(figures, options))


def made(figures: DayFigures, options: Options = TO_SHARE) -> bytes:
    """The workbook."""
    columns = [column for column in COLUMNS if options.takes(column.kind)]
    with new_list(figures, _("Listado de asistencia"), _("Asistencia")) as made_list:
        last = HEADER_ROW + max(len(figures.people), 1) + 1
        made_list.sheet.print_area(0, 0, last, len(columns) - 1)
        _write_heading(made_list, figures)
        made_list.sheet.set_row(HEADER_ROW, 46)
        write_columns(made_list, [(_(column.heading), column.width) for column in columns])
        _write_people(made_list, figures, columns)
    return made_list.made


def _write_heading(made_list: List, figures: DayFigures) -> None:
    heading = figures.heading
    day = long_day(figures.day, _)
    place = " · ".join(
        part for part in (day[:1].upper() + day[1:], heading.place, heading.municipality) if part
    )
    practice = _("Feria de práctica: datos ficticios") if heading.fictional else ""
    about = " · ".join(part for part in (heading.organiser, practice) if part)
    write_heading(made_list, heading.name, place, about)


def _write_people(made_list: List, figures: DayFigures, columns: list[Column]) -> None:
    book, sheet = made_list.book, made_list.sheet
    looks = [book.add_format(_cell_look(striped)) for striped in (False, True)]
    for place, person in enumerate(figures.people):
        row = HEADER_ROW + 1 + place
        sheet.set_row(row, 16 * max(len(person.documents), 1) + 10)
        for number, column in enumerate(columns):
            _write(sheet, row, number, column.value(figures, person), looks[place % 2])
    total = HEADER_ROW + 1 + max(len(figures.people), 1)
    bold = book.add_format({"bold": True, "valign": "vcenter"})
    if not figures.people:
        sheet.write_string(total - 1, 0, _("Nadie quedó registrado este día."))
    sheet.set_row(total, 22)
    sheet.write_string(total, 0, _("Total de personas: {n}").format(n=len(figures.people)), bold)


def _cell_look(striped: bool) -> dict[str, Any]:
    look: dict[str, Any] = {
        "text_wrap": True,
        "valign": "vcenter",
        "align": "left",
        "border": 1,
        "border_color": LINE,
        **WORDS,
    }
    return {**look, "bg_color": PALE} if striped else look


def _write(sheet: Any, row: int, number: int, value: str | int | None, look: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, number, value, look)
    elif value:
        # Never write(): what somebody is called must not become a formula, a link or a number.
        sheet.write_string(row, number, value, look)
    else:
        sheet.write_blank(row, number, None, look)
