"""The carry-over list: who came and could not be attended, for the morning of the next day."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fairclient.base.dates import long_day, short_day
from fairclient.base.files import write_whole
from fairclient.base.words import N_, _, language
from fairclient.domain import catalogues
from fairclient.domain.report_rows import CarriedRow, DayFigures

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEAL, _LINE = "#0B7A75", "#B9B6AD"
_A4 = 9  # the paper's number in the file format
_HEADER_ROW = 3
_COLUMNS: Final = (
    (N_("Turno"), 9),
    (N_("Nombres"), 24),
    (N_("Apellidos"), 26),
    (N_("Servicio"), 26),
    (N_("Por qué"), 34),
    (N_("Teléfono"), 16),
    (N_("Atendido"), 12),
)
_WHYS: Final = {
    "POSTPONED": N_("Debía volver más tarde"),
    "UNSEEN": N_("Ninguna mesa la ha visto"),
}


def write(figures: DayFigures, out: Path) -> None:
    """Write the list to ``out``, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, made(figures))


def made(figures: DayFigures) -> bytes:
    """The workbook, built in memory: no temporary file ever holds names in the clear."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (a fifth of a second, only where a list is made)

    into = io.BytesIO()
    options = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    book = Workbook(into, {"in_memory": True} | dict.fromkeys(options, False))
    book.set_properties(
        {"title": _("Pendientes para otro día"), "created": datetime.combine(figures.day, time())}
    )
    sheet = book.add_worksheet(_("Pendientes"))
    _set_up_print(sheet, figures)
    _write_heading(book, sheet, figures)
    _write_rows(book, sheet, figures)
    book.close()
    return into.getvalue()


def _set_up_print(sheet: Worksheet, figures: DayFigures) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    fair = figures.heading.name.replace("&", "&&")[:120]
    warning = _("Datos personales (Ley 1581 de 2012): no copie ni reenvíe")
    sheet.set_header(f"&L{fair}&C{_('Pendientes para otro día')}&R{short_day(figures.day)}")
    sheet.set_footer(f"&L{warning}&R&P / &N")
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.hide_gridlines(2)


def _write_heading(book: Workbook, sheet: Worksheet, figures: DayFigures) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "font_color": _TEAL, "quote_prefix": True})
    plain = book.add_format({"font_size": 11, "quote_prefix": True})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _TEAL, "border": 1})
    day = long_day(figures.day, _)
    sheet.write_string(0, 0, _("Pendientes para otro día"), title)
    sheet.write_string(1, 0, f"{figures.heading.name} · {day}", plain)
    practice = _("Feria de práctica: datos ficticios") if figures.heading.fictional else ""
    sheet.write_string(2, 0, practice, plain)
    for number, (words, width) in enumerate(_COLUMNS):
        sheet.set_column(number, number, width)
        sheet.write_string(_HEADER_ROW, number, _(words), head)


def _write_rows(book: Workbook, sheet: Worksheet, figures: DayFigures) -> None:
    look = book.add_format({"border": 1, "border_color": _LINE, "text_wrap": True, "quote_prefix": True})
    names = _names(figures)
    for place, row in enumerate(figures.carried):
        for number, words in enumerate(_cells(row, names)):
            # Never write(): what somebody is called must not become a formula, a link or a number.
            sheet.write_string(_HEADER_ROW + 1 + place, number, words, look)
    if not figures.carried:
        sheet.write_string(_HEADER_ROW + 1, 0, _("Nadie quedó pendiente este día."))


def _cells(row: CarriedRow, names: dict[str, str]) -> tuple[str, ...]:
    why = _(_WHYS[row.why]) if row.why in _WHYS else catalogues.name_of("not_served_reasons", row.why)
    return row.turn, row.given_names, row.surnames, names.get(row.service, row.service), why, row.phone, ""


def _names(figures: DayFigures) -> dict[str, str]:
    """What each service is called; a protected one by the letter of its desk."""
    letters = {code: desk.letter for desk in reversed(figures.desks) for code in desk.services}
    return {
        service.code: _("Mesa {letter}").format(letter=letters.get(service.code, ""))
        if service.sensitive
        else _own(service.name_es, service.name_en)
        for service in figures.services
    }


def _own(spanish: str, english: str) -> str:
    return english if language() == "en" and english else spanish
