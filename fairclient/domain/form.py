"""From a form to a person, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fairclient.domain.answers import DIVIDER, Answers, Form, Paper, part_key
from fairclient.domain.birth import Birth
from fairclient.domain.catalogues import find_municipality
from fairclient.domain.expiry import parse_expiry
from fairclient.domain.findings import Finding
from fairclient.domain.normalise import tidy, tidy_paragraph
from fairclient.domain.phones import is_number
from fairclient.domain.questions import QUESTIONS
from fairclient.domain.rules import check, refused
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.household import Household

_PLAIN: Final = tuple(
    asked.key
    for asked in QUESTIONS
    if asked.fact == "attendee" and asked.editor in {"text", "segments", "choice", "country"}
)
_LONGEST_HOUSEHOLD: Final = 60


@dataclass(frozen=True)
class FormRead:
    """The person that a form describes, None where a finding refuses; the findings tell what to look at."""

    attendee: Attendee | None
    findings: list[Finding]


def read_form(form: Form, today: date) -> FormRead:
    """Check a form and make the person of it. Never raises: what can't be, is a finding.

    A document without a number or of type "none", a phone that is none and a municipality that nobody knows
    are left out, with a finding; `household` is the program's to fill in.
    """
    findings = check(form, today)
    if refused(findings):
        return FormRead(None, findings)
    return FormRead(Attendee(**_fields(Answers(form, today))), findings)


def read_household(form: Form, attendee: Attendee) -> Household:
    """What a family shares, taken from the form of its first member."""
    return Household(
        name=attendee.first_surname or attendee.given_names[:_LONGEST_HOUSEHOLD],
        address=tidy(form.get("address", "")),
        municipality=attendee.municipality,
        neighbourhood=attendee.neighbourhood,
        phone=attendee.phones[0].number if attendee.phones else "",
    )


def write_form(attendee: Attendee) -> dict[str, str]:
    """The form that a person came from; `read_form` gives the person back."""
    form = {key: getattr(attendee, key) for key in _PLAIN if getattr(attendee, key)}
    if attendee.birth_date:
        form["birth_date"] = Birth(attendee.birth_date, attendee.birth_estimated).text
    for key in ("municipality", "notes"):
        if getattr(attendee, key):
            form[key] = getattr(attendee, key)
    for key in ("specific_needs", "functioning"):
        if getattr(attendee, key):
            form[key] = DIVIDER.join(getattr(attendee, key))
    for at, document in enumerate(attendee.documents):
        form |= _parts("documents", at, _document_texts(document))
    for at, phone in enumerate(attendee.phones):
        form |= _parts("phones", at, {"number": phone.number, "owner": phone.owner})
    return form


def _fields(answers: Answers) -> dict[str, Any]:
    birth = answers.birth
    fields: dict[str, Any] = {key: answers.text(key) for key in _PLAIN if answers.text(key)}
    if birth:
        fields |= {"birth_date": birth.day, "birth_estimated": birth.estimated}
    return fields | {
        "municipality": _municipality(answers.text("municipality")),
        "notes": tidy_paragraph(answers.form.get("notes", "")),
        "specific_needs": answers.many("specific_needs"),
        "functioning": answers.places("functioning"),
        "documents": tuple(document for paper in answers.papers for document in _document(paper)),
        "phones": tuple(
            Phone(number=one.number, owner=one.owner) for one in answers.telephones if is_number(one.number)
        ),
    }


def _municipality(text: str) -> str:
    found = find_municipality(text) if text else []
    return found[0].code if len(found) == 1 else ""


def _document(paper: Paper) -> list[Document]:
    if not paper.number or paper.kind is None or paper.kind.use == "none":
        return []
    expires = parse_expiry(paper.expires) if paper.expires else None
    country = paper.country or paper.kind.issuer
    return [Document(type=paper.type, number=paper.number, country=country, expires=expires)]


def _document_texts(document: Document) -> Mapping[str, str]:
    expires = document.expires.isoformat() if document.expires else ""
    return {
        "type": document.type,
        "number": document.number,
        "country": document.country,
        "expires": expires,
    }


def _parts(field: str, at: int, texts: Mapping[str, str]) -> dict[str, str]:
    return {part_key(field, at, part): text for part, text in texts.items() if text}
