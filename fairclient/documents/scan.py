"""Reads whatever a scanner sent: a slip, a document, or a refusal in words."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from fairclient.documents import refusals, td1, td3
from fairclient.documents.cedula import looks_like_cedula, read_cedula
from fairclient.documents.keyboards import retype_fillers, retype_token
from fairclient.documents.scanned import (
    ForSync,
    Scanned,
    ScannedDocument,
    ScannedInvitation,
    ScannedReceipts,
    ScannedSlip,
)

_SCANNED: Final[dict[str, type[ScannedSlip | ScannedReceipts | ScannedInvitation]]] = {
    "R": ScannedSlip,
    "A": ScannedReceipts,
    "H": ScannedInvitation,
}
MOST: Final = 4096
"""Signs that anybody looks at."""

_OURS: Final = re.compile(r"F([AEHR])[0-9][^0-9A-Z\s]", re.IGNORECASE | re.ASCII)
"""What our programs tell each other: receipts, an enrolment, an invitation to a hub, a slip."""
# Readers may put the kind of barcode before the text, such as ]Q1 (ISO/IEC 15424).
_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_MRZ: Final = re.compile(r"[A-Z0-9<]+", re.ASCII)
_MRZ_BEGINS: Final = re.compile(r"[ACIP][A-Z<][A-Z<]{3}", re.ASCII)
_BREAKS: Final = re.compile(r"[\r\n\t]+")


def read_scan(scan: str | bytes, today: date) -> Scanned | ForSync:
    """Read a scan; ``today`` decides the century of a year of two figures.

    Bytes and text stand for each other sign by byte (latin-1). Raises ScanRefused, and nothing else, with
    code "broken", "foreign", "truncated", "other-keyboard" or "new-laptop". What was read is never kept here
    nor logged.
    """
    text = scan[:MOST].decode("latin-1") if isinstance(scan, bytes) else scan[:MOST]
    text = _SYMBOLOGY.sub("", text)
    ours = _OURS.match(text.lstrip())
    if ours:
        return _ours(ours[1].upper(), text.strip())
    if looks_like_cedula(text):
        return read_cedula(text, today)
    return _zone(text, today)


def _ours(kind: str, text: str) -> ScannedSlip | ForSync:
    if kind == "E":
        raise refusals.for_a_new_laptop()
    meant = retype_token(text)
    if meant is None:
        raise refusals.other_keyboard()
    return _SCANNED[kind](meant)


def _zone(text: str, today: date) -> ScannedDocument:
    """A machine readable zone, its lines one under the other or run together."""
    lines = [line.strip() for line in _BREAKS.split(retype_fillers(text).upper()) if line.strip()]
    run = "".join(lines)
    if not _MRZ.fullmatch(run) or not _MRZ_BEGINS.match(run) or ("<" not in run and len(run) < td1.LINE):
        raise refusals.foreign()
    if len(run) < 2:
        raise refusals.foreign()
    if run[0] == "P":
        return td3.read_td3(_cut(run, lines, td3.LINE, td3.LINES), today)
    return td1.read_td1(_cut(run, lines, td1.LINE, td1.LINES), today)


def _cut(run: str, lines: list[str], length: int, count: int) -> list[str]:
    """The lines of a zone. Refuses one that is too short, too long, or whose lines are of other lengths."""
    if len(run) < length * count:
        raise refusals.truncated()
    if len(run) > length * count or (len(lines) > 1 and any(len(line) % length for line in lines)):
        raise refusals.broken()
    return [run[at : at + length] for at in range(0, len(run), length)]
