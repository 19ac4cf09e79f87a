"""People from a CSV file: what is wrong with the file as a whole, and with each row, in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from fairclient.base.errors import BadInput, SayError
from fairclient.base.words import _
from fairclient.domain.answers import MOST_PHONES, part_key
from fairclient.domain.catalogues import read_choice
from fairclient.domain.csv_file import COLUMNS, Record, records
from fairclient.domain.findings import Finding
from fairclient.domain.form import read_form
from fairclient.domain.normalise import deceives, tidy
from sync.wire.attendee import Attendee

LONGEST_LABEL: Final = 60
"""Characters that the label of a household may have."""

_CODED: Final = {
    "sex": "sexes",
    "profile": "profiles",
    "nationality": "nationalities",
    "document_type": "document_types",
}
_AS_TYPED: Final = (
    "given_names",
    "first_surname",
    "second_surname",
    "birth_date",
    "municipality",
    "household",
)
_DIVIDERS: Final = re.compile(r"[;,|\s]+")


@dataclass(frozen=True)
class PersonRow:
    """A person of the file; rows with one `household` label belong together, "" is nobody else's.

    `findings` are worth a second look and stop nothing.
    """

    attendee: Attendee
    services: tuple[str, ...]
    household: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ParsedRow:
    """A row (numbered from 1, the header not counted) and its person, or why it has none."""

    row: int
    person: PersonRow | SayError


def read_people(path: Path, services: Collection[str], today: date) -> Iterator[ParsedRow]:
    """Read the people of a file one by one; ``services`` are the codes that the fair offers.

    The whole file is looked through before the first person is given. Raises BadInput then, when it is not
    a CSV file in UTF-8 with exactly the columns of `csv_file.COLUMNS`. A bad row gives a BadInput in its
    place.
    """
    for record in records(path):
        row = record.number
        try:
            _check_shape(record)
            yield ParsedRow(row, _person(record.cells, services, today))
        except BadInput as bad:
            what = _("Fila {row}: {what}").format(row=row, what=bad.what)
            safe = _("Esta fila no se registró; las otras no dependen de ella.")
            yield ParsedRow(row, BadInput(what, safe, bad.do or mend_the_row(), code=bad.code))


def mend_the_row() -> str:
    """What to do about a row that was refused: the others must not be registered a second time."""
    return _("Corríjala en un archivo que tenga solo esa fila, para no registrar dos veces a las demás.")


def _check_shape(record: Record) -> None:
    if record.surplus:
        cells = len(COLUMNS) + record.surplus
        raise BadInput(
            _("tiene {n} celdas y deben ser {most}.").format(n=cells, most=len(COLUMNS)),
            do=_("Ponga entre comillas las celdas que lleven comas."),
            code="csv-cells",
        )


def _person(record: Mapping[str, str], services: Collection[str], today: date) -> PersonRow:
    _check_cells(record)
    wanted = _services(record["services"], services)
    read = read_form(_form(record), today)
    if read.attendee is None:
        refusals = [finding for finding in read.findings if finding.level == "refuse"]
        raise BadInput(" ".join(finding.words for finding in refusals), code=refusals[0].code)
    return PersonRow(read.attendee, wanted, tidy(record["household"]), tuple(read.findings))


def _check_cells(record: Mapping[str, str]) -> None:
    for column in COLUMNS:
        if deceives(record[column]):
            raise BadInput(
                _("la celda «{column}» tiene signos que no se ven y dañan el texto.").format(column=column),
                do=_("Borre la celda y escríbala de nuevo."),
                code="hidden",
            )
    label = tidy(record["household"])
    if len(label) > LONGEST_LABEL:
        raise BadInput(
            _("el nombre del hogar tiene {n} letras y caben {most}.").format(
                n=len(label), most=LONGEST_LABEL
            ),
            code="too-long",
        )


def _services(cell: str, offered: Collection[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(code.upper() for code in _DIVIDERS.split(tidy(cell)) if code))
    unknown = [code for code in wanted if code not in offered]
    if unknown:
        raise BadInput(
            _("esta feria no ofrece el servicio «{code}».").format(code=unknown[0][:40]),
            do=_("Use uno de: {all}.").format(all=", ".join(sorted(offered))),
            code="unknown-service",
        )
    return wanted


def _form(record: Mapping[str, str]) -> dict[str, str]:
    form = {column: record[column] for column in _AS_TYPED}
    coded = {column: _code(column, record[column]) for column in _CODED}
    form |= {column: coded[column] for column in ("sex", "profile", "nationality")}
    form[part_key("documents", 0, "type")] = coded["document_type"]
    form[part_key("documents", 0, "number")] = record["document_number"]
    for at, number in enumerate(record["phone"].split(";")[:MOST_PHONES]):
        form[part_key("phones", at, "number")] = number
    return form


def _code(column: str, cell: str) -> str:
    """Return the code that a cell means; the cell itself where it means none: the rules speak about it."""
    return read_choice(_CODED[column], cell) or tidy(cell)
