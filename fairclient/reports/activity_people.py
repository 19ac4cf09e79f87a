"""The activity report's people: by age, by profile, and by both with sex."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.platypus import Flowable, Spacer, Table

from fairclient.base.words import _, ngettext
from fairclient.domain.catalogues import find
from fairclient.domain.report_rows import DayFigures
from fairclient.reports.bars import Bar, Bars
from fairclient.reports.cells import grouped
from fairclient.reports.counted_people import ALL, People, PeopleKey
from fairclient.reports.page import BODY, LINE, SECTION, WIDTH, last_row_is_total, table, text
from fairclient.reports.small_cells import SMALLEST_SHOWN
from fairclient.reports.words import band_name, profile_name, sex_name

_GAP = 16.0


def section(figures: DayFigures, people: People, shared: bool) -> list[Flowable]:
    """Three charts side by side, and the tables behind them."""
    title = text(_("Personas"), SECTION)
    if not people.profiles:
        return [title, text(_("Nadie quedó registrado este día."), BODY)]
    widths = [0.27 * WIDTH, _GAP, 0.34 * WIDTH - _GAP, _GAP, 0.39 * WIDTH - _GAP]
    by_sex = Bars(_bars(people, people.sexes, sex_name, lambda code: (ALL, ALL, code)), widths[0], 58)
    by_age = Bars(_bars(people, people.bands, band_name, lambda code: (ALL, code, ALL)), widths[2], 50)
    by_profile = Bars(
        _bars(people, people.profiles, profile_name, lambda code: (code, ALL, ALL)), widths[4], 66
    )
    charts = Table([[by_sex, "", by_age, "", by_profile]], colWidths=widths, style=_BARE, hAlign="LEFT")
    return [title, charts, *_tables(people), *_returning(figures, shared)]


_BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def _bars(
    people: People, codes: tuple[str, ...], name: Callable[[str], str], key: Callable[[str], PeopleKey]
) -> list[Bar]:
    return [Bar(name(code), people.cells.count(key(code)), people.cells.shown(key(code))) for code in codes]


def _tables(people: People) -> list[Flowable]:
    """Profiles down and ages across; each apart where crossing them would hide nearly everything."""
    by_age = [(band, _("Total") if band == ALL else band_name(band)) for band in (*people.bands, ALL)]
    if people.by_profile:
        rows = [(profile, profile_name(profile)) for profile in people.profiles]
        return [
            _crossed(people, by_age, [*rows, (ALL, _("Total"))], lambda row, group, sex: (row, group, sex))
        ]
    by_profile = [(profile, profile_name(profile)) for profile in people.profiles]
    everybody = [(ALL, _("Personas"))]
    return [
        _crossed(people, by_age, everybody, lambda row, group, sex: (row, group, sex)),
        Spacer(1, 6),
        _crossed(people, by_profile, everybody, lambda row, group, sex: (group, row, sex)),
    ]


def _crossed(
    people: People,
    groups: list[tuple[str, str]],
    rows: list[tuple[str, str]],
    key: Callable[[str, str, str], PeopleKey],
) -> Table:
    """A table with the sexes in each group of columns; groups and rows are codes with their names."""
    columns = [(group, sex) for group, _name in groups for sex in people.across]
    blank = [""] * (len(people.across) - 1)
    heads = [
        ["", *(cell for _code, name in groups for cell in (name, *blank))],
        ["", *(_sex_head(sex) for _group, sex in columns)],
    ]
    body = [
        [name, *(people.cells.shown(key(code, group, sex)) for group, sex in columns)] for code, name in rows
    ]
    names = 66.0
    widths = [names, *[(WIDTH - names) / len(columns)] * len(columns)]
    return table([*heads, *body], widths, _cross_look(len(groups), len(people.across)), heads=2)


def _returning(figures: DayFigures, shared: bool) -> list[Flowable]:
    """How many had come before; not where those few, or the few others, could be picked out."""
    known = sum(person.returning for person in figures.people)
    others = len(figures.people) - known
    few = any(0 < number < SMALLEST_SHOWN for number in (known, others))
    if not known or (shared and few):
        return []
    said = ngettext(
        "{n} persona ya había venido a otra jornada.", "{n} personas ya habían venido a otra jornada.", known
    )
    return [Spacer(1, 4), text(said.format(n=grouped(known)), BODY)]


def _cross_look(bands: int, sexes: int) -> list[tuple[Any, ...]]:
    look = last_row_is_total()
    for column in range(1, 1 + bands * sexes, sexes):
        look += [
            ("SPAN", (column, 0), (column + sexes - 1, 0)),
            ("ALIGN", (column, 0), (column, 0), "CENTER"),
            ("LINEBEFORE", (column, 0), (column, -1), 0.6, LINE),
        ]
    return look


def _sex_head(sex: str) -> str:
    found = find("sexes", sex)
    return found.short if found else sex_name(sex).replace(" ", "\n", 1)
