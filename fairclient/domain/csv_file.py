"""The people file itself: encoding, columns and shape, looked through before anything is taken from it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Final

from fairclient.base.errors import BadInput
from fairclient.base.words import _

COLUMNS: Final = (
    "given_names",
    "first_surname",
    "second_surname",
    "birth_date",
    "sex",
    "nationality",
    "document_type",
    "document_number",
    "phone",
    "profile",
    "municipality",
    "household",
    "services",
)

MOST_BYTES: Final = 64 * 1024 * 1024
"""More than 300,000 people: a larger file is not a list of people for a fair."""

_CHUNK: Final = 64 * 1024
# Files that are often taken for a CSV file, by how they begin.
_OTHER_FILES: Final = ((b"PK\x03\x04", "XLSX"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF", "PDF"))
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its number (from 1, the header not counted), its cells, and how many it has too many."""

    number: int
    cells: Mapping[str, str]
    surplus: int = 0


def records(path: Path) -> Iterator[Record]:
    """Give the rows of a file that are not empty.

    The file is read through once before the first row is given, and never held in memory whole. Commas,
    semicolons (as spreadsheets in Spanish write) and tabs may divide the cells.

    Raises BadInput when the file as a whole can't be used.
    """
    with _opened(path) as file:
        _check_encoding(file)
        if not sum(1 for _record in _rows(file)):
            raise _refused(_("El archivo no tiene ninguna persona: solo el encabezado."), code="csv-empty")
        yield from _rows(file)


def _opened(path: Path) -> IO[bytes]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(
                _("«{name}» pesa más de {n} MB: no parece una lista de personas.").format(
                    name=path.name, n=MOST_BYTES // (1024 * 1024)
                ),
                _("Parta la lista en varios archivos."),
                code="csv-too-big",
            )
        file = path.open("rb")
        if file.seekable():
            return file
        file.close()
        raise OSError("a pipe can't be looked through before it is read")
    except (OSError, ValueError) as error:
        raise _refused(
            _("No se pudo abrir «{name}».").format(name=path.name),
            _("Revise que el archivo exista y que ningún otro programa lo tenga abierto."),
            code="csv-missing",
        ) from error


def _rows(file: IO[bytes]) -> Iterator[Record]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield from _parsed(text)
    except csv.Error as error:
        raise _refused(
            _("El archivo está partido o mal entrecomillado: {detail}").format(detail=error),
            _("Ábralo en una hoja de cálculo y guárdelo otra vez como CSV UTF-8."),
            code="csv-structure",
        ) from error
    finally:
        text.detach()


def _parsed(text: io.TextIOWrapper) -> Iterator[Record]:
    csv.field_size_limit(MOST_BYTES)  # one long cell is the trouble of its row, not of the file
    delimiter = _delimiter(text.readline(_CHUNK))
    text.seek(0)
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    header = _header(next(rows, []))
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            named = dict(zip(header, cells, strict=False))
            yield Record(number, dict.fromkeys(COLUMNS, "") | named, len(cells) - len(header))


def _delimiter(first: str) -> str:
    return max(",;\t", key=first.count)


def _header(cells: list[str]) -> list[str]:
    """Return the columns as written in the first line; raise BadInput unless they are ours, each once."""
    header = [cell.strip().lower() for cell in cells]
    unknown = [column for column in header if column not in COLUMNS]
    missing = [column for column in COLUMNS if column not in header]
    if unknown:
        raise _wrong_column(unknown[0])
    if missing:
        raise _columns(_("Al archivo le faltan columnas: {columns}.").format(columns=", ".join(missing)))
    if len(header) > len(COLUMNS):
        twice = next(column for column in header if header.count(column) > 1)
        raise _columns(_("La columna «{column}» está dos veces.").format(column=twice))
    return header


def _wrong_column(column: str) -> BadInput:
    meant = get_close_matches(column, COLUMNS, n=1)
    shown = column[:40] or _("(vacía)")
    if meant:
        return _columns(
            _("El archivo tiene una columna «{column}» que no se conoce. ¿Es «{meant}»?").format(
                column=shown, meant=meant[0]
            )
        )
    return _columns(_("El archivo tiene una columna «{column}» que no se conoce.").format(column=shown))


def _columns(what: str) -> BadInput:
    do = _("La primera línea debe ser: {columns}").format(columns=",".join(COLUMNS))
    return _refused(what, do, code="csv-columns")


def _check_encoding(file: IO[bytes]) -> None:
    """Raise BadInput unless the whole file is UTF-8 text."""
    start = file.read(64)
    for beginning, kind in _OTHER_FILES:
        if start.startswith(beginning):
            raise _encoding(_("El archivo es {kind}, no CSV.").format(kind=kind))
    if start.startswith(_WIDE) or b"\0" in start:
        raise _encoding(_("El archivo está en Unicode de 16 o 32 bits, no en UTF-8."))
    file.seek(0)
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    while chunk := file.read(_CHUNK):
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            raise _wrong_letter(line + error.object[: error.start].count(b"\n")) from error
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _wrong_letter(line) from error


def _wrong_letter(line: int) -> BadInput:
    return _encoding(
        _("El archivo no está en UTF-8: la línea {n} tiene letras (tildes, ñ) que no se pueden leer.").format(
            n=line
        )
    )


def _encoding(what: str) -> BadInput:
    do = _(
        "En Excel: Archivo, Guardar como, «CSV UTF-8 (delimitado por comas)». "
        "En LibreOffice: Guardar como, CSV, y juego de caracteres Unicode (UTF-8)."
    )
    return _refused(what, do, code="csv-encoding")


def _refused(what: str, do: str = "", *, code: str) -> BadInput:
    return BadInput(what, _("No se registró a nadie de este archivo."), do, code=code)
