"""The human code of a slip: eight Crockford base32 characters and a check, for when the QR won't read."""

from __future__ import annotations

import re
from collections.abc import Callable

from fairclient.base.words import _
from fairclient.slips.refusals import mistyped

# Douglas Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O or U; five more symbols
# stand only as the check character, which is the value modulo 37.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_ALPHABET = ALPHABET + "*~$=U"
LENGTH = 9
TOKEN_ID_BYTES = 8

_CODE_BITS = 40
_LIKENESS = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-‐‑–—_.·]+")
_LONGEST = 40


def new_token_id(random_bytes: Callable[[int], bytes]) -> str:
    """Draw a token id (64 random bits, 16 hexadecimal digits) whose code is easy to say and type.

    Of every 37 draws 5 would end in one of ``*~$=U``, which nobody can dictate in a queue: they are
    drawn again. What is left are 63.8 random bits, of which the code shows 39.8.
    """
    while True:
        token_id = random_bytes(TOKEN_ID_BYTES).hex()
        if human_code(token_id)[-1] in ALPHABET:
            return token_id


def human_code(token_id: str) -> str:
    """The code of a token id: its first 40 bits in base32 and the check character, no dashes.

    Raises ValueError where ``token_id`` isn't 16 hexadecimal digits.
    """
    raw = bytes.fromhex(token_id)
    if len(raw) != TOKEN_ID_BYTES:
        raise ValueError("a token id has 16 hexadecimal digits")
    value = int.from_bytes(raw[: _CODE_BITS // 8])
    digits = "".join(ALPHABET[value >> shift & 31] for shift in range(_CODE_BITS - 5, -1, -5))
    return digits + CHECK_ALPHABET[value % 37]


def groups(code: str) -> tuple[str, str, str]:
    """The code in three groups of three, as it is printed and said."""
    return code[:3], code[3:6], code[6:]


def pretty(code: str) -> str:
    """The code as it is shown on a screen: ``7KQ-M2X-9D4``."""
    return "-".join(groups(code))


def looks_like_code(text: str) -> bool:
    """Whether ``text`` has the length and the letters of a code, right or mistyped."""
    tidy = _tidy(text)
    return len(tidy) == LENGTH and all(sign in CHECK_ALPHABET for sign in tidy)


def parse(text: str) -> str:
    """The code that was typed: small letters, spaces, dashes, O for 0 and I or L for 1 are forgiven.

    The check character catches every single wrong character and every swap of two neighbours, since 37
    is a prime greater than 32 (what is forgiven above changes nothing). Two wrong characters slip
    through about once in 37 times: the code must still be looked up. Raises SlipRefused("mistyped").
    """
    tidy = _tidy(text)
    if len(tidy) != LENGTH:
        raise mistyped(
            _("El código de una ficha tiene {right} letras y números, y este tiene {count}.").format(
                right=LENGTH, count=len(tidy)
            )
        )
    value = 0
    for sign in tidy[:-1]:
        digit = ALPHABET.find(sign)
        if digit < 0:
            raise mistyped(_("Un código de ficha no lleva el signo «{sign}».").format(sign=sign))
        value = value << 5 | digit
    if CHECK_ALPHABET[value % 37] != tidy[-1]:
        raise mistyped(_("El código de la ficha no cuadra: hay una letra o un número cambiado."))
    return tidy


def _tidy(text: str) -> str:
    return _SEPARATORS.sub("", text[:_LONGEST].upper()).translate(_LIKENESS)
