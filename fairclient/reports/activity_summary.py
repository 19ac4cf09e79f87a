"""The activity report's heading, its totals in large figures, its notes and the lines to sign on."""

from __future__ import annotations

from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from fairclient.base.dates import long_day
from fairclient.base.typeface import BOLD, SEMIBOLD
from fairclient.base.words import _, ngettext
from fairclient.domain.report_rows import DayFigures
from fairclient.reports.cells import NONE, grouped
from fairclient.reports.counted_people import People
from fairclient.reports.counted_referrals import ISSUED, Referrals
from fairclient.reports.page import (
    BODY,
    FAIR,
    INK,
    NOTE,
    PALE,
    TEAL,
    TITLE,
    WIDTH,
    text,
)
from fairclient.reports.small_cells import SMALLEST_SHOWN

_PRACTICE = ParagraphStyle("practice", fontName=BOLD, fontSize=9.5, leading=12, textColor=white, alignment=1)
_FIGURE = ParagraphStyle("figure", fontName=BOLD, fontSize=22, leading=25, textColor=TEAL)
_LABEL = ParagraphStyle("label", fontName=SEMIBOLD, fontSize=8.5, leading=10.5, textColor=INK)


def heading(figures: DayFigures) -> list[Flowable]:
    """Which fair, which day, where and by whom."""
    fair = figures.heading
    day = long_day(figures.day, _)
    where = " · ".join(part for part in (day[:1].upper() + day[1:], fair.place, fair.municipality) if part)
    story: list[Flowable] = [text(_("Informe de actividad"), TITLE), text(fair.name, FAIR), text(where, BODY)]
    if fair.organiser:
        story.append(text(_("Organiza: {name}").format(name=fair.organiser), BODY))
    if fair.fictional:
        said = text(_("Feria de práctica: datos ficticios").upper(), _PRACTICE)
        story += [
            Spacer(1, 5),
            Table([[said]], colWidths=[WIDTH], hAlign="LEFT", style=[("BACKGROUND", (0, 0), (-1, -1), INK)]),
        ]
    return [*story, Spacer(1, 8)]


def totals(figures: DayFigures, referrals: Referrals) -> list[Flowable]:
    """The figures that somebody in a hurry wants. They are of the whole day and say nothing about anybody."""
    asked, served = (referrals.total(state) for state in (ISSUED, "served"))
    tiles = [
        (grouped(len(figures.people)), _("personas atendidas")),
        (grouped(figures.households), _("hogares")),
        (grouped(asked), _("servicios pedidos")),
        (grouped(served), _("servicios prestados")),
        (f"{round(100 * served / asked)} %" if asked else NONE, _("de lo pedido se prestó")),
    ]
    cells = [[text(number, _FIGURE), text(label, _LABEL)] for number, label in tiles]
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), PALE),
        ("LINEABOVE", (0, 0), (-1, 0), 1.5, TEAL),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return [
        Table([cells], colWidths=[WIDTH / len(tiles)] * len(tiles), style=look, hAlign="LEFT"),
        Spacer(1, 4),
    ]


def notes(figures: DayFigures, people: People, referrals: Referrals, shared: bool) -> list[Flowable]:
    """How the figures are to be read."""
    said = [_("Una persona puede pedir varios servicios. La edad es la del día de la feria.")]
    if people.cells.hidden or referrals.cells.hidden:
        said.append(
            _("* Cifra menor de {n}, o que dejaría deducir una menor: no se muestra, por privacidad.").format(
                n=SMALLEST_SHOWN
            )
        )
    if shared and any(one.sensitive for one in figures.services):
        said.append(_("Los servicios de protección y otros reservados se cuentan juntos y sin nombre."))
    if figures.stations:
        said.append(
            ngettext(
                "Datos de {n} punto de registro.", "Datos de {n} puntos de registro.", figures.stations
            ).format(n=figures.stations)
        )
    said.append(_closing(figures))
    return [Spacer(1, 6), text(" ".join(said), NOTE)]


def signatures(figures: DayFigures) -> Flowable:
    """Who prepared the report and who approved it, to be signed by hand."""
    line = [("LINEABOVE", (0, 1), (0, 1), 0.8, INK), ("LINEABOVE", (2, 1), (2, 1), 0.8, INK)]
    look = [*line, ("TOPPADDING", (0, 0), (-1, -1), 3), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    rows = [
        ["", "", ""],
        [text(_("Elaboró: nombre, cargo y firma"), NOTE), "", text(_("Aprobó: nombre, cargo y firma"), NOTE)],
        ["", "", text(figures.closed_by, BODY)],
    ]
    gap = 12 * mm
    half = (WIDTH - gap) / 2
    heights = [15 * mm, None, None]
    return Table(rows, colWidths=[half, gap, half], rowHeights=heights, style=look, hAlign="LEFT")


def _closing(figures: DayFigures) -> str:
    if figures.four_eyes is None:
        return _("El día aún no se ha cerrado: las cifras pueden cambiar.")
    if figures.four_eyes:
        return _("Cerró el día: {name}.").format(name=figures.closed_by)
    return _("Cerró el día: {name}, que también registró personas.").format(name=figures.closed_by)
