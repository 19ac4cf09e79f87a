"""Dates of birth as people say them: a date in figures or words, a year, or only an age."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fairclient.base.dates import short_day
from fairclient.base.errors import BadInput
from fairclient.base.words import _, ngettext
from fairclient.domain.normalise import tidy
from sync.wire.age import age_on as age_on

OLDEST: Final = 120
"""Years; nobody on record has lived longer than 122, and a typing error is likelier."""

ADULT: Final = 18
"""Years at which somebody is of age in Colombia (Ley 27 de 1977)."""

_LONGEST_TEXT: Final = 40
_MONTHS: Final = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_FOREIGN_MONTHS: Final = {"jan": 1, "apr": 4, "aug": 8, "set": 9, "dec": 12}
_ABOUT: Final = re.compile(r"^(~|aprox\.?|c\.|hacia)\s*|\s*(~|\(?aprox(imada(mente)?|imado)?\.?\)?)$")


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born; `estimated` where only an age, a month or a year is known.

    An age or a year stands for 1 January, a month for its first day, so that the age comes out as it was
    said.
    """

    day: date
    estimated: bool = False

    def age(self, today: date) -> int:
        """Whole years on ``today``."""
        return age_on(self.day, today)

    @property
    def text(self) -> str:
        """As it stands in a form; `parse_birth` reads it back."""
        return f"{short_day(self.day)} aprox." if self.estimated else short_day(self.day)


def is_adult(born: date | None, today: date) -> bool:
    """Whether somebody is known to be of age; nobody is whose birth date isn't known."""
    return born is not None and age_on(born, today) >= ADULT


def is_minor(born: date | None, today: date) -> bool:
    """Whether somebody is known to be under age; nobody is whose birth date isn't known."""
    return born is not None and age_on(born, today) < ADULT


def age_words(years: int) -> str:
    """Whole years in words: "15 años", "1 año", "menos de un año"."""
    if years < 1:
        return _("menos de un año")
    return ngettext("{n} año", "{n} años", years).format(n=years)


def parse_birth(text: str, today: date) -> Birth:
    """Read a date, a month, a year or an age as people give it.

    ``14/03/2011``, ``14-3-11``, ``14032011``, ``2011-03-14``, ``14 de marzo de 2011``, ``mar 2011``,
    ``2011``, ``15 años``, ``15`` and ``8 meses`` are understood. The day comes before the month, as people
    in Colombia write; two figures of a year are the latest such year that has been. Raises BadInput, in
    words, for anything else, for days to come and for more than 120 years.
    """
    said = tidy(unicodedata.normalize("NFKC", text[: 4 * _LONGEST_TEXT]))[:_LONGEST_TEXT]
    plain, about = _ABOUT.subn("", said.casefold())
    for shape, read in _SHAPES:
        if found := shape.fullmatch(plain):
            birth = read(found.groupdict(), said, today)
            return _plausible(Birth(birth.day, birth.estimated or about > 0), said, today)
    raise _not_a_date(said)


def _plausible(birth: Birth, said: str, today: date) -> Birth:
    if birth.day > today:
        raise BadInput(
            _("«{text}» es una fecha que todavía no llega.").format(text=said),
            do=_("Escriba la fecha de nacimiento, o la edad si no la sabe."),
            code="birth-future",
        )
    if birth.age(today) > OLDEST:
        raise _too_old(said)
    return birth


def _day(parts: dict[str, str], said: str, today: date) -> Birth:
    return Birth(_calendar(_year(parts["year"], today), int(parts["month"]), int(parts["day"]), said))


def _worded(parts: dict[str, str], said: str, today: date) -> Birth:
    month = _month(parts["month"], said)
    day = parts.get("day")
    return Birth(_calendar(_year(parts["year"], today), month, int(day or 1), said), not day)


def _month_of_year(parts: dict[str, str], said: str, today: date) -> Birth:
    return Birth(_calendar(int(parts["year"]), int(parts["month"]), 1, said), estimated=True)


def _whole_year(parts: dict[str, str], said: str, today: date) -> Birth:
    if not 0 < int(parts["year"]) <= today.year:
        raise _not_a_date(said)
    return Birth(date(int(parts["year"]), 1, 1), estimated=True)


