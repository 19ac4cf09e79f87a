"""What all machine readable zones share: check digits, dates and names (ICAO Doc 9303, parts 3 to 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairclient.documents import refusals
from fairclient.domain.catalogues import find

_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_PARTICLES: Final = frozenset(
    {"DE", "DEL", "LA", "LAS", "LOS", "Y", "SAN", "SANTA", "DA", "DAS", "DO", "DOS"}
)
_STATE: Final = re.compile(r"[A-Z]{1,3}<{0,2}")
# The one state whose letters in a passport aren't its ISO code (Doc 9303 part 3, section 5).
_OWN_STATES: Final = {"D": "DEU"}
_OLDEST: Final = 50
"""Years ahead beyond which an expiry is taken for one of the last century."""


@dataclass(frozen=True, slots=True)
class MrzNames:
    """Names as the zone has them; ``cut`` where they fill it to its end, so that more may be missing."""

    first_surname: str
    second_surname: str
    given_names: str
    cut: bool


def check_digit(text: str) -> str:
    """The check digit of ``text``: weights 7, 3, 1 over values of the signs, modulo 10 (part 3, §4.9)."""
    return str(sum(_VALUES[sign] * _WEIGHTS[at % 3] for at, sign in enumerate(text)) % 10)


def must_match(text: str, digit: str) -> None:
    """Refuse where ``digit`` isn't the check digit of ``text``."""
    empty = set(text) == {"<"} and digit == "<"  # part 4, §4.2.2.2: an empty field may go without its digit
    if check_digit(text) != digit and not empty:
        raise refusals.broken()


def birth(text: str, today: date) -> date | None:
    """The day of birth YYMMDD, of the latest century that isn't to come; None where parts are unknown."""
    if "<" in text:
        # Part 3, §4.8: what isn't known of a birth is filled from the right.
        if not re.fullmatch(r"(?:[0-9]{2}(?:[0-9]{2})?)?<+", text, re.ASCII):
            raise refusals.broken()
        return None
    born = _day(text, today.year // 100 * 100)
    if born is None or born > today:
        born = _day(text, today.year // 100 * 100 - 100)
    if born is None:
        raise refusals.broken()
    return born


def expiry(text: str, today: date) -> date | None:
    """The day of expiry YYMMDD; None for a document without one."""
    if set(text) == {"<"}:
        return None
    century = today.year // 100 * 100
    day = _day(text, century)
    if day is None or day.year > today.year + _OLDEST:
        day = _day(text, century - 100)
    if day is None:
        raise refusals.broken()
    return day


def sex(sign: str) -> str:
    """F, M, or "" where the document doesn't say."""
    if sign not in "FMX<":
        raise refusals.broken()
    return sign if sign in "FM" else ""


def state(code: str) -> str:
    """The three letters of a state, "" where our catalogue doesn't have it."""
    if not _STATE.fullmatch(code):
        raise refusals.broken()
    letters = code.rstrip("<")
    letters = _OWN_STATES.get(letters, letters)
    return letters if find("nationalities", letters) else ""


def is_somewhere(code: str) -> bool:
    """Whether a code is a state that we know, or one of the codes for people without one (part 3, §5)."""
    return bool(state(code)) or code.startswith(("XX", "UN"))


def names(text: str) -> MrzNames:
    """Names from their field: surnames, two fillers, given names; letters stay as transliterated."""
    if re.search(r"[^A-Z<]", text) or text.startswith("<"):
        raise refusals.broken()
    surnames, _between, given = text.rstrip("<").partition("<<")
    groups = _groups([word for word in surnames.split("<") if word])
    first = given.replace("<<", "<").replace("<", " ").strip()
    if not groups:
        raise refusals.broken()
    return MrzNames(groups[0], " ".join(groups[1:]), " ".join(first.split()), not text.endswith("<"))


def _groups(words: list[str]) -> list[str]:
    """Surnames with the particles that lead them: DE LA CRUZ is one."""
    groups: list[list[str]] = []
    open_group = False
    for word in words:
        if open_group:
            groups[-1].append(word)
        else:
            groups.append([word])
        open_group = word in _PARTICLES
    return [" ".join(group) for group in groups]


def _day(text: str, century: int) -> date | None:
    if not (text.isascii() and text.isdecimal()):
        return None
    try:
        return date(century + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None
