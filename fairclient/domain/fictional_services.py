"""What invented people come for: services of the demo fair, 1.7 a person as in Cúcuta (2022-24)."""

from __future__ import annotations

from random import Random
from typing import Final

from fairclient.domain.birth import ADULT

_SMALL: Final = 5

# Service and how many in a hundred ask for it.
_ADULTS: Final = {
    "SAL-AFIL": 33,
    "SISBEN": 25,
    "EMP": 31,
    "JUR": 11,
    "PSI": 5,
    "VIV": 12,
    "SAL-MED": 14,
    "BANCO": 13,
}
_MIGRANTS: Final = {"REG-INFO": 42}
_WOMEN: Final = {"VBG": 2}
_CHILDREN: Final = {"SAL-AFIL": 30, "EDU-CUPO": 62, "SAL-VAC": 36, "PSI": 4, "SAL-MED": 18, "NNA": 2}
_SMALL_CHILDREN: Final = {"SAL-AFIL": 38, "SAL-VAC": 78, "SAL-MED": 34}


def wanted_services(draw: Random, nationality: str, sex: str, age: int) -> tuple[str, ...]:
    """The codes of the services that a person of that age (whole years) asks for: one at least."""
    asked = _asked(nationality, sex, age)
    wanted = tuple(code for code, share in asked.items() if draw.random() * 100 < share)
    return wanted or (draw.choices(tuple(asked), tuple(asked.values()))[0],)


def _asked(nationality: str, sex: str, age: int) -> dict[str, int]:
    if age < _SMALL:
        return _SMALL_CHILDREN
    if age < ADULT:
        return _CHILDREN
    return (_MIGRANTS if nationality == "VEN" else {}) | _ADULTS | (_WOMEN if sex == "F" else {})