def _run(parts: dict[str, str], said: str, today: date) -> Birth:
    figures = parts["run"]
    day_first = {"day": figures[:2], "month": figures[2:4], "year": figures[4:]}
    year_first = {"year": figures[:4], "month": figures[4:6], "day": figures[6:]}
    # 20110314 read day first would be of the year 314: only one of the two readings can be of our times.
    return _day(year_first if len(figures) == 8 and figures[4:] < "1800" else day_first, said, today)


def _age(parts: dict[str, str], said: str, today: date) -> Birth:
    years = int(parts["age"])
    if years > OLDEST:
        raise _too_old(said)
    return Birth(date(today.year - years, 1, 1), estimated=True)


def _months(parts: dict[str, str], said: str, today: date) -> Birth:
    year, month = divmod(today.year * 12 + today.month - 1 - int(parts["age"]), 12)
    return Birth(date(year, month + 1, 1), estimated=True)


def _days(parts: dict[str, str], said: str, today: date) -> Birth:
    return Birth(today - timedelta(int(parts["age"])), estimated=True)


def _weeks(parts: dict[str, str], said: str, today: date) -> Birth:
    return Birth(today - timedelta(weeks=int(parts["age"])), estimated=True)


_Reader = Callable[[dict[str, str], str, date], Birth]
_SHAPES: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(shape, re.ASCII | re.VERBOSE), read)
    for shape, read in (
        (r"(?P<age>[0-9]{1,3}) \s* (a|años?|anos?|y|years?( \s old)?|anos)?", _age),
        (r"(?P<age>[0-9]{1,2}) \s* (m|mes|meses|months?|m[eê]s)", _months),
        (r"(?P<age>[0-9]{1,2}) \s* (semanas?|weeks?)", _weeks),
        (r"(?P<age>[0-9]{1,3}) \s* (d[ií]as?|days?)", _days),
        (r"(?P<year>[0-9]{4})", _whole_year),
        # spreadsheets put an hour after the day
        (
            r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2}) ([t\s]0{1,2}:00(:00)?)?",
            _day,
        ),
        (r"(?P<day>[0-9]{1,2})[\s/.-]+(?P<month>[0-9]{1,2})[\s/.-]+(?P<year>[0-9]{4}|[0-9]{2})", _day),
        (r"(?P<run>[0-9]{8}|[0-9]{6})", _run),
        (r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", _month_of_year),
        (
            r"((?P<day>[0-9]{1,2}) [\s-]* (de\s)?)? \s* (?P<month>[a-z]{3,10})\.? [\s-]* (del?\s)? \s*"
            r"(?P<year>[0-9]{4}|[0-9]{2})",
            _worded,
        ),
    )
)


def _year(figures: str, today: date) -> int:
    """Return the year; two figures are the latest such year that is not to come."""
    if len(figures) == 4:
        return int(figures)
    this = today.year - today.year % 100 + int(figures)
    return this if this <= today.year else this - 100


def _month(word: str, said: str) -> int:
    start = word[:3]
    if start in _MONTHS:
        return _MONTHS.index(start) + 1
    if start in _FOREIGN_MONTHS:
        return _FOREIGN_MONTHS[start]
    raise _not_a_date(said)


def _calendar(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if month > 12 and day <= 12:
            raise BadInput(
                _("«{text}» no es una fecha: no hay mes {month}.").format(text=said, month=month),
                do=_("Escriba primero el día y después el mes: {day}/{month}/{year}.").format(
                    day=f"{month:02}", month=f"{day:02}", year=f"{year:04}"
                ),
                code="birth-date",
            ) from None
        raise _not_a_date(said) from None


def _not_a_date(said: str) -> BadInput:
    return BadInput(
        _("«{text}» no es una fecha del calendario.").format(text=said)
        if said
        else _("Falta la fecha de nacimiento."),
        do=_("Escriba día, mes y año, por ejemplo 14/03/2011; si no la sabe, la edad: 15 años."),
        code="birth-date",
    )


def _too_old(said: str) -> BadInput:
    return BadInput(
        _("«{text}» daría más de {years} años.").format(text=said, years=OLDEST),
        do=_("Revise el año de nacimiento o la edad."),
        code="birth-old",
    )
