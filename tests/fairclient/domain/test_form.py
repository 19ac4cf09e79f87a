"""From a form to a person and back."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fairclient.domain.fictional_people import people
from fairclient.domain.form import read_form, read_household, write_form
from sync.wire.attendee import Attendee, Document, Phone
from tests.fairclient.domain.test_rules import KEYS, PERSON, TEXTS

TODAY = date(2026, 3, 14)

WHOLE = Attendee(
    given_names="Yuleidy", first_surname="Urdaneta", second_surname="Villalobos", sex="F",
    birth_date=date(1991, 1, 1), birth_estimated=True, profile="VP", nationality="VEN",
    documents=(
        Document(type="PPT", number="9482193", country="COL", expires=date(2031, 5, 30)),
        Document(type="CV", number="V95345090", country="VEN"),
    ),
    phones=(Phone(number="3995550142"), Phone(number="+584145550142", owner="su hermana")),
    municipality="08758", neighbourhood="Barrio Ficticio", household_role="JEF", language="pt",
    migration_status="REG", ethnicity="97", gender_identity="1", functioning=("1", "2", "1", "", "97", "1"),
    disability="8", education="5", health_regime="S", eps="ESS207", sisben="A3", pregnant="99",
    specific_needs=("SP", "PG"), safe_contact="L", notes="Llamar después de las seis.\nPreguntar por Ana.",
)  # fmt: skip


def test_every_answer_comes_back() -> None:
    assert read_form(write_form(WHOLE), TODAY).attendee == WHOLE
    missing = set(Attendee.model_fields) - set(WHOLE.model_dump(exclude_defaults=True))
    # the program's to fill in
    assert missing == {"household", "anonymous", "age_band", "unaccompanied"}


def test_everybody_comes_back() -> None:
    for person in people(3, 300, TODAY):
        read = read_form(write_form(person.attendee), TODAY)
        assert read.attendee == person.attendee


def test_a_refusal_makes_nobody() -> None:
    read = read_form(PERSON | {"sex": "Q"}, TODAY)
    assert read.attendee is None
    assert [found.code for found in read.findings] == ["unknown-code"]


def test_what_nobody_knows_is_left_out_and_said() -> None:
    read = read_form(
        PERSON
        | {"documents.0.type": "SI", "documents.0.number": "7", "documents.1.type": "PPT"}
        | {"phones.0.number": "0", "phones.3.number": "0414 5550142", "municipality": "Maracaibo"},
        TODAY,
    )
    assert read.attendee is not None
    assert read.attendee.documents == ()
    assert read.attendee.phones == (Phone(number="+584145550142"),)
    assert read.attendee.municipality == ""
    assert {found.code for found in read.findings} == {
        "number-without-paper", "no-number", "phone", "unknown-municipality",
    }  # fmt: skip


def test_a_retired_code_is_kept_as_its_successor_and_an_issuer_is_known() -> None:
    form = PERSON | {"municipality": "27086", "documents.0.type": "cc", "documents.0.number": "1.098.765.432"}
    attendee = read_form(form, TODAY).attendee
    assert attendee is not None
    assert attendee.municipality == "27493"
    assert attendee.documents == (Document(type="CC", number="1098765432", country="COL"),)


def test_what_can_not_be_seen_is_not_kept() -> None:
    attendee = read_form(PERSON | {"given_names": "\u202eAna\x00 \u200bLucía  "}, TODAY).attendee
    assert attendee is not None
    assert attendee.given_names == "Ana Lucía"


def test_a_family_takes_its_name_and_place_from_the_first() -> None:
    household = read_household({"address": "  Calle 1 \x00"}, WHOLE)
    assert household.name == "Urdaneta"
    assert household.address == "Calle 1"
    assert (household.municipality, household.phone) == ("08758", "3995550142")
    assert household.representative is None


@given(st.dictionaries(KEYS, TEXTS))
def test_whatever_is_typed_makes_a_person_or_a_refusal(form: dict[str, str]) -> None:
    read = read_form(PERSON | form, TODAY)
    assert (read.attendee is None) == any(found.level == "refuse" for found in read.findings)
    if read.attendee:
        again = read_form(write_form(read.attendee), TODAY)
        assert again.attendee == read.attendee
