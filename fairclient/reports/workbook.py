"""What the lists that are workbooks share: how they are made, printed and headed; words stay words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from fairclient.base.dates import short_day
from fairclient.base.words import _
from fairclient.domain.report_rows import DayFigures

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TEAL, PALE, LINE = "#0B7A75", "#F4F2EC", "#B9B6AD"
HEADER_ROW: Final = 3
_A4: Final = 9  # the paper's number in the file format
_AS_IT_IS: Final = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
WORDS: Final[dict[str, Any]] = {"quote_prefix": True}
"""Excel keeps a text that begins with = + - @ a text, even when somebody edits the cell."""


@dataclass(frozen=True)
class List:
    """A list of one sheet, while it is written; ``made`` is the file's content once it is closed."""

    book: Workbook
    sheet: Worksheet
    into: io.BytesIO

    @property
    def made(self) -> bytes:
        """The workbook, after the ``with`` block of ``new_list``."""
        return self.into.getvalue()


@contextmanager
def new_list(figures: DayFigures, title: str, sheet_name: str) -> Iterator[List]:
    """A list of a day on one sheet, set up to be printed on A4 across.

    It is built in memory: no temporary file ever holds names in the clear.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 (a fifth of a second, only where a list is made)

    into = io.BytesIO()
    book = Workbook(into, {"in_memory": True, **_AS_IT_IS})
    # The day itself and not the clock: the same list gives the same file.
    book.set_properties({"title": title, "created": datetime.combine(figures.day, time())})
    sheet = book.add_worksheet(sheet_name)
    _set_up_print(sheet, figures, title)
    yield List(book, sheet, into)
    book.close()


def write_heading(made: List, title: str, *lines: str) -> None:
    """The heading of a list: a title in large letters, and two lines beneath it."""
    large = made.book.add_format({"bold": True, "font_size": 16, "font_color": TEAL, **WORDS})
    plain = made.book.add_format({"font_size": 11, **WORDS})
    made.sheet.set_row(0, 24)
    made.sheet.write_string(0, 0, title, large)
    for row, words in enumerate(lines, 1):
        made.sheet.write_string(row, 0, words, plain)


def write_columns(made: List, columns: list[tuple[str, int]]) -> None:
    """The heads of the columns: what they are called, and how many characters wide they are."""
    look = made.book.add_format(
        {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": TEAL,
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "border_color": TEAL,
        }
    )
    for number, (heading, width) in enumerate(columns):
        made.sheet.set_column(number, number, width)
        made.sheet.write_string(HEADER_ROW, number, heading, look)


def _set_up_print(sheet: Worksheet, figures: DayFigures, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    fair = figures.heading.name.replace("&", "&&")[:120]
    warning = _("Datos personales (Ley 1581 de 2012): no copie ni reenvíe")
    sheet.set_header(f"&L{fair}&C{title}&R{short_day(figures.day)}")
    sheet.set_footer(f"&L{warning}&R&P / &N")
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.hide_gridlines(2)
