"""Rules across fields: each says its sentence when it should, and is silent when it should."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain.questions import QUESTIONS
from fairclient.domain.rules import check, refused
from fairclient.domain.rules.health import lives_with_disability

TODAY = date(2026, 3, 14)
PERSON = {
    "given_names": "Yuleidy", "first_surname": "Urdaneta", "second_surname": "Villalobos", "sex": "F",
    "birth_date": "09/04/1991", "profile": "VP",
}  # fmt: skip
CHILD = PERSON | {"birth_date": "09/04/2014", "household": "some family"}


def _codes(form: dict[str, str], field: str = "") -> set[str]:
    return {found.code for found in check(form, TODAY) if not field or found.field == field}


def _paper(kind: str, number: str = "", at: int = 0, **parts: str) -> dict[str, str]:
    texts = {"type": kind, "number": number, **parts}
    return {f"documents.{at}.{part}": text for part, text in texts.items()}


def test_an_ordinary_person_needs_no_second_look() -> None:
    whole = PERSON | _paper("PPT", "5482193", expires="30/05/2031") | {
        "phones.0.number": "3995550142", "municipality": "08758", "nationality": "VEN",
        "migration_status": "REG",
        "health_regime": "S", "eps": "ESS207", "education": "5", "sisben": "A3", "ethnicity": "97",
        "functioning": "1;1;1;1;1;1", "disability": "8", "pregnant": "N", "specific_needs": "SP",
        "household_role": "JEF", "safe_contact": "L", "notes": "Llamar después de las seis.",
        "language": "es",
        "gender_identity": "1", "neighbourhood": "Barrio Ficticio", "address": "Calle 1",
    }  # fmt: skip
    assert check(whole, TODAY) == []


def test_having_no_papers_is_normal() -> None:
    assert check(PERSON, TODAY) == []
    assert check(PERSON | _paper("SI"), TODAY) == []
    assert check(PERSON | _paper("AS"), TODAY) == []


def test_what_is_missing_is_said_once() -> None:
    found = check({}, TODAY)
    assert {(one.field, one.level) for one in found} == {
        ("given_names", "refuse"), ("sex", "refuse"), ("profile", "refuse"), ("birth_date", "warn"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        ({"given_names": "  "}, "given_names", "missing"),
        ({"given_names": "x" * 10_240}, "given_names", "too-long"),
        ({"second_surname": "x" * 61}, "second_surname", "too-long"),
        ({"given_names": "..."}, "given_names", "no-letters"),
        ({"given_names": "\x00\u202e"}, "given_names", "missing"),
        ({"notes": "x" * 2001}, "notes", "too-long"),
        ({"sex": "Q"}, "sex", "unknown-code"),
        ({"profile": "vp"}, "profile", "unknown-code"),
        ({"nationality": "VE"}, "nationality", "unknown-code"),
        ({"ethnicity": "50"}, "ethnicity", "unknown-code"),
        ({"specific_needs": "SP;ZZ"}, "specific_needs", "unknown-code"),
        ({"functioning": "1;1;5"}, "functioning", "unknown-code"),
        ({"functioning": "1;1;1;1;1;1;1"}, "functioning", "too-many"),
        ({"birth_date": "31/02/2000"}, "birth_date", "birth-date"),
        ({"birth_date": "1/1/2090"}, "birth_date", "birth-future"),
        ({"birth_date": "200 años"}, "birth_date", "birth-old"),
        ({"municipality": "99999"}, "municipality", "unknown-municipality"),
        ({"phones.0.owner": "x" * 61, "phones.0.number": "3995550142"}, "phones.0.number", "too-long"),
        (_paper("", "123"), "documents.0.type", "no-type"),
        (_paper("XX", "123"), "documents.0.type", "unknown-code"),
        (_paper("PA", "1" * 33), "documents.0.number", "too-long"),
        (_paper("PA", "AB1234", expires="mañana"), "documents.0.expires", "expiry-date"),
        (_paper("PA", "AB1234", country="XYZ"), "documents.0.country", "unknown-code"),
    ],
)
def test_what_can_not_be_saved_is_refused(form: dict[str, str], field: str, code: str) -> None:
    found = check(PERSON | form, TODAY)
    assert (field, code, "refuse") in {(one.field, one.code, one.level) for one in found}
    assert refused(found)


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        ({"birth_date": ""}, "birth_date", "no-birth"),
        ({"birth_date": "1/1/1920"}, "birth_date", "rare-age"),
        ({"given_names": "Ana 3"}, "given_names", "figures"),
        ({"first_surname": "-"}, "first_surname", "no-letters"),
        ({"given_names": "A\x00na"}, "given_names", "hidden"),
        ({"first_surname": "\u202eatenadrU"}, "first_surname", "hidden"),
        ({"first_surname": "MuÃ±oz"}, "first_surname", "damaged"),
        ({"first_surname": "Mu\ufffdoz"}, "first_surname", "damaged"),
        ({"first_surname": "", "second_surname": "Rivas"}, "first_surname", "surname-order"),
        ({"first_surname": "", "second_surname": ""}, "first_surname", "no-surname"),
        (_paper("TI", "1098765432"), "documents.0.type", "holder-too-old"),
        (_paper("RC", "1098765432"), "documents.0.type", "holder-too-old"),
        (_paper("MS"), "documents.0.type", "none-of-other-age"),
        (_paper("PPT"), "documents.0.number", "no-number"),
        (_paper("PPT", "123"), "documents.0.number", "unusual-number"),
        (_paper("SI", "123456"), "documents.0.number", "number-without-paper"),
        (_paper("PEP", "9" * 15), "documents.0.type", "no-longer-issued"),
        (_paper("PA", "AB1234", expires="2019-05-30"), "documents.0.expires", "expired"),
        (_paper("PA", "AB1234", expires="30/05/2099"), "documents.0.expires", "far-expiry"),
        (_paper("CC", "1098765432") | {"nationality": "VEN"}, "documents.0.type", "other-nationality"),
        (_paper("CC", "1.234.567") | _paper("CC", "1234567", at=1), "documents.1.number", "same-paper"),
        ({"profile": "RE", "nationality": "VEN"}, "profile", "returnee-not-colombian"),
        ({"profile": "VP", "nationality": "COL"}, "profile", "migrant-colombian"),
        ({"profile": "OT", "nationality": "VEN"}, "profile", "other-nationality"),
        ({"migration_status": "NAC", "nationality": "VEN"}, "migration_status", "status-colombian"),
        ({"migration_status": "IRR", "nationality": "COL"}, "migration_status", "status-foreign"),
        ({"migration_status": "APA", "nationality": "VEN"}, "migration_status", "stateless"),
        ({"household_role": "ABU", "birth_date": "20"}, "household_role", "role-of-other-age"),
        ({"specific_needs": "SC"}, "specific_needs", "adult-unaccompanied"),
        ({"specific_needs": "ER"}, "specific_needs", "older-but-young"),
        ({"specific_needs": "CR"}, "specific_needs", "child-but-adult"),
        ({"specific_needs": "SP;97"}, "specific_needs", "answered-and-not"),
        ({"sex": "M", "pregnant": "Y"}, "pregnant", "pregnant-male"),
        ({"sex": "M", "specific_needs": "PG"}, "specific_needs", "pregnant-male"),
        ({"birth_date": "70", "pregnant": "Y"}, "pregnant", "pregnant-age"),
        ({"eps": "EPS044"}, "eps", "insurer-closed"),
        ({"eps": "EPS005", "health_regime": "N"}, "eps", "insured-and-not"),
        ({"eps": "EPS005", "health_regime": "S"}, "eps", "insurer-of-other-regime"),
        ({"functioning": "1;1;4;1;1;1", "disability": "8"}, "disability", "functioning-and-not"),
        ({"functioning": "1;1;;1;1;1"}, "functioning", "incomplete"),
        ({"functioning": "1;1"}, "functioning", "incomplete"),
        ({"phones.0.number": "0"}, "phones.0.number", "phone"),
        ({"phones.1.number": "5550142"}, "phones.1.number", "unusual-phone"),
        ({"municipality": "27086"}, "municipality", "retired-municipality"),
        ({"municipality": "Maracaibo"}, "municipality", "unknown-municipality"),
        ({"municipality": "Armenia"}, "municipality", "ambiguous-municipality"),
        ({"safe_contact": "L"}, "safe_contact", "no-agreement"),
    ],
)
def test_what_is_odd_asks_for_a_second_look_and_stops_nobody(
    form: dict[str, str], field: str, code: str
) -> None:
    found = check(PERSON | form, TODAY)
    assert (field, code) in {(one.field, one.code) for one in found}
    assert not refused(found)


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        (_paper("CC", "1098765432"), "documents.0.type", "holder-too-young"),
        (_paper("AS"), "documents.0.type", "none-of-other-age"),
        (_paper("CV", "V25345090") | {"birth_date": "5"}, "documents.0.type", "holder-too-young"),
        (_paper("TI", "1098765432") | {"birth_date": "3"}, "documents.0.type", "holder-too-young"),
        (_paper("CN", "12345678"), "documents.0.type", "holder-too-old"),
        ({"household_role": "JEF"}, "household_role", "minor-head"),
        ({"household_role": "PAR"}, "household_role", "minor-head"),
        ({"household": ""}, "birth_date", "minor-alone"),
        ({"education": "9"}, "education", "too-young-for-level"),
        ({"pregnant": "Y"}, "pregnant", "pregnant-child"),
        ({"pregnant": "Y", "birth_date": "8"}, "pregnant", "pregnant-age"),
        ({"functioning": "1;1;1;1;1;1", "birth_date": "3"}, "functioning", "too-young-for-functioning"),
    ],
)
def test_children(form: dict[str, str], field: str, code: str) -> None:
    assert _codes(CHILD, field) == set()
    found = check(CHILD | form, TODAY)
    assert (field, code) in {(one.field, one.code) for one in found}
    assert not refused(found)


def test_a_child_is_accompanied_by_family_representative_or_the_protection_route() -> None:
    alone = CHILD | {"household": ""}
    assert "minor-alone" in _codes(alone)
    assert "minor-alone" not in _codes(alone | {"representative": "her mother"})
    assert "minor-alone" not in _codes(alone | {"specific_needs": "SC"})


def test_a_child_born_on_the_other_side_is_no_oddity() -> None:
    assert _codes(CHILD | {"profile": "VP", "nationality": "COL"}) == set()
    assert _codes(CHILD | {"profile": "RE", "nationality": "VEN"}) == set()


def test_a_rule_without_an_age_is_silent() -> None:
    unknown = PERSON | {"birth_date": "??"} | _paper("TI", "1098765432")
    assert _codes(unknown) == {"birth-date"}


def test_the_washington_group_s_cut_off() -> None:
    assert lives_with_disability(("1", "1", "3", "1", "1", "1"))
    assert not lives_with_disability(("2", "2", "2", "2", "97", "99"))
    assert not lives_with_disability(())


KEYS = st.one_of(
    st.sampled_from([asked.key for asked in QUESTIONS]),
    st.builds(
        "documents.{}.{}".format,
        st.integers(0, 13),
        st.sampled_from(["type", "number", "country", "expires"]),
    ),
    st.builds("phones.{}.{}".format, st.integers(0, 9), st.sampled_from(["number", "owner"])),
)
TEXTS = st.one_of(
    st.text(), st.from_regex(r"[0-9;/+-]{1,20}", fullmatch=True), st.sampled_from(["F", "VP", "CC", "97"])
)


@given(st.dictionaries(KEYS, TEXTS))
def test_whatever_is_typed_gets_sentences_and_never_a_crash(form: dict[str, str]) -> None:
    for found in check(form, TODAY):
        assert found.words[0].isupper() or found.words[0] in "«¿"
        assert found.words.endswith((".", "?")), found.words
        assert "{" not in found.words or "{" in str(form)
        assert len(found.words) < 420
