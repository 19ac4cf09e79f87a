"""Every catalogue is whole: unique codes, both languages, and how sure each row is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args

import pytest

from fairclient.base import resources, words
from fairclient.domain import catalogues
from fairclient.domain.birth import OLDEST
from fairclient.domain.catalogues import choices, document_types, find, name_of, read_choice
from fairclient.domain.catalogues.rows import catalogues as all_catalogues
from fairclient.domain.catalogues.rows import rows
from sync.wire.age import band_of
from sync.wire.attendee import Attendee
from sync.wire.service import Service

STATUSES = {"verified", "memory", "product", "unstated"}
PROPER_NAMES = {"departments", "municipalities", "eps", "municipality_retired"}
WITHOUT_CODES = {"municipality_aliases"}
NAMES = {name for name in all_catalogues() if name.startswith("names_")}
CODED = sorted(set(all_catalogues()) - WITHOUT_CODES - NAMES)


@pytest.mark.parametrize("name", all_catalogues())
def test_every_row_says_how_sure_it_is_and_where_it_is_from(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert None not in row and None not in row.values(), row
        assert row["status"] in STATUSES
        assert row["source"]
        assert all(cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("name", CODED)
def test_codes_are_unique_and_travel(name: str) -> None:
    codes = [row["code"] for row in rows(name)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Za-z0-9_.+-]{1,24}", code) for code in codes)


@pytest.mark.parametrize("name", sorted(set(CODED) - PROPER_NAMES))
def test_every_answer_has_both_languages(name: str) -> None:
    for row in rows(name):
        assert row["name_es"] and row["name_en"], row
        assert ("short_es" in row) == ("short_en" in row)
        if "short_es" in row:
            assert row["short_es"] and row["short_en"], row


def test_the_readme_speaks_of_every_list() -> None:
    readme = resources.path("catalogues/README.md").read_text("utf-8")
    for name in set(all_catalogues()) - NAMES:
        assert f"`{name}`" in readme, name


def test_the_program_s_own_literals_are_the_catalogues() -> None:
    fields = Attendee.model_fields
    assert {choice.code for choice in choices("sexes")} == set(get_args(fields["sex"].annotation))
    assert {choice.code for choice in choices("safe_contact")} | {""} == set(
        get_args(fields["safe_contact"].annotation)
    )


def test_services_can_be_offered_and_stand_in_a_known_sector() -> None:
    for choice in catalogues.services():
        Service(
            code=choice.code,
            name_es=choice.name_in("es"),
            name_en=choice.name_in("en"),
            sector=choice.extra["sector"],
            sensitive=choice.extra["sensitive"] == "yes",
        )
        assert find("sectors", choice.extra["sector"])


def test_a_reserved_service_does_not_say_on_a_button_what_it_is() -> None:
    for code in ("VBG", "NNA", "LGBTI", "VICT"):
        reserved = find("services", code)
        assert reserved is not None
        assert reserved.short == "Ruta reservada"


def test_not_served_reasons_fit_the_number_keys() -> None:
    assert 1 < len(catalogues.not_served_reasons()) <= 9


def test_age_bands_leave_no_age_out() -> None:
    bands = [(int(row["youngest"]), int(row["oldest"] or 200)) for row in rows("age_bands")]
    assert bands[0][0] == 0
    assert all(after[0] == before[1] + 1 for before, after in pairwise(bands))


def test_age_bands_are_those_by_which_the_contract_counts() -> None:
    for row in rows("age_bands"):
        assert band_of(int(row["youngest"])) == band_of(int(row["oldest"] or OLDEST)) == row["code"]


def test_document_types_are_read_with_their_bounds() -> None:
    kinds = {kind.code: kind for kind in document_types()}
    assert kinds["TI"].youngest == 7 and kinds["TI"].oldest == 17
    assert kinds["PA"].expires and kinds["PA"].nationality == ""
    assert kinds["PEP"].use == "historical"
    assert {code for code, kind in kinds.items() if kind.use == "none"} == {"MS", "AS", "SI"}
    for kind in kinds.values():
        assert kind.issuer == "" or find("nationalities", kind.issuer)
        assert kind.nationality == "" or find("nationalities", kind.nationality)
        assert (kind.pattern is None) == (kind.format_words == "")


def test_every_country_is_there_once_with_the_likely_ones_first() -> None:
    codes = [row["code"] for row in rows("nationalities")]
    assert codes[:2] == ["VEN", "COL"]
    assert len(codes) == 249 + 2  # ISO 3166-1, stateless, prefers not to answer
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)


def test_words_follow_the_language_in_use() -> None:
    assert name_of("profiles", "CA") == "Comunidad de acogida"
    words.set_language("en")
    assert name_of("profiles", "CA") == "Host community"
    assert name_of("eps", "EPS005") == "Sanitas"  # a name is a name
    assert name_of("profiles", "??") == "??"


@pytest.mark.parametrize(
    ("catalogue", "text", "code"),
    [
        ("sexes", "f", "F"),
        ("sexes", "Masculino", "M"),
        ("sexes", "mujer", "F"),
        ("sexes", "Male", "M"),
        ("sexes", "no binario", "NB"),
        ("sexes", "Q", ""),
        ("sexes", "", ""),
        ("profiles", "Tránsito", "TR"),
        ("profiles", "pe", "PE"),
        ("nationalities", "venezuela", "VEN"),
        ("nationalities", "Peru", "PER"),
        ("document_types", "Cédula de Ciudadanía", "CC"),
        ("document_types", "PT", "PPT"),
        ("document_types", "none", "SI"),
        ("document_types", "PE", "PEP"),
    ],
)
def test_what_people_write_for_an_answer_is_understood(catalogue: str, text: str, code: str) -> None:
    assert read_choice(catalogue, text) == code


def test_a_code_always_means_itself() -> None:
    for name in sorted(set(CODED) - PROPER_NAMES - {"age_bands"}):
        for choice in choices(name):
            assert read_choice(name, choice.code) == choice.code, name
