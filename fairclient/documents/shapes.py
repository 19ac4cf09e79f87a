"""Recognises what a scanner types from its first signs, before it has finished."""

from __future__ import annotations

import re
from typing import Final, Literal

from fairclient.documents import td1, td3
from fairclient.documents.keyboards import FILLERS
from fairclient.domain.catalogues import find

Kind = Literal["slip", "message", "cedula", "zone"]

_FILL: Final = f"[{re.escape(FILLERS)}]"
_AIM: Final = r"(?:\][A-Za-z][0-9A-Za-z])?"
_SLIP: Final = re.compile(rf"{_AIM}FR[0-9][^0-9A-Za-z\s]", re.IGNORECASE | re.ASCII)
_MESSAGE: Final = re.compile(rf"{_AIM}F[AEH][0-9][^0-9A-Za-z\s]", re.IGNORECASE | re.ASCII)
_CEDULA: Final = re.compile(
    rf"{_AIM}(?:[0-9]{{10}}[\x00-\x20]*pu|.{{2,40}}pubdsk.1)", re.IGNORECASE | re.DOTALL
)
_ZONE: Final = re.compile(rf"{_AIM}[ACIPV]{_FILL}[A-Z]{{3}}", re.IGNORECASE)
_CARD: Final = re.compile(rf"{_AIM}[ACI][A-Z]([A-Z]{{3}})(?:[A-Z0-9]|{_FILL}){{6}}", re.IGNORECASE)
_PASSPORT: Final = re.compile(rf"{_AIM}P[A-Z]([A-Z]{{3}})(?:[A-Z]|{_FILL})*{_FILL}{{2}}", re.IGNORECASE)
_BEGINNINGS: Final = re.compile(r"(?:\]|F(?:[AEHR]|$)|[0-9]|[ACIPV]|[0-9A-Z-]{1,11}$)", re.IGNORECASE)
_BEFORE_NULS: Final = re.compile(r"[0-9]{10}[\x00-\x20]*", re.ASCII)
_LONGEST_BEGINNING: Final = 60


def kind_of(text: str) -> Kind | None:
    """What these first signs of a burst are; None while that isn't certain.

    A message is what our programs tell each other by a QR: receipts, an invitation to a hub, an enrolment.
    """
    if len(text) > _LONGEST_BEGINNING:
        return None
    if _SLIP.match(text):
        return "slip"
    if _MESSAGE.match(text):
        return "message"
    if _CEDULA.match(text):
        return "cedula"
    return "zone" if _is_zone(text) else None


def may_become(text: str) -> bool:
    """Whether these first signs of a burst may still turn out to be something that we read."""
    return len(text) <= _LONGEST_BEGINNING and _BEGINNINGS.match(text) is not None


def nulls_may_follow(text: str) -> bool:
    """Whether ``text`` is the beginning of an old cédula, after which scanners may type NULs."""
    return _BEFORE_NULS.fullmatch(text) is not None


def is_whole(kind: Kind, text: str) -> bool:
    """Whether an Enter after ``text`` is the end, and not the end of a line of it or a byte of a frame."""
    if kind != "zone":
        return kind in ("slip", "message")
    length = len(re.sub(r"\s", "", text))
    return length >= (td3.LINE * td3.LINES if text[:1] in "Pp" else td1.LINE * td1.LINES)


def _is_zone(text: str) -> bool:
    if _ZONE.match(text):
        return True
    if _PASSPORT.match(text):
        return True
    card = _CARD.match(text)
    # Other barcodes begin with letters too: one of a card names a state and has figures.
    return card is not None and any(sign.isdecimal() for sign in text) and _is_state(card[1])


def _is_state(letters: str) -> bool:
    return find("nationalities", letters.upper()) is not None
