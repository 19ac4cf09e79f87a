"""A scanned document as answers of a form, over those that are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fairclient.base.dates import short_day
from fairclient.documents.scanned import ScannedDocument
from fairclient.domain.answers import MOST_DOCUMENTS, part_key
from fairclient.domain.catalogues import document_type
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.normalise import fold, name_case

NAMES: Final = ("given_names", "first_surname", "second_surname")
KEYS: Final = ("documents", *NAMES, "sex", "birth_date")
"""The questions that a document answers."""


def fill(form: Mapping[str, str], scan: ScannedDocument) -> dict[str, str] | None:
    """``form`` with what the document says; None where the form is of somebody else.

    It is somebody else's where it has another number of the same type, or names of which none is the
    document's. A document of another type is added to those that are there.
    """
    at = _place(form, scan)
    if at is None:
        return None
    filled = {**form, **_names(scan), **_paper(at, scan)}
    if scan.sex:
        filled["sex"] = scan.sex
    if scan.birth_date is not None:
        filled["birth_date"] = short_day(scan.birth_date)
    return filled


def _place(form: Mapping[str, str], scan: ScannedDocument) -> int | None:
    """Where among the papers of the form this one belongs."""
    free: int | None = None
    for at in range(MOST_DOCUMENTS):
        kind, number = (form.get(part_key("documents", at, part), "") for part in ("type", "number"))
        if not number.strip():
            free = at if free is None else free
        elif kind == scan.type:
            same = normalise_number(kind, number) == normalise_number(kind, scan.number)
            return at if same else None
    return free if _fits(form, scan) else None


def _fits(form: Mapping[str, str], scan: ScannedDocument) -> bool:
    """Whether the names of the form, if any, may be those of the document."""
    there = {word for name in NAMES for word in fold(form.get(name, "")).split()}
    read = set(fold(f"{scan.given_names} {scan.surnames}").split())
    return not there or not read or bool(there & read)


def _names(scan: ScannedDocument) -> dict[str, str]:
    names = zip(NAMES, (scan.given_names, scan.first_surname, scan.second_surname), strict=True)
    return {key: name_case(name) for key, name in names if name}


def _paper(at: int, scan: ScannedDocument) -> dict[str, str]:
    kind = document_type(scan.type)
    parts = {"type": scan.type, "number": scan.number}
    if scan.country and (kind is None or not kind.issuer):
        parts["country"] = scan.country
    if scan.expires is not None and (kind is None or kind.expires):
        parts["expires"] = short_day(scan.expires)
    return {part_key("documents", at, part): text for part, text in parts.items()}
