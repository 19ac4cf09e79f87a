"""The barcode (PDF417) on the back of the old cédula: 531 bytes of fields padded with NULs.

It also carries a fingerprint, the code of the fingerprint system and the blood group. They are cut off before
anything is read, and nothing of them is kept or logged (data protection: minimisation).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from fairclient.documents import doubts, refusals
from fairclient.documents.run_together import Names, by_parts, tell_apart
from fairclient.documents.scanned import ScannedDocument

# Some readers call the underscore something else: a scanner set to another keyboard.
_MARKER: Final = re.compile(r"pubdsk.1", re.IGNORECASE | re.DOTALL)
_MARKER_AT: Final = 24
_FULL: Final = (530, 540)
"""Signs of a whole frame: 531, some readers drop the last one, some add an ending."""

_KEPT: Final = slice(48, 160)
_NUMBER, _SURNAMES, _GIVEN = slice(0, 10), (slice(10, 33), slice(33, 56)), (slice(56, 79), slice(79, 102))
_SEX, _BORN = slice(103, 104), slice(104, 112)

_LETTERS: Final = "A-ZÀ-ÖØ-Þ"
_NAME: Final = re.compile(rf"[{_LETTERS}][{_LETTERS} '.\-]*")
# Without NULs the fields stand one after the other; the number is the ten figures before the names, and the
# sign before the sex is a nought. What follows the place (the blood group) shows that nothing was cut off.
_RUN: Final = re.compile(
    r"[\x00-\x20]*[0-9\x00-\x20]{0,12}?(?P<number>[0-9]{10})[\x00-\x20]*"
    rf"(?P<names>[{_LETTERS}][{_LETTERS} '.\-\x00-\x1f]*?)"
    r"[\x00-\x20]*0?(?P<sex>[MF])(?P<born>[0-9]{8})[0-9]{5}.?(?P<end>(?:AB|A|B|O).)?",
    re.DOTALL,
)
_BETWEEN: Final = re.compile(r"[\x00-\x1f]+| {2,}")
_MOST: Final = 700
_REACH: Final = 160
"""Signs after the marker within which everything stands that is kept."""


def looks_like_cedula(text: str) -> bool:
    """Whether ``text`` has the marker of the barcode."""
    return _MARKER.search(text[:80]) is not None


def read_cedula(text: str, today: date) -> ScannedDocument:
    """Read the barcode, one sign a byte (latin-1), whole or with its NULs dropped by the reader.

    Raises ScanRefused: "truncated" where it breaks off, "broken" where a field can't be right.
    """
    marker = _MARKER.search(text[:80])
    if marker is None or len(text) > _MOST:
        raise refusals.broken()
    if marker.group().startswith("pUB"):  # the scanner has Caps Lock the wrong way round
        text = text.swapcase()
    if marker.start() == _MARKER_AT and "\0" in text[:_MARKER_AT]:
        if len(text) < _FULL[0]:
            raise refusals.truncated()
        return _from_fields(_large(text[_KEPT]), today)
    if marker.start() == _MARKER_AT and _FULL[0] <= len(text) <= _FULL[1]:
        return _from_fields(_large(text[_KEPT]), today)  # blanks stand for the NULs
    return _from_run(_large(text[marker.end() : marker.end() + _REACH]), today)


def _from_fields(kept: str, today: date) -> ScannedDocument:
    first, second = (_field(kept[place]) for place in _SURNAMES)
    given = " ".join(filter(None, (_field(kept[place]) for place in _GIVEN)))
    return _document(kept[_NUMBER], (first, second, given), kept[_SEX], kept[_BORN], today)


def _from_run(text: str, today: date) -> ScannedDocument:
    found = _RUN.match(text)
    if found is None:
        # Nothing but the beginning of a frame came: it broke off. Else something inside it is wrong.
        raise refusals.truncated() if len(text) < 120 else refusals.broken()
    if not found["end"]:
        raise refusals.truncated()
    parts = [part.strip() for part in _BETWEEN.split(found["names"]) if part.strip()]
    names = by_parts(parts) if len(parts) > 1 else tell_apart("".join(parts))
    if len(parts) == 4:
        return _document(found["number"], names, found["sex"], found["born"], today)
    doubt = doubts.NAMES_SPLIT if names else doubts.NAMES_RUN_TOGETHER
    read = "" if names else " ".join(parts)
    return _document(found["number"], names, found["sex"], found["born"], today, (doubt,), read)


def _document(
    number: str,
    names: Names | None,
    sex: str,
    born: str,
    today: date,
    doubted: tuple[str, ...] = (),
    names_as_read: str = "",
) -> ScannedDocument:
    digits = number.strip("\0 ")
    if not (digits.isascii() and digits.isdecimal() and digits.strip("0")) or sex not in ("F", "M"):
        raise refusals.broken()
    first, second, given = names or ("", "", "")
    if names is not None and not (first and given):
        raise refusals.broken()
    return ScannedDocument(
        type="CC",
        number=digits.lstrip("0"),
        country="COL",
        given_names=given,
        first_surname=first,
        second_surname=second,
        sex=sex,
        birth_date=_day(born, today),
        doubts=doubted,
        names_as_read=names_as_read,
    )


def _large(text: str) -> str:
    """Capitals, sign by sign: some scanners write ñ for Ñ."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


def _field(raw: str) -> str:
    """A name in its 23 bytes; "" where it is empty."""
    name = raw.strip("\0 ")
    if name and not _NAME.fullmatch(name):
        raise refusals.broken()
    return " ".join(name.split())


def _day(text: str, today: date) -> date:
    if not (text.isascii() and text.isdecimal()):
        raise refusals.broken()
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise refusals.broken() from None
    if not day.year >= 1880 or day > today:
        raise refusals.broken()
    return day
