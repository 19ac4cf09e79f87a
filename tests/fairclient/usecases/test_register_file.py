"""People of a file: each row by itself; a refusal says what to do, and what is odd is told."""

from __future__ import annotations

import csv
from pathlib import Path

from fairclient.base.errors import BadInput
from fairclient.domain.catalogues import profiles
from fairclient.domain.csv_file import COLUMNS
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.register_file import register_file
from fairclient.usecases.workplace import Workplace

ROW = {
    "given_names": "Yuleidy",
    "first_surname": "Urdaneta",
    "birth_date": "2001-04-09",
    "sex": "F",
    "nationality": "VEN",
    "document_type": "PPT",
    "document_number": "9482193",
    "phone": "3995550142",
    "municipality": "08758",
    "services": "ORI",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    """A file of these people."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        table.writerows({**ROW, "profile": profiles()[0].code, **row} for row in rows)
    return path


def test_a_refused_row_says_what_to_do_and_stops_no_other(point_a: Workplace, tmp_path: Path) -> None:
    bad, good = register_file(point_a, written(tmp_path, {"given_names": ""}, {}))
    assert isinstance(bad.result, BadInput)
    assert bad.result.what.startswith("Fila 1:")
    assert "solo esa fila" in bad.result.do
    assert isinstance(good.result, Registered) and good.row == 2


def test_every_refusal_has_a_way_out(point_a: Workplace, tmp_path: Path) -> None:
    rows = (
        {"services": "NADA"},
        {"sex": "Z"},
        {"birth_date": "2999-01-01"},
        {"first_surname": "\u202eanulE"},
    )
    for outcome in register_file(point_a, written(tmp_path, *rows)):
        assert isinstance(outcome.result, BadInput)
        assert outcome.result.what and outcome.result.safe and outcome.result.do


def test_what_is_odd_is_told_and_registered_all_the_same(point_a: Workplace, tmp_path: Path) -> None:
    (alone,) = register_file(point_a, written(tmp_path, {"birth_date": "2015-04-09", "document_type": "TI"}))
    assert isinstance(alone.result, Registered)
    assert "minor-alone" in {finding.code for finding in alone.findings}
    assert all(finding.level == "warn" and finding.words for finding in alone.findings)
