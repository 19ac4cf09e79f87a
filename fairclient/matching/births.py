"""How alike two birth dates are: the slips of the tongue and of the fingers told from another birthday."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_FIRST_DAY: Final = "0101"
_NEAR_YEARS: Final = 3


def births(one: str, other: str) -> str:
    """The category of two dates written "20010409", "" where one is missing.

    ``same`` (``same-first-day`` on 1 January, which is often an estimate), ``swapped`` day and month;
    ``year``, ``month``, ``day`` where only that differs (``-slip`` by one figure); ``estimated`` where one is
    1 January of about that year; ``year-only``; ``near`` within three years; ``other``.
    """
    if not one or not other:
        return ""
    if one == other:
        return "same-first-day" if one[4:] == _FIRST_DAY else "same"
    year, month, day = one[:4], one[4:6], one[6:]
    also, beside, near = other[:4], other[4:6], other[6:]
    apart = abs(int(year) - int(also))
    if year == also:
        return _same_year((month, day), (beside, near))
    if (month, day) == (beside, near):
        return "year-slip" if apart <= 1 or _slip(year, also) else "year"
    if apart <= 2 and _FIRST_DAY in {month + day, beside + near}:
        return "estimated-near"
    if apart <= 1 and (month, day) == (near, beside):
        return "swapped-year"
    return "near" if apart <= _NEAR_YEARS else "other"


def _same_year(one: tuple[str, str], other: tuple[str, str]) -> str:
    if one == (other[1], other[0]):
        return "swapped"
    if _FIRST_DAY in {"".join(one), "".join(other)}:
        return "estimated"
    if one[0] == other[0]:
        return "day-slip" if _slip(one[1], other[1]) else "day"
    if one[1] == other[1]:
        return "month"
    return "year-only"


def _slip(one: str, other: str) -> bool:
    """Whether one figure differs, or two neighbours changed places."""
    return DamerauLevenshtein.distance(one, other) <= 1
