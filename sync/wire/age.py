"""How old somebody is on a day, and in which age band of the contract that is counted."""

from __future__ import annotations

from datetime import date
from typing import Final, get_args

from sync.wire.attendee import Attendee

_BANDS: Final[tuple[str, ...]] = tuple(filter(None, get_args(Attendee.model_fields["age_band"].annotation)))


def age_on(born: date, day: date) -> int:
    """Whole years lived on ``day``; negative for somebody not born yet."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(age: int) -> str:
    """Return the age band (GIFMM 5W report) of an age in whole years; "" for somebody not born yet."""
    for band in _BANDS:
        youngest, _dash, oldest = band.rstrip("+").partition("-")
        if int(youngest) <= age <= int(oldest or age):
            return band
    return ""
