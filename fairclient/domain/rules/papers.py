"""Rules about papers: their numbers, their holders, their expiry. Having none is normal and says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from fairclient.base.dates import short_day
from fairclient.base.words import _
from fairclient.domain.answers import Answers, Paper
from fairclient.domain.birth import age_words
from fairclient.domain.catalogues import DocumentType, find
from fairclient.domain.document_numbers import LONGEST, looks_usual
from fairclient.domain.expiry import parse_expiry
from fairclient.domain.findings import Finding, refuse, warn

_FAR: Final = 25
"""Years ahead beyond which an expiry is likelier a typing error."""


def paper_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about each paper of the form."""
    for paper in answers.papers:
        kind = paper.kind
        if kind is None:
            yield _no_type(paper)
        elif kind.use != "none":
            yield from _number(paper, kind)
            yield from _holder(answers, paper, kind)
            yield from _status(answers, paper, kind)
        else:
            yield from _none(answers, paper, kind)
    yield from _twice(answers)


def _no_type(paper: Paper) -> Finding:
    if not paper.type:
        return refuse(
            paper.key("type"), "no-type", _("Hay un número sin tipo de documento. Elija el tipo o bórrelo.")
        )
    return refuse(
        paper.key("type"),
        "unknown-code",
        _("«{code}» no es un tipo de documento conocido.").format(code=paper.type[:40]),
    )


def _number(paper: Paper, kind: DocumentType) -> Iterator[Finding]:
    key = paper.key("number")
    if not paper.number:
        yield warn(
            key,
            "no-number",
            _("Falta el número de {document}. Sin número, ese documento no se guarda.").format(
                document=kind.code
            ),
        )
    elif len(paper.number) > LONGEST:
        yield refuse(key, "too-long", _("El número de documento tiene más de {n} signos.").format(n=LONGEST))
    elif not looks_usual(kind.code, paper.number):
        yield warn(
            key,
            "unusual-number",
            _("{document} suele tener {format}. Compárelo con el documento.").format(
                document=kind.code, format=kind.format_words
            ),
        )


def _holder(answers: Answers, paper: Paper, kind: DocumentType) -> Iterator[Finding]:
    age, key = answers.age, paper.key("type")
    if age is None:
        return
    if kind.oldest is not None and age > kind.oldest:
        yield warn(
            key,
            "holder-too-old",
            _("{document} es de menores y esta persona tiene {age}. Revise la edad o el tipo.").format(
                document=kind.name, age=age_words(age)
            ),
        )
    if kind.youngest is not None and age < kind.youngest:
        yield warn(
            key,
            "holder-too-young",
            _("{document} se da desde los {years} años y esta persona tiene {age}. Revise.").format(
                document=kind.name, years=kind.youngest, age=age_words(age)
            ),
        )


def _status(answers: Answers, paper: Paper, kind: DocumentType) -> Iterator[Finding]:
    if kind.use == "historical":
        yield warn(
            paper.key("type"),
            "no-longer-issued",
            _("{document} ya no se expide. Guárdelo y pregunte si tiene PPT.").format(document=kind.name),
        )
    nationality = answers.text("nationality")
    if kind.nationality and nationality and nationality != kind.nationality:
        yield warn(
            paper.key("type"),
            "other-nationality",
            _("{document} es de personas de {country}. Revise la nacionalidad o el tipo.").format(
                document=kind.name, country=_country(kind.nationality)
            ),
        )
    if paper.country and find("nationalities", paper.country) is None:
        yield refuse(
            paper.key("country"),
            "unknown-code",
            _("«{code}» no es un país conocido.").format(code=paper.country[:40]),
        )
    yield from _expiry(paper, answers.today)


def _expiry(paper: Paper, today: date) -> Iterator[Finding]:
    if not paper.expires:
        return
    key, day = paper.key("expires"), parse_expiry(paper.expires)
    if day is None:
        yield refuse(
            key,
            "expiry-date",
            _("«{text}» no es una fecha. Escriba día, mes y año.").format(text=paper.expires[:40]),
        )
    elif day < today:
        yield warn(
            key,
            "expired",
            _("Venció el {day}. Sirve para registrar; puede no servir para el trámite.").format(
                day=short_day(day)
            ),
        )
    elif day.year > today.year + _FAR:
        yield warn(key, "far-expiry", _("Vencería el {day}. Revise el año.").format(day=short_day(day)))


def _none(answers: Answers, paper: Paper, kind: DocumentType) -> Iterator[Finding]:
    if paper.number:
        yield warn(
            paper.key("number"),
            "number-without-paper",
            _("Dice que no tiene documento y hay un número. Elija el tipo o borre el número."),
        )
    age = answers.age
    too_old = age is not None and kind.oldest is not None and age > kind.oldest
    too_young = age is not None and kind.youngest is not None and age < kind.youngest
    if too_old or too_young:
        yield warn(
            paper.key("type"),
            "none-of-other-age",
            _("«{document}» no va con la edad.").format(document=kind.name),
        )


def _twice(answers: Answers) -> Iterator[Finding]:
    count = Counter((paper.type, paper.number) for paper in answers.papers if paper.number)
    seen: set[tuple[str, str]] = set()
    for paper in answers.papers:
        same = (paper.type, paper.number)
        if count[same] > 1 and same in seen:
            yield warn(paper.key("number"), "same-paper", _("Este documento ya está en la lista."))
        seen.add(same)


def _country(code: str) -> str:
    found = find("nationalities", code)
    return found.name if found else code
