"""Text as people type it, made plain: one spelling for storing, another for searching."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters that fold to Latin ones but have no decomposition of their own.
_FOLDED: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# The bidirectional marks, embeddings, overrides and isolates (Unicode annex 9).
_TURNS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINS: Final = frozenset("'’‘ʼ`´.")
_PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "das", "do", "dos", "di"})
_INITIAL: Final = re.compile(r"(^|[-'’])(\w)")


def tidy(text: str) -> str:
    """``text`` on one line, composed (NFC), without what can't be seen, blanks collapsed.

    Controls, marks that turn the writing direction, zero-width and half characters are taken out: they hide
    what a person reads and break what a program prints. Line ends and tabs become blanks. Never raises; a
    second time changes nothing.
    """
    seen = text if text.isprintable() else "".join(_seen(letter) for letter in text)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def tidy_paragraph(text: str) -> str:
    """``text`` like `tidy`, keeping its lines; empty lines go."""
    lines = (tidy(line) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def hides_something(text: str) -> bool:
    """Whether ``text`` has characters that nobody can see, line ends and tabs aside."""
    return not text.isprintable() and any(_seen(letter) == "" for letter in text)


def deceives(text: str) -> bool:
    """Whether ``text`` has a control character (a NUL, say) or a mark that turns the writing direction.

    Nobody types these: what has them is damaged or meant to mislead.
    """
    return not text.isprintable() and any(letter in _TURNS or _controls(letter) for letter in text)


def fold(text: str) -> str:
    """``text`` for searching: small letters and figures, single blanks, no accents.

    Ñ folds to n: machines, old lists and foreign keyboards write N for it, and a search that misses "Muñoz"
    for "Munoz" makes a second file of one person. The stored name keeps its ñ. Dots and apostrophes join
    what they stand between ("D.C." is "dc", "D'Angelo" is "dangelo"), other signs divide.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED))
    return " ".join(plain.casefold().translate(_SEARCHED).split())


def name_case(text: str) -> str:
    """Give a name that came wholly in capitals or in small letters, as scanners write, large initials only.

    A name that has both is somebody's choice and stays as it is.
    """
    if text != text.upper() and text != text.lower():
        return text
    words = text.lower().split(" ")
    return " ".join(
        word if place and word in _PARTICLES else _INITIAL.sub(_large, word)
        for place, word in enumerate(words)
    )


def _large(found: re.Match[str]) -> str:
    before, letter = found.groups()
    large = letter.upper()
    return before + (large if len(large) == 1 else letter)


def _seen(letter: str) -> str:
    """Return the letter, a blank for what divides lines, or nothing for what can't be seen."""
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    # Controls, formats (bidi, zero-width, BOM), half characters, private ones, and no characters at all.
    return "" if kind[0] == "C" else letter


def _controls(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


def _searched(letter: str) -> str:
    if letter.isalnum():
        return letter
    return "" if letter in _JOINS or unicodedata.category(letter)[0] in "MC" else " "


class _Searched(dict[int, str]):
    """What each letter (by its number) is searched as, found out when it is first met."""

    def __missing__(self, number: int) -> str:
        return self.setdefault(number, _searched(chr(number)))


_SEARCHED: Final = _Searched()
