"""Telephone numbers as people give them at a fair: Colombian, Venezuelan, and of anywhere else with a +."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from fairclient.domain.normalise import tidy

_DIVIDERS: Final = re.compile(r"[\s.()\-‐‑‒–—/]+")
_WRITTEN: Final = re.compile(r"\+?[0-9]{3,15}", re.ASCII)
_USUAL: Final = re.compile(
    r"3[0-9]{9}"  # a Colombian mobile
    r"|60[1-8][0-9]{7}"  # a Colombian landline since 2021
    r"|\+58[24][0-9]{9}"  # a Venezuelan mobile or landline
    r"|\+(?!57|58)[1-9][0-9]{6,14}",  # anywhere else, ITU-T E.164
    re.ASCII,
)


def normalise_phone(text: str) -> str:
    """``text`` as it is kept: a Colombian number by its ten figures, any other as + and its country's code.

    "+57 300 555 01 42" is "3005550142"; "0414-555.01.42", as it is dialled in Venezuela, is "+584145550142".
    """
    plain = _DIVIDERS.sub("", tidy(unicodedata.normalize("NFKC", text[:160])))
    plain = re.sub(r"^00(?=[1-9])", "+", plain)
    if re.fullmatch(r"0[24][0-9]{9}", plain, re.ASCII):
        return f"+58{plain[1:]}"
    if re.fullmatch(r"58[24][0-9]{9}", plain, re.ASCII):
        return f"+{plain}"
    return re.sub(r"^(\+57|57)(?=(3[0-9]{9}|60[0-9]{8})$)", "", plain)


def is_number(phone: str) -> bool:
    """Whether a normalised number is one at all: figures, and few enough of them."""
    return _WRITTEN.fullmatch(phone) is not None


def looks_usual(phone: str) -> bool:
    """Whether a normalised number has the shape of its country's numbers."""
    return _USUAL.fullmatch(phone) is not None
