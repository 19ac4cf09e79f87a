"""A scanned document over what was typed: it fills, adds, corrects, and never mixes two people."""

from __future__ import annotations

from datetime import date

import pytest

from fairclient.documents.form import fill
from tests.fairclient.documents import papers
from tests.fairclient.documents.test_scan_cedula import TODAY, read

PASSPORT = read(papers.td3(number="071945320", names="URDANETA<PAZ<<JOSE<LUIS"))


def filled(form: dict[str, str]) -> dict[str, str] | None:
    return fill(form, PASSPORT, TODAY)


def test_an_empty_form_is_filled_with_names_as_people_write_them() -> None:
    assert filled({"neighbourhood": "La Paz"}) == {
        "neighbourhood": "La Paz",
        "documents.0.type": "PA",
        "documents.0.number": "071945320",
        "documents.0.country": "VEN",
        "documents.0.expires": "03/07/2024",
        "given_names": "Jose Luis",
        "first_surname": "Urdaneta",
        "second_surname": "Paz",
        "sex": "M",
        "birth_date": "04/07/1985",
    }


@pytest.mark.parametrize(
    "form",
    [
        {"given_names": "José", "first_surname": "Urdaneta", "birth_date": "07/04/1985"},  # by ear, swapped
        {"given_names": "Jose Luis", "birth_date": "unos 40"},
        {"documents.0.type": "PA", "documents.0.number": "071 945 320", "sex": "F", "given_names": "Ana"},
        {"documents.0.type": "CC"},
    ],
)
def test_the_paper_corrects_what_was_typed(form: dict[str, str]) -> None:
    found = filled(form)
    assert found is not None
    assert found["documents.0.number"] == "071945320"
    assert (found["given_names"], found["sex"]) == ("Jose Luis", "M")


def test_another_document_of_the_same_person_is_added() -> None:
    ppt = {"documents.0.type": "PPT", "documents.0.number": "5482193", "given_names": "José Luis"}
    found = filled({**ppt, "birth_date": "04/07/1985", "sex": "M"})
    assert found is not None
    assert (found["documents.0.number"], found["documents.1.number"]) == ("5482193", "071945320")


@pytest.mark.parametrize(
    "form",
    [
        {"documents.0.type": "PA", "documents.0.number": "999999999"},
        {"given_names": "Carlos"},
        {"given_names": "José", "first_surname": "Mejía"},
        # A brother: the surnames and a given name are the same, the birth date isn't.
        {
            "documents.0.type": "PPT",
            "documents.0.number": "5482193",
            "given_names": "José Gregorio",
            "first_surname": "Urdaneta",
            "birth_date": "01/02/1988",
        },
        # Names that a scanner ran together are not there yet.
        {"documents.0.type": "CC", "documents.0.number": "51907053", "sex": "F"},
    ],
)
def test_two_people_are_never_mixed(form: dict[str, str]) -> None:
    assert filled(form) is None


def test_nothing_unknown_is_written_over_what_is_there() -> None:
    unknown = read(papers.td3(names="URDANETA<<ANA", sex="<", born="<<<<<<"))
    typed = {"sex": "F", "birth_date": "1990", "first_surname": "Urdaneta", "second_surname": "Paz"}
    found = fill(typed, unknown, date(2026, 1, 1))
    assert found is not None
    assert (found["sex"], found["birth_date"], found["second_surname"]) == ("F", "1990", "Paz")
