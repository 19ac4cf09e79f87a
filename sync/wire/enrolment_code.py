"""An enrolment code (código de inscripción): 128 random bits, as letters to type or twelve words to dictate.

The words are those of BIP 39's Spanish list, with its checksum: a word that was misheard is noticed before
anything is asked of a server. Four letters of a word are enough, with or without accents.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from mnemonic import Mnemonic

from sync.wire.problem import WireError

BITS: Final = 128
WORDS: Final = 12
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 26
_GROUP: Final = 5
_LOOKS_LIKE: Final = str.maketrans("OIL", "011")
_TELLING: Final = 4
_LONGEST: Final = 120


def spell(number: int) -> str:
    """Return a number of `BITS` bits in Crockford's base 32, in groups of five with dashes between."""
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def tidy(code: str) -> str:
    """Forgive what people do to codes: spaces, dashes, small letters, O for 0, I and L for 1."""
    return "".join(code.upper().translate(_LOOKS_LIKE).replace("-", " ").split())[:_LONGEST]


def as_words(code: str) -> str:
    """Return the twelve words of a code.

    Raises:
        WireError: `garbled` for what is no such code.
    """
    letters = tidy(code)
    if len(letters) != _LENGTH or any(letter not in _ALPHABET for letter in letters):
        raise WireError("garbled", "This is no enrolment code.")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    if number >> BITS:
        raise WireError("garbled", "This is no enrolment code.")
    words: str = unicodedata.normalize("NFC", _language().to_mnemonic(number.to_bytes(BITS // 8, "big")))
    return words


def are_words(text: str) -> bool:
    """Say whether somebody gave words, right or wrong, and not letters in groups."""
    given = text.replace("-", " ").split()
    return len(given) > _LENGTH // _GROUP + 1 and all(word.isalpha() for word in given)


def from_words(text: str) -> str:
    """Return the code that twelve words stand for.

    Raises:
        WireError: `garbled` for too few or too many words, one that isn't on the list, or one that is but was
            not meant (the checksum fails).
    """
    given = text.replace("-", " ").split()
    if len(given) != WORDS:
        raise WireError("garbled", f"An enrolment code has {WORDS} words, not {len(given)}.")
    known = _by_beginning()
    try:
        meant = " ".join(known[_beginning(word)] for word in given)
    except KeyError as error:
        raise WireError("garbled", "One of the words is not on the list.") from error
    language = _language()
    if not language.check(meant):
        raise WireError("garbled", "One of the words is another than was meant.")
    return spell(int.from_bytes(language.to_entropy(meant), "big"))


@cache
def _language() -> Mnemonic:
    return Mnemonic("spanish")


@cache
def _by_beginning() -> dict[str, str]:
    return {_beginning(word): word for word in _language().wordlist}


def _beginning(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:_TELLING]
