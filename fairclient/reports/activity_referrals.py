"""The activity report's services: what was asked for and what became of it, by service, desk and reason."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from fairclient.base.typeface import BOLD, REGULAR
from fairclient.base.words import _
from fairclient.domain.report_rows import STATES, DayFigures
from fairclient.reports.bars import Bar, Bars
from fairclient.reports.cells import grouped
from fairclient.reports.counted_referrals import ALL, ISSUED, Referrals
from fairclient.reports.page import (
    BODY,
    CELL,
    INK,
    PALE,
    SECTION,
    TEAL,
    WIDTH,
    last_row_is_total,
    table,
    text,
)
from fairclient.reports.words import desk_name, reason_name, service_name, state_name

_COLUMNS = (ISSUED, *STATES)


def services(figures: DayFigures, referrals: Referrals) -> list[Flowable]:
    """Every service that somebody asked for."""
    title = text(_("Servicios"), SECTION)
    if not referrals.services:
        return [title, text(_("No se pidió ningún servicio este día."), BODY)]
    rows = [
        [text(service_name(figures, code), CELL), *_states(referrals, "service", code)]
        for code in referrals.services
    ]
    return [title, _state_table(_("Servicio"), rows, referrals)]


def desks(figures: DayFigures, referrals: Referrals) -> list[Flowable]:
    """What each desk did."""
    if not referrals.desks:
        return []
    rows = [
        [text(desk_name(figures, letter), CELL), *_states(referrals, "desk", letter)]
        for letter in referrals.desks
    ]
    return [KeepTogether([text(_("Mesas"), SECTION), _state_table(_("Mesa"), rows, referrals)])]


def not_served(referrals: Referrals) -> list[Flowable]:
    """Why what was not served was not."""
    if not referrals.reasons:
        return []
    bars = []
    for reason in referrals.reasons:
        key = ("reason", reason, "not_served")
        bars.append(Bar(reason_name(reason), referrals.cells.count(key), referrals.cells.shown(key)))
    return [KeepTogether([text(_("Por qué no se prestaron"), SECTION), Bars(bars, WIDTH, 190)])]


def reconciliation(figures: DayFigures, referrals: Referrals) -> list[Flowable]:
    """What was asked for is what became of it, and the slips."""
    signs = ["", "=", *["+"] * (len(STATES) - 1)]
    top = [
        f"{sign}  {grouped(referrals.total(state))}".strip()
        for sign, state in zip(signs, _COLUMNS, strict=True)
    ]
    below = [state_name(state) for state in _COLUMNS]
    slips = _("Fichas: {all} expedidas, de ellas {void} anuladas.").format(
        all=grouped(figures.slips), void=grouped(figures.slips_void)
    )
    look = [
        ("FONT", (0, 0), (-1, 0), BOLD, 13),
        ("FONT", (0, 1), (-1, 1), REGULAR, 8),
        ("TEXTCOLOR", (0, 0), (0, 0), TEAL),
        ("TEXTCOLOR", (1, 0), (-1, 1), INK),
        ("ALIGN", (0, 0), (-1, -1), "RIGHT"),
        ("ALIGN", (0, 0), (0, -1), "LEFT"),
        ("BACKGROUND", (0, 0), (-1, -1), PALE),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 2),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 7),
    ]
    equation = Table([top, below], colWidths=[WIDTH / len(top)] * len(top), style=look, hAlign="LEFT")
    return [text(_("Cuadre del día"), SECTION), equation, Spacer(1, 4), text(slips, BODY)]


def _states(referrals: Referrals, kind: str, code: str) -> list[str]:
    return [referrals.cells.shown((kind, code, state)) for state in _COLUMNS]


def _state_table(first: str, rows: list[list[object]], referrals: Referrals) -> Flowable:
    heads = [first, *(state_name(state).replace(" ", "\n", 1) for state in _COLUMNS)]
    total = [_("Total"), *_states(referrals, "all", ALL)]
    each = 47.0
    widths = [WIDTH - each * len(_COLUMNS), *[each] * len(_COLUMNS)]
    return table([heads, *rows, total], widths, last_row_is_total())
