"""Dates on papers, which may be to come."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from fairclient.domain.normalise import tidy

_SHAPES: Final = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<day>[0-9]{1,2})[\s/.-]+(?P<month>[0-9]{1,2})[\s/.-]+(?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
        r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",
    )
)


def parse_expiry(text: str) -> date | None:
    """The day that ``text`` says (day before month, or ISO); two figures of a year are of this century.

    None where it says no day of the calendar.
    """
    plain = tidy(text)
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            year = int(found["year"])
            try:
                return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None
