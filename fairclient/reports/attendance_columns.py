"""The columns of the attendance list, and which of them go into a list that is shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fairclient.base.words import N_, _
from fairclient.domain.catalogues import find, municipality_label, name_of
from fairclient.domain.report_rows import AttendanceRow, DayFigures
from fairclient.reports.words import profile_name

Kind = Literal["plain", "document", "phone", "sensitive", "name"]


@dataclass(frozen=True)
class Options:
    """Which kinds of columns go in; what is left out isn't in the file at all (DP-16)."""

    documents: bool = False
    phones: bool = False
    sensitive: bool = False
    names: bool = True

    def takes(self, kind: Kind) -> bool:
        """Whether columns of a kind go in."""
        chosen = {
            "plain": True,
            "document": self.documents,
            "phone": self.phones,
            "sensitive": self.sensitive,
            "name": self.names,
        }
        return chosen[kind]


TO_SHARE = Options()
FOR_ORGANISER = Options(documents=True, phones=True, sensitive=True)
WITHOUT_NAMES = Options(names=False)


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and what stands in it for a person."""

    heading: str
    width: int
    kind: Kind
    value: Callable[[DayFigures, AttendanceRow], str | int | None]


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("S") if answer else _("N")


def _given_names(person: AttendanceRow) -> str:
    return _("Sin identificar") if person.anonymous else person.given_names


def _age(person: AttendanceRow) -> int | str | None:
    return name_of("age_bands", person.age_band) if person.age_band else person.age


def _where(person: AttendanceRow) -> str:
    town = municipality_label(person.municipality) if person.municipality else ""
    return " / ".join(part for part in (town, person.neighbourhood) if part)


def _short(catalogue: str, code: str) -> str:
    found = find(catalogue, code)
    return found.short if found else code


# In the order and with the headings that agencies' lists in Colombia have.
COLUMNS = (
    Column(N_("Código de beneficiario(a)"), 13, "plain", lambda day, person: person.code),
    Column(N_("Nombres"), 20, "name", lambda day, person: _given_names(person)),
    Column(N_("Apellidos"), 20, "name", lambda day, person: person.surnames),
    Column(
        N_("Tipo documento (sigla)"),
        11,
        "document",
        lambda day, person: "\n".join(kind for kind, _number in person.documents),
    ),
    Column(
        N_("Número documento"),
        16,
        "document",
        lambda day, person: "\n".join(number for _kind, number in person.documents),
    ),
    Column(N_("Sexo"), 10, "plain", lambda day, person: name_of("sexes", person.sex)),
    Column(N_("Edad"), 6, "plain", lambda day, person: _age(person)),
    Column(
        N_("Discapacidad"), 13, "sensitive", lambda day, person: _short("disabilities", person.disability)
    ),
    Column(N_("Perfil poblacional"), 15, "plain", lambda day, person: profile_name(person.profile)),
    Column(N_("Teléfono"), 14, "phone", lambda day, person: person.phone),
    Column(N_("Caso asociado"), 11, "sensitive", lambda day, person: person.household),
    Column(
        N_("Pertenencia étnica"), 14, "sensitive", lambda day, person: _short("ethnicities", person.ethnicity)
    ),
    Column(N_("Organización / entidad"), 18, "plain", lambda day, person: day.heading.organiser),
    Column(N_("Municipio / barrio"), 22, "plain", lambda day, person: _where(person)),
    Column(N_("Correo electrónico"), 18, "phone", lambda day, person: ""),
    Column(N_("Firma o huella"), 24, "name", lambda day, person: ""),
    Column(
        N_("Autoriza tratamiento de datos (S/N)"), 13, "plain", lambda day, person: _yes_no(person.authorised)
    ),
    Column(N_("Autoriza uso de imagen (S/N)"), 13, "plain", lambda day, person: _yes_no(person.image)),
)
