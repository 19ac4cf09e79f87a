"""Undoing what happens when a scanner types for another keyboard layout than the computer's.

A scanner of the keyboard kind sends keys, not signs. Set to a US keyboard before a Spanish or Latin American
computer, or the other way round, letters and figures stay and the signs change places. The tables say what
the computer writes for each sign that was meant; they follow the layouts that operating systems ship.
"""

from __future__ import annotations

import re
from typing import Final

# Meant by a scanner with a US keyboard -> written by a computer with a Spanish or Latin American one. Where
# the two differ (the plus sign) neither writes the other's sign for anything else that we use.
_US_TO_SPANISH: Final = {
    ":": "Ñ",
    "-": "'",
    "/": "-",
    "+": "¿¡",
    "*": "(",
    "_": "?",
    "<": ";",
}
# Meant by a scanner with a Spanish or Latin American keyboard -> written by a computer with a US one.
_SPANISH_TO_US: Final = {
    ":": ">",
    "-": "/",
    "/": "&",
    "+": "]",
    "*": "}",
    "_": "?",
    "<": "\\",
}


def _back(table: dict[str, str]) -> dict[int, str]:
    return {
        ord(form): meant
        for meant, written in table.items()
        for sign in written
        for form in (sign, sign.lower())
    }


_BACK: Final = (_back(_US_TO_SPANISH), _back(_SPANISH_TO_US))
_TOKEN: Final = re.compile(r"F[AEHR][0-9]:[0-9A-Z $%*+./:-]*", re.ASCII)
FILLERS: Final = "<;\\|"
"""What may stand for the filler of machine read lines."""


def retype_token(text: str) -> str | None:
    """The text of a QR of ours as it was meant; None where no layout that we know makes one of it."""
    shouted = text.replace("ñ", "Ñ").upper()
    if _TOKEN.fullmatch(shouted):
        return shouted
    for table in _BACK:
        meant = text.translate(table).upper()
        # Every sign has to come from the one layout: the sign behind the version tells which.
        if ord(text[3:4] or " ") in table and _TOKEN.fullmatch(meant):
            return meant
    return None


def retype_fillers(text: str) -> str:
    """Machine read lines with their fillers as they were meant."""
    for sign in FILLERS[1:]:
        text = text.replace(sign, "<")
    return text
