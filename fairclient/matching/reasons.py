"""Why somebody looks like the one being typed, in words: the categories of a comparison become sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fairclient.base.words import N_, _
from fairclient.matching.weights import FIELDS

_WORDS: Final[dict[str, dict[str, str]]] = {
    "papers": {
        "same": N_("mismo documento"),
        "same-number": N_("mismo número en otro tipo de documento"),
        "near": N_("documento con una cifra cambiada"),
        "near-other": N_("número parecido en otro tipo de documento"),
        "begun": N_("documento que empieza igual"),
        "against": N_("otro número del mismo tipo de documento"),
    },
    "given": {
        "same": N_("mismos nombres"),
        "misspelt": N_("nombres escritos parecido"),
        "short": N_("nombre abreviado"),
        "one-more": N_("un nombre de menos"),
        "first-missing": N_("falta el primer nombre"),
        "one-more-misspelt": N_("un nombre de menos, escrito parecido"),
        "one-of-two": N_("solo un nombre en común"),
        "one-unclear": N_("nombres apenas parecidos"),
        "unclear": N_("nombres apenas parecidos"),
        "other": N_("otro nombre"),
    },
    "surnames": {
        "same": N_("mismos apellidos"),
        "misspelt": N_("apellidos escritos parecido"),
        "swapped": N_("apellidos en otro orden"),
        "second-missing": N_("falta el segundo apellido"),
        "second-missing-misspelt": N_("falta el segundo apellido, el otro escrito parecido"),
        "first-missing": N_("falta el primer apellido"),
        "first-only": N_("mismo primer apellido, otro segundo"),
        "second-only": N_("mismo segundo apellido, otro primero"),
        "crossed": N_("un apellido en común"),
        "other": N_("otros apellidos"),
    },
    "moved": {
        "all": N_("mismas palabras en otras casillas"),
        "some": N_("casi las mismas palabras en otras casillas"),
    },
    "birth": {
        "same": N_("misma fecha de nacimiento"),
        "same-first-day": N_("misma fecha de nacimiento"),
        "swapped": N_("día y mes cambiados"),
        "swapped-year": N_("día y mes cambiados, un año de diferencia"),
        "year-slip": N_("mismo día y mes, año parecido"),
        "year": N_("mismo día y mes, otro año"),
        "month": N_("mismo día y año, otro mes"),
        "day-slip": N_("mismo mes y año, día parecido"),
        "day": N_("mismo mes y año, otro día"),
        "estimated": N_("mismo año, fecha estimada"),
        "estimated-near": N_("fecha estimada parecida"),
        "year-only": N_("mismo año de nacimiento"),
        "near": N_("edad parecida"),
        "other": N_("otra fecha de nacimiento"),
    },
    "phones": {"same": N_("mismo teléfono"), "near": N_("teléfono con una cifra cambiada")},
    "sex": {"other": N_("otro sexo anotado")},
}
_ORDER: Final = ("papers", "moved", "given", "surnames", "birth", "phones", "sex")


def reasons(categories: Sequence[str]) -> tuple[str, ...]:
    """The sentences for the categories of a comparison, what weighs most first."""
    told = {
        field: category.split(".")[0].removeprefix("kin-")
        for field, category in zip(FIELDS, categories, strict=True)
    }
    return tuple(_sentences(told))


def _sentences(told: dict[str, str]) -> Iterator[str]:
    both = told["given"] == told["surnames"] == "same"
    if both:
        told = told | {"given": "", "surnames": ""}
    for field in _ORDER:
        if field == "given" and both:
            yield _capital(_("mismo nombre completo"))
        words = _WORDS[field].get(told[field])
        if words:
            yield _capital(_(words))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
