"""The folded words by which Find reaches a person: a pure function of the attendee.

A name gives a key for each of its words: the word, then all the others, so that one range of the tree answers
a prefix and a look at the same key answers the rest. Documents and telephones give a key each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from sync.wire.attendee import Attendee

NAME: Final = "n"
DOCUMENT: Final = "d"
PHONE: Final = "t"
_MOST_WORDS: Final = 8
_LONGEST_WORD: Final = 40
_LOCAL_DIGITS: Final = 10
_APART = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """``text`` in lower case without accents; ñ folds to n, as many keyboards write it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words of ``text``: runs of letters and digits, also of scripts that fold to neither."""
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return [word[:_LONGEST_WORD] for word in kept.split()]


def compact(text: str) -> str:
    """The folded letters and digits of a document number, without dots and dashes."""
    return _APART.sub("", fold(text))


def digits(text: str) -> str:
    """The digits of a telephone number, without the country's prefix (ten digits are a Colombian number)."""
    found = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    return found[-_LOCAL_DIGITS:]


def keys_of(attendee: Attendee) -> set[str]:
    """All the keys of a person."""
    names = words(f"{attendee.given_names} {attendee.first_surname} {attendee.second_surname}")
    keys = set(_rotations(names[:_MOST_WORDS]))
    keys |= {DOCUMENT + compact(document.number) for document in attendee.documents}
    keys |= {PHONE + digits(phone.number) for phone in attendee.phones}
    return keys - {DOCUMENT, PHONE}


def _rotations(names: list[str]) -> Iterable[str]:
    for number, word in enumerate(names):
        others = names[:number] + names[number + 1 :]
        yield " ".join([NAME + word, *others])
