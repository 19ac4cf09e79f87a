"""The people file: what is wrong with it as a whole, with a row, and what is read all the same."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairclient.base.errors import BadInput
from fairclient.domain import csv_file
from fairclient.domain.csv_file import COLUMNS
from fairclient.domain.csv_import import ParsedRow, PersonRow, read_people
from sync.wire.attendee import Document, Phone

TODAY = date(2026, 3, 14)
OFFERED = {"SAL-AFIL", "EMP", "EDU-CUPO"}
HEADER = ",".join(COLUMNS)
ROW = {
    "given_names": "Yuleidy", "first_surname": "Urdaneta", "second_surname": "Villalobos",
    "birth_date": "2001-04-09", "sex": "F", "nationality": "VEN", "document_type": "PPT",
    "document_number": "9482193", "phone": "3995550142", "profile": "VP", "municipality": "08758",
    "household": "", "services": "SAL-AFIL;EMP",
}  # fmt: skip

Written = Callable[[Sequence[dict[str, str]]], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(rows: Sequence[dict[str, str]]) -> Path:
        text = io.StringIO()
        table = csv.DictWriter(text, COLUMNS)
        table.writeheader()
        table.writerows({**ROW, **row} for row in rows)
        return _file(tmp_path, text.getvalue().encode())

    return write


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(data)
    return path


def _read(path: Path) -> list[ParsedRow]:
    return list(read_people(path, OFFERED, TODAY))


def _people(path: Path) -> list[PersonRow]:
    rows = [parsed.person for parsed in _read(path)]
    assert all(isinstance(row, PersonRow) for row in rows), rows
    return [row for row in rows if isinstance(row, PersonRow)]


def _bad(parsed: ParsedRow) -> BadInput:
    assert isinstance(parsed.person, BadInput)
    return parsed.person


def _refusal(path: Path) -> BadInput:
    rows = read_people(path, OFFERED, TODAY)
    with pytest.raises(BadInput) as refused:
        next(rows)
    assert "No se registró a nadie" in refused.value.safe
    return refused.value


def test_a_person_is_read(written: Written) -> None:
    (row,) = _people(written([{"household": " casa  azul "}]))
    assert row.attendee.given_names == "Yuleidy"
    assert row.attendee.birth_date == date(2001, 4, 9)
    assert row.attendee.documents == (Document(type="PPT", number="9482193", country="COL"),)
    assert row.attendee.phones == (Phone(number="3995550142"),)
    assert (row.services, row.household, row.findings) == (("SAL-AFIL", "EMP"), "casa azul", ())


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"birth_date": "09/04/2001"}, "birth_date", date(2001, 4, 9)),
        ({"birth_date": "25 años"}, "birth_date", date(2001, 1, 1)),
        ({"birth_date": ""}, "birth_date", None),
        ({"sex": "mujer"}, "sex", "F"),
        ({"profile": "Tránsito"}, "profile", "TR"),
        ({"nationality": "Venezuela"}, "nationality", "VEN"),
        ({"nationality": ""}, "nationality", ""),
        ({"municipality": "Soledad, Atlántico"}, "municipality", "08758"),
        ({"municipality": "Cúcuta"}, "municipality", "54001"),
        ({"document_type": "", "document_number": ""}, "documents", ()),
        ({"document_type": "NONE", "document_number": "0"}, "documents", ()),
        ({"phone": ""}, "phones", ()),
        ({"phone": "+57 399 555 0142; 0414 5550142"}, "phones",
         (Phone(number="3995550142"), Phone(number="+584145550142"))),
        ({"second_surname": ""}, "second_surname", ""),
        ({"given_names": "  José \n Gregorio "}, "given_names", "José Gregorio"),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_write_them(
    written: Written, cells: dict[str, str], field: str, value: object
) -> None:
    (row,) = _people(written([cells]))
    assert getattr(row.attendee, field) == value


@pytest.mark.parametrize(
    ("cell", "services"),
    [
        ("", ()),
        ("emp", ("EMP",)),
        ("EMP; SAL-AFIL ;EMP;", ("EMP", "SAL-AFIL")),
        ("EMP|SAL-AFIL", ("EMP", "SAL-AFIL")),
    ],
)
def test_services_are_codes_each_once(written: Written, cell: str, services: tuple[str, ...]) -> None:
    assert _people(written([{"services": cell}]))[0].services == services


def test_what_is_odd_is_told_and_stops_nobody(written: Written) -> None:
    (row,) = _people(written([{"phone": "0", "municipality": "Maracaibo", "document_type": "PEP"}]))
    assert {found.code for found in row.findings} == {
        "phone", "unknown-municipality", "no-longer-issued", "unusual-number",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "code", "told"),
    [
        ({"birth_date": "31/02/2001"}, "birth-date", "31/02/2001"),
        ({"birth_date": "2090-01-01"}, "birth-future", "2090"),
        ({"birth_date": "1800-01-01"}, "birth-old", "120"),
        ({"services": "EMP;TELEPORT"}, "unknown-service", "TELEPORT"),
        ({"sex": "Q"}, "unknown-code", "«Q»"),
        ({"sex": ""}, "missing", "Sexo"),
        ({"profile": "??"}, "unknown-code", "Perfil"),
        ({"given_names": ""}, "missing", "nombre"),
        ({"given_names": "x" * 10_240}, "too-long", "10240"),
        ({"given_names": "x" * 200_000}, "too-long", "200000"),
        ({"household": "x" * 61}, "too-long", "hogar"),
        ({"given_names": "A\x00na"}, "hidden", "given_names"),
        ({"first_surname": "\u202eatenadrU"}, "hidden", "first_surname"),
        ({"document_number": "\x1b[2J"}, "hidden", "document_number"),
        ({"document_type": "XX"}, "unknown-code", "XX"),
        ({"document_type": ""}, "no-type", "tipo de documento"),
        ({"municipality": "99999"}, "unknown-municipality", "99999"),
        ({"nationality": "Narnia"}, "unknown-code", "Narnia"),
    ],
)
def test_a_bad_row_says_what_and_stops_no_other(
    written: Written, cells: dict[str, str], code: str, told: str
) -> None:
    before, bad, after = _read(written([{}, cells, {}]))
    assert isinstance(before.person, PersonRow) and isinstance(after.person, PersonRow)
    assert (before.row, bad.row, after.row) == (1, 2, 3)
    refused = _bad(bad)
    assert refused.code == code
    assert refused.what.startswith("Fila 2: ") and told in refused.what
    assert "no se registró" in refused.safe


def test_a_row_with_too_many_or_too_few_cells(tmp_path: Path) -> None:
    good = ",".join(ROW.values())
    data = f"{HEADER}\n{good}\n{good},more\n{good.rpartition(',')[0]}\n{good}\n".encode()
    first, more, fewer, last = _read(_file(tmp_path, data))
    assert isinstance(first.person, PersonRow) and isinstance(last.person, PersonRow)
    assert "14" in _bad(more).what and "12" in _bad(fewer).what
    assert _bad(more).code == _bad(fewer).code == "csv-cells"


def test_empty_lines_are_nobody_but_keep_their_number(tmp_path: Path) -> None:
    good = ",".join(ROW.values())
    rows = _read(_file(tmp_path, f"{HEADER}\n{good}\n\n{',' * 12}\n{good}\n\n".encode()))
    assert [parsed.row for parsed in rows] == [1, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(tmp_path: Path, delimiter: str, mark: str, end: str) -> None:
    text = io.StringIO()
    table = csv.writer(text, delimiter=delimiter, lineterminator=end)
    table.writerow(column.upper() for column in COLUMNS)
    table.writerow(ROW.values())
    (row,) = _people(_file(tmp_path, (mark + text.getvalue()).encode()))
    assert row.services == ("SAL-AFIL", "EMP")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace("given_names", "given_name"), "¿Es «given_names»?"),
        (HEADER.replace("given_names", "nombres"), "«nombres»"),
        (HEADER.replace(",phone", ""), "phone"),
        (HEADER + ",email", "«email»"),
        (HEADER + ",", "(vacía)"),
        (HEADER + ",sex", "dos veces"),
        ("names,surnames", "«names»"),
        ("", "given_names"),
    ],
)
def test_wrong_columns_refuse_the_whole_file(tmp_path: Path, header: str, told: str) -> None:
    refused = _refusal(_file(tmp_path, f"{header}\n{','.join(ROW.values())}\n".encode()))
    assert refused.code == "csv-columns"
    assert told in refused.what and HEADER in refused.do


@pytest.mark.parametrize("name", ["cp1252", "utf-16", "utf-16-le", "utf-32", "mac-roman"])
def test_another_encoding_refuses_the_whole_file_and_says_how_to_save_it(tmp_path: Path, name: str) -> None:
    rows = (
        f"{HEADER}\n{','.join(ROW.values())}\n" * 2
        + f"{','.join((ROW | {'first_surname': 'Muñoz'}).values())}\n"
    )
    refused = _refusal(_file(tmp_path, rows.encode(name)))
    assert refused.code == "csv-encoding"
    assert "CSV UTF-8" in refused.do
    if name in {"cp1252", "mac-roman"}:
        assert "línea 5" in refused.what


def test_bad_letters_far_into_the_file_refuse_it_before_anybody_is_read(tmp_path: Path) -> None:
    good = (",".join(ROW.values()) + "\n").encode()
    data = f"{HEADER}\n".encode() + good * 3000 + b"Mu\xf1oz" + good
    assert "línea 3002" in _refusal(_file(tmp_path, data)).what
    # a letter that is cut in two by the end
    assert _refusal(_file(tmp_path, f"{HEADER}\n".encode() + good + b"\xc3")).code == "csv-encoding"


@pytest.mark.parametrize(
    ("start", "kind"), [(b"PK\x03\x04\x14", "XLSX"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF-1.7", "PDF")]
)
def test_a_workbook_is_not_a_csv(tmp_path: Path, start: bytes, kind: str) -> None:
    refused = _refusal(_file(tmp_path, start + bytes(100)))
    assert refused.code == "csv-encoding"
    assert kind in refused.what


def test_a_broken_file_is_refused_whole(tmp_path: Path) -> None:
    good = ",".join(ROW.values())
    refused = _refusal(_file(tmp_path, f'{HEADER}\n{good}\n"Ana,{good}\n'.encode()))
    assert refused.code == "csv-structure"


def test_a_file_without_people(tmp_path: Path) -> None:
    assert _refusal(_file(tmp_path, f"{HEADER}\n\n".encode())).code == "csv-empty"


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    refused = _refusal(tmp_path / "nothing.csv")
    assert refused.code == "csv-missing" and "nothing.csv" in refused.what
    assert _refusal(tmp_path).code == "csv-missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_can_not_be_looked_through_first(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)
    try:
        assert _refusal(pipe).code == "csv-missing"
    finally:
        os.close(writer)
        os.close(reader)


def test_a_file_that_is_far_too_large(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written([{}])
    monkeypatch.setattr(csv_file, "MOST_BYTES", path.stat().st_size - 1)
    assert _refusal(path).code == "csv-too-big"


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused_in_words(tmp_path: Path, data: bytes) -> None:
    assert _refusal(_file(tmp_path, data)).code.startswith("csv-")


@given(
    st.lists(
        st.dictionaries(st.sampled_from(COLUMNS), st.text(st.characters(exclude_categories=["Cs"]))),
        min_size=1,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cells_make_a_person_or_a_sentence(written: Written, rows: list[dict[str, str]]) -> None:
    # Cells that are all blank are no row; this one keeps each of them a row.
    people = _read(written([{**row, "nationality": "VEN"} for row in rows]))
    assert [parsed.row for parsed in people] == list(range(1, len(rows) + 1))
    for parsed in people:
        assert isinstance(parsed.person, PersonRow) or parsed.person.what
