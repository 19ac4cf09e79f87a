"""Days as people read them, in any of our languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fairclient.base.words import N_

_WEEKDAYS = (
    N_("lunes"),
    N_("martes"),
    N_("miércoles"),
    N_("jueves"),
    N_("viernes"),
    N_("sábado"),
    N_("domingo"),
)
_MONTHS = (
    N_("enero"),
    N_("febrero"),
    N_("marzo"),
    N_("abril"),
    N_("mayo"),
    N_("junio"),
    N_("julio"),
    N_("agosto"),
    N_("septiembre"),
    N_("octubre"),
    N_("noviembre"),
    N_("diciembre"),
)
_LONG = N_("{weekday} {day} de {month} de {year}")


def long_day(day: date, say: Callable[[str], str]) -> str:
    """``day`` with its weekday and month in the language of ``say``: "sábado 24 de octubre de 2026"."""
    return say(_LONG).format(
        weekday=say(_WEEKDAYS[day.weekday()]), day=day.day, month=say(_MONTHS[day.month - 1]), year=day.year
    )


def short_day(day: date) -> str:
    """``day`` in figures, as Colombia writes it: "24/10/2026"."""
    return day.strftime("%d/%m/%Y")
