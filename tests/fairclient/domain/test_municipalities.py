"""Municipalities: found by code, name, other name; suggested while somebody types."""

from __future__ import annotations

import pytest

from fairclient.domain.catalogues import (
    find_municipality,
    municipality,
    municipality_label,
    suggest_municipalities,
)
from fairclient.domain.catalogues.municipalities import is_retired
from fairclient.domain.catalogues.rows import rows


def _labels(text: str, limit: int = 8) -> list[str]:
    return [place.label for place in suggest_municipalities(text, limit)]


def test_the_list_holds_together() -> None:
    departments = {row["code"] for row in rows("departments")}
    codes = {row["code"] for row in rows("municipalities")}
    assert len(departments) == 33
    assert len(codes) == 1122
    for row in rows("municipalities"):
        assert row["code"][:2] == row["department"] and len(row["code"]) == 5
        assert row["department"] in departments
    assert {row["municipality"] for row in rows("municipality_aliases")} <= codes
    for row in rows("municipality_retired"):
        assert row["code"] not in codes and row["successor"] in codes
    for department in departments:
        assert f"{department}001" in codes


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sole", "Soledad, Atlántico"),
        ("SOLEDAD ATL", "Soledad, Atlántico"),
        ("cucuta", "San José de Cúcuta, Norte de Santander"),
        ("Cúc", "San José de Cúcuta, Norte de Santander"),
        ("tumaco", "San Andrés de Tumaco, Nariño"),
        ("buga", "Guadalajara de Buga, Valle del Cauca"),
        ("bogota", "Bogotá, D.C."),
        ("ñ", ""),
        ("santiago de cali", "Cali, Valle del Cauca"),
        ("villanueva cas", "Villanueva, Casanare"),
        ("08758", "Soledad, Atlántico"),
        ("0800", "Barranquilla, Atlántico"),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    assert (_labels(typed) or [""])[0].startswith(first)


def test_each_is_suggested_once_and_no_more_than_asked() -> None:
    found = _labels("san", 5)
    assert len(found) == len(set(found)) == 5
    assert _labels("san", 0) == []
    assert _labels("  ") == []
    assert _labels("xyzxyz") == []


def test_a_department_alone_suggests_none_of_its_places() -> None:
    assert _labels("antioquia") == ["Santa Fé de Antioquia, Antioquia"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("08758", ["08758"]),
        (" Soledad ", ["08758"]),
        ("Soledad, Atlántico", ["08758"]),
        ("villanueva (casanare)", ["85440"]),
        ("Bogotá D.C.", ["11001"]),
        ("Cúcuta", ["54001"]),
        ("Puerto Santander", ["54553"]),  # the other one is an area without municipality
        ("Armenia", ["05059", "63001"]),
        ("27086", ["27493"]),
        ("99999", []),
        ("Maracaibo", []),
        ("", []),
    ],
)
def test_a_name_or_code_finds_its_places(text: str, codes: list[str]) -> None:
    assert [place.code for place in find_municipality(text)] == codes


def test_every_place_is_found_by_what_its_label_says() -> None:
    for row in rows("municipalities"):
        place = municipality(row["code"])
        assert place is not None
        assert place in find_municipality(place.label), place


def test_a_retired_code_gives_its_successor() -> None:
    assert is_retired("94663") and not is_retired("94343")
    assert municipality_label("94663") == "Barrancominas, Guainía"
    assert municipality_label("00000") == "00000"
