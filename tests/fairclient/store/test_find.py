"""People are found by any part of their names, without accents, by a document, a telephone or a slip."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.clock import FixedClock
from fairclient.store.database import Store
from fairclient.store.queries import people, slips
from fairclient.store.search_keys import compact, digits, fold, keys_of, words
from sync.wire.attendee import Document, Phone
from tests.fairclient.store.making import AUTHOR, Arrived, arrive, attendee


@pytest.fixture
def registered(store: Store, clock: FixedClock) -> dict[str, Arrived]:
    """Three people by their given names."""
    family = {
        "María José": attendee(
            "María José",
            "Ñáñez",
            second_surname="Gutiérrez",
            documents=(Document(type="CC", number="1.098.765"), Document(type="PA", number="AX 12-34")),
            phones=(Phone(number="+57 300 111 2233"),),
        ),
        "Mariana": attendee("Mariana", "Gutiérrez", documents=(), phones=()),
        "Jōsé": attendee("Jōsé", "de la Mar", documents=(Document(type="CE", number="555"),), phones=()),
    }
    found = {}
    with store.write(AUTHOR) as work:
        for number, (name, person) in enumerate(family.items(), start=1):
            found[name] = arrive(work, clock, person, turn=f"A-{number:03d}")
    return found


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("maria", {"María José", "Mariana"}, "name"),
        ("MARÍA jos", {"María José"}, "name"),
        ("jos mar", {"María José", "Jōsé"}, "name"),
        ("nanez", {"María José"}, "name"),
        ("Ñáñez", {"María José"}, "name"),
        ("gut", {"María José", "Mariana"}, "name"),
        ("gutierrez mariana", {"Mariana"}, "name"),
        ("mar mar", {"Jōsé"}, "none"),
        ("la", {"Jōsé"}, "name"),
        ("1098765", {"María José"}, "document"),
        ("1.098", {"María José"}, "document"),
        ("ax1234", {"María José"}, "document"),
        ("555", {"Jōsé"}, "document"),
        ("3001112233", {"María José"}, "phone"),
        ("300 111", {"María José"}, "phone"),
        ("+57 3001112233", {"María José"}, "phone"),
        ("o'brien", set(), ""),
        ("", set(), ""),
        ("  -- ", set(), ""),
        ("%", set(), ""),
        ("_", set(), ""),
        ("x' OR 1=1 --", set(), ""),
    ],
)
def test_find(store: Store, registered: dict[str, Arrived], text: str, expected: set[str], why: str) -> None:
    with store.read() as session:
        found = people.find(session, text)
    if why == "none":
        assert found == []
        return
    assert {person.attendee for person in found} == {registered[name].attendee for name in expected}
    assert all(person.why == why for person in found)


@pytest.mark.parametrize("written", ["V-25.345.090", "25345090", "0025345090", "E25345090"])
def test_a_number_is_found_without_its_letter_or_noughts(
    store: Store, clock: FixedClock, written: str
) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock, attendee(documents=(Document(type="CV", number=written),), phones=()))
    with store.read() as session:
        for typed in ("25345090", "25.345.09", "0025345090", "253"):
            assert [one.why for one in people.find(session, typed)] == ["document"]
        assert people.find(session, "5345090") == []


def test_a_slips_code_leads_to_its_person(store: Store, registered: dict[str, Arrived]) -> None:
    arrived = registered["Mariana"]
    with store.read() as session:
        code = (
            session.connection()
            .exec_driver_sql("SELECT code FROM slip WHERE subject = ?", (arrived.slip,))
            .scalar_one()
        )
        typed = f"{code[:4].lower()}-{code[4:]}".replace("0", "o").replace("1", "l")
        found = people.find(session, typed)
    assert (found[0].attendee, found[0].why) == (arrived.attendee, "slip")


def test_a_code_of_letters_only_is_found_whole(store: Store, registered: dict[str, Arrived]) -> None:
    arrived = registered["Mariana"]
    with store.write(AUTHOR) as work:
        found = slips.by_id(work.session, arrived.slip)
        assert found is not None
        work.create(found[0].model_copy(update={"code": "QZRSXTZXJ", "token_id": "0" * 16}))
    with store.read() as session:
        assert [person.attendee for person in people.find(session, "qzr-sxt-zxj")] == [arrived.attendee]
        assert people.find(session, "qzrsx") == []


def test_what_was_corrected_is_found_by_the_new_and_not_by_the_old(
    store: Store, registered: dict[str, Arrived]
) -> None:
    with store.write(AUTHOR) as work:
        work.change(
            "attendee",
            registered["Jōsé"].attendee,
            {"given_names": "Josefa", "documents": [{"type": "CC", "number": "777"}]},
        )
    with store.read() as session:
        assert people.find(session, "555") == []
        assert [person.name for person in people.find(session, "777")] == ["Josefa de la Mar"]
        assert len(people.find(session, "jose")) == 2


def test_no_more_than_asked_for(store: Store) -> None:
    with store.write(AUTHOR) as work:
        for _ in range(30):
            work.create(attendee("Ana Ana", "Ana"))
    with store.read() as session:
        assert len(people.find(session, "ana", limit=7)) == 7
        assert len(people.find(session, "ana ana", limit=100)) == 30


@given(st.text(max_size=200))
def test_folded_text_has_no_accents_left(text: str) -> None:
    assert not any(unicodedata.combining(letter) for letter in fold(text))
    assert all(word == word.strip() and " " not in word for word in words(text))
    assert compact(text).isascii() and digits(text).isascii()


@given(
    st.text(alphabet="aeiouñáéíóúüçÀßøабв世' -", min_size=1, max_size=60).filter(lambda text: text.strip())
)
def test_everybody_is_found_by_every_word_of_her_name(name: str) -> None:
    keys = keys_of(attendee(name, "Ensayo"))
    for word in words(f"{name} Ensayo")[:8]:
        assert any(key.startswith(f"n{word}") for key in keys)
    assert all(len(key) < 500 for key in keys)
