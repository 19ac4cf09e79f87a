"""Rules about telephones and places."""

from __future__ import annotations

from collections.abc import Iterator

from fairclient.base.words import _
from fairclient.domain.answers import Answers, Telephone
from fairclient.domain.catalogues import find_municipality
from fairclient.domain.catalogues.municipalities import is_retired, municipality
from fairclient.domain.findings import Finding, refuse, warn
from fairclient.domain.phones import is_number, looks_usual

_LONGEST_OWNER = 60


def contact_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about how to reach somebody."""
    for telephone in answers.telephones:
        yield from _telephone(telephone)
    yield from _municipality(answers.text("municipality"))
    if answers.text("safe_contact") == "L" and not answers.text("notes"):
        yield warn(
            "safe_contact",
            "no-agreement",
            _("Escriba en las notas qué se acordó para llamarle o escribirle."),
        )


def _telephone(telephone: Telephone) -> Iterator[Finding]:
    if not is_number(telephone.number):
        yield warn(
            telephone.key,
            "phone",
            _("«{text}» no es un teléfono: no se guarda. Use cifras; con + si es de otro país.").format(
                text=telephone.number[:40]
            ),
        )
    elif not looks_usual(telephone.number):
        yield warn(
            telephone.key,
            "unusual-phone",
            _(
                "Un celular de Colombia tiene 10 cifras y empieza por 3; "
                "uno de Venezuela, +58 y 10 cifras. Revise."
            ),
        )
    if len(telephone.owner) > _LONGEST_OWNER:
        yield refuse(
            telephone.key,
            "too-long",
            _("De quién es el teléfono: caben {n} letras.").format(n=_LONGEST_OWNER),
        )


def _municipality(text: str) -> Iterator[Finding]:
    if not text:
        return
    if is_retired(text):
        place = municipality(text)
        yield warn(
            "municipality",
            "retired-municipality",
            _("El código {code} ya no se usa. Se guarda {place}.").format(
                code=text, place=place.label if place else text
            ),
        )
        return
    found = find_municipality(text)
    if not found and text.isdecimal():
        yield refuse(
            "municipality",
            "unknown-municipality",
            _("«{text}» no es el código de ningún municipio.").format(text=text[:60]),
        )
    elif not found:
        yield warn(
            "municipality",
            "unknown-municipality",
            _("«{text}» no es un municipio de Colombia: no se guarda. Elíjalo de la lista.").format(
                text=text[:60]
            ),
        )
    elif len(found) > 1:
        yield warn(
            "municipality",
            "ambiguous-municipality",
            _("Hay varios municipios así: {all}. No se guarda ninguno si no dice el departamento.").format(
                all="; ".join(place.label for place in found[:6])
            ),
        )
