"""The attendance list: who came on a day, as a workbook to be printed, signed and kept."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairclient.base.dates import long_day, short_day
from fairclient.base.files import write_whole
from fairclient.base.words import _
from fairclient.domain.report_rows import DayFigures
from fairclient.reports.attendance_columns import COLUMNS, TO_SHARE, Column, Options

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEAL, _PALE, _LINE = "#0B7A75", "#F4F2EC", "#B9B6AD"
_HEADER_ROW = 3
_A4 = 9  # the paper's number in the file format


def write(figures: DayFigures, out: Path, options: Options = TO_SHARE) -> None:
    """Write the list to ``out``, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, made(figures, options))


def made(figures: DayFigures, options: Options = TO_SHARE) -> bytes:
    """The workbook. Built in memory: no temporary file ever holds names in the clear."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (a fifth of a second, only where a list is made)

    into = io.BytesIO()
    book = Workbook(
        into,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # The day itself and not the clock: the same list gives the same file.
    book.set_properties(
        {"title": _("Listado de asistencia"), "created": datetime.combine(figures.day, time())}
    )
    sheet = book.add_worksheet(_("Asistencia"))
    columns = [column for column in COLUMNS if options.takes(column.kind)]
    _set_up_print(sheet, figures, len(columns))
    _write_heading(book, sheet, figures, len(columns))
    _write_columns(book, sheet, columns)
    _write_people(book, sheet, figures, columns)
    book.close()
    return into.getvalue()


def _set_up_print(sheet: Worksheet, figures: DayFigures, columns: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, _HEADER_ROW + max(len(figures.people), 1) + 1, columns - 1)
    fair = figures.heading.name.replace("&", "&&")[:120]
    title, warning = _("Listado de asistencia"), _("Datos personales (Ley 1581 de 2012): no copie ni reenvíe")
    sheet.set_header(f"&L{fair}&C{title}&R{short_day(figures.day)}")
    sheet.set_footer(f"&L{warning}&R&P / &N")
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.hide_gridlines(2)


def _write_heading(book: Workbook, sheet: Worksheet, figures: DayFigures, columns: int) -> None:
    heading = figures.heading
    title = book.add_format({"bold": True, "font_size": 16, "font_color": _TEAL, "quote_prefix": True})
    plain = book.add_format({"font_size": 11, "quote_prefix": True})
    day = long_day(figures.day, _)
    place = " · ".join(
        part for part in (day[:1].upper() + day[1:], heading.place, heading.municipality) if part
    )
    practice = _("Feria de práctica: datos ficticios") if heading.fictional else ""
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, heading.name, title)
    sheet.write_string(1, 0, place, plain)
    sheet.write_string(2, 0, " · ".join(part for part in (heading.organiser, practice) if part), plain)


def _write_columns(book: Workbook, sheet: Worksheet, columns: list[Column]) -> None:
    look = book.add_format(
        {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": _TEAL,
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "border_color": _TEAL,
        }
    )
    sheet.set_row(_HEADER_ROW, 46)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(_HEADER_ROW, number, _(column.heading), look)


def _write_people(book: Workbook, sheet: Worksheet, figures: DayFigures, columns: list[Column]) -> None:
    looks = [book.add_format(_cell_look(striped)) for striped in (False, True)]
    for place, person in enumerate(figures.people):
        row = _HEADER_ROW + 1 + place
        sheet.set_row(row, 16 * max(len(person.documents), 1) + 10)
        for number, column in enumerate(columns):
            _write(sheet, row, number, column.value(figures, person), looks[place % 2])
    total = _HEADER_ROW + 1 + max(len(figures.people), 1)
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
        "border_color": _LINE,
        # Excel keeps a text that begins with = + - @ a text, even when somebody edits the cell.
        "quote_prefix": True,
    }
    return {**look, "bg_color": _PALE} if striped else look


def _write(sheet: Worksheet, row: int, number: int, value: str | int | None, look: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, number, value, look)
    elif value:
        # Never write(): what somebody is called must not become a formula, a link or a number.
        sheet.write_string(row, number, value, look)
    else:
        sheet.write_blank(row, number, None, look)
