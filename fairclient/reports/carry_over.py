"""The carry-over list: who came and could not be attended, for the morning of the next day."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fairclient.base.dates import long_day
from fairclient.base.files import write_whole
from fairclient.base.words import N_, _, language
from fairclient.domain import catalogues
from fairclient.domain.report_rows import CarriedRow, DayFigures
from fairclient.reports.workbook import (
    HEADER_ROW,
    LINE,
    WORDS,
    List,
    new_list,
    write_columns,
    write_heading,
)

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
    """The workbook."""
    title = _("Pendientes para otro día")
    with new_list(figures, title, _("Pendientes")) as made_list:
        practice = _("Feria de práctica: datos ficticios") if figures.heading.fictional else ""
        write_heading(made_list, title, f"{figures.heading.name} · {long_day(figures.day, _)}", practice)
        write_columns(made_list, [(_(words), width) for words, width in _COLUMNS])
        _write_rows(made_list, figures)
    return made_list.made


def _write_rows(made_list: List, figures: DayFigures) -> None:
    look = made_list.book.add_format({"border": 1, "border_color": LINE, "text_wrap": True, **WORDS})
    names = _names(figures)
    for place, row in enumerate(figures.carried, HEADER_ROW + 1):
        for number, words in enumerate(_cells(row, names)):
            # Never write(): what somebody is called must not become a formula, a link or a number.
            made_list.sheet.write_string(place, number, words, look)
    if not figures.carried:
        made_list.sheet.write_string(HEADER_ROW + 1, 0, _("Nadie quedó pendiente este día."))


def _cells(row: CarriedRow, names: dict[str, str]) -> tuple[str, ...]:
    why = _(_WHYS[row.why]) if row.why in _WHYS else catalogues.name_of("not_served_reasons", row.why)
    given = _("Sin identificar") if row.anonymous else row.given_names
    return row.turn, given, row.surnames, names.get(row.service, row.service), why, row.phone, ""


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
