"""A scanned document as answers of a form, over those that are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from fairclient.base.dates import short_day
from fairclient.base.errors import BadInput
from fairclient.documents.scanned import ScannedDocument
from fairclient.domain.answers import MOST_DOCUMENTS, part_key
from fairclient.domain.birth import parse_birth
from fairclient.domain.catalogues import document_type
from fairclient.domain.document_numbers import normalise_number
from fairclient.domain.normalise import fold, name_case

NAMES: Final = ("given_names", "first_surname", "second_surname")
KEYS: Final = ("documents", *NAMES, "sex", "birth_date")
"""The questions that a document answers."""


def fill(form: Mapping[str, str], scan: ScannedDocument, today: date) -> dict[str, str] | None:
    """``form`` with what the document says; None where the form is of somebody else.

    It is somebody else's where it has another number of the same type, or given names or surnames of which
    none is the document's, or has a document already and another birth date or sex: brothers share much. A
    document of another type is added to those that are there.
    """
    at = _place(form, scan, today)
    if at is None:
        return None
    filled = {**form, **_names(scan), **_paper(at, scan)}
    if scan.sex:
        filled["sex"] = scan.sex
    if scan.birth_date is not None:
        filled["birth_date"] = short_day(scan.birth_date)
    return filled


def _place(form: Mapping[str, str], scan: ScannedDocument, today: date) -> int | None:
    """Where among the papers of the form this one belongs; None where the person isn't this one."""
    free: int | None = None
    has_paper = False
    for at in range(MOST_DOCUMENTS):
        kind, number = (form.get(part_key("documents", at, part), "") for part in ("type", "number"))
        if not number.strip():
            free = at if free is None else free
        elif kind == scan.type:
            same = normalise_number(kind, number) == normalise_number(kind, scan.number)
            return at if same else None
        else:
            has_paper = True
    return free if _same_person(form, scan, today, sure=has_paper) else None


def _same_person(form: Mapping[str, str], scan: ScannedDocument, today: date, *, sure: bool) -> bool:
    """Whether the form may be of the document's holder; ``sure`` where its answers were read from a paper."""
    given = _words(form.get("given_names", ""))
    surnames = _words(f"{form.get('first_surname', '')} {form.get('second_surname', '')}")
    read_given, read_surnames = _words(scan.given_names), _words(scan.surnames)
    if (given and read_given and not given & read_given) or (
        surnames and read_surnames and not surnames & read_surnames
    ):
        return False
    if not sure:
        return True  # what was typed by ear gives way to the paper
    sexes = {form.get("sex", ""), scan.sex} - {""}
    births = {_birth(form, today), scan.birth_date} - {None}
    return len(sexes) < 2 and len(births) < 2


def _birth(form: Mapping[str, str], today: date) -> date | None:
    """The birth date of the form, None where it has none or only an age."""
    try:
        birth = parse_birth(form.get("birth_date", ""), today)
    except BadInput:
        return None
    return None if birth.estimated else birth.day


def _words(text: str) -> set[str]:
    return set(fold(text).split())


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
