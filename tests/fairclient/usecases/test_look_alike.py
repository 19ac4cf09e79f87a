"""Who is already here, as the page and the command ask it: found, explained, warned of, told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.base.home import Home
from fairclient.domain.authorisation_texts import current_text
from fairclient.store.queries.rows import facts
from fairclient.store.slots import Cost
from fairclient.usecases.look_alike import Query, look_alike, warned
from fairclient.usecases.look_alike_file import answers
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.tell_apart import tell_apart
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee, Document, Phone
from sync.wire.authorisation import Authorisation
from sync.wire.distinction import Distinction

NOBODY = "00000000-0000-0000-0000-000000000000"
LUZ = Attendee(
    given_names="Luz Marina",
    first_surname="Ensayo",
    second_surname="Vásquez",
    sex="F",
    birth_date=date(1988, 4, 12),
    profile="VP",
    documents=(Document(type="PPT", number="9482193"),),
    phones=(Phone(number="3995550142"),),
    municipality="08758",
)


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setenv("FAIRCLIENT_KEYRING", "off")
    cheap = Cost(passes=1, memory_kib=64, lanes=1)
    opened = practice_fair(Home(tmp_path / "home"), "cuatro palabras para probar", clock, cost=cheap)
    yield opened
    opened.close()


def register(place: Workplace, attendee: Attendee, not_same: tuple[str, ...] = ()) -> str:
    text = current_text("es")
    allowed = Authorisation(attendee=NOBODY, text_version=text.version, text_digest=text.digest, general=True)
    return register_attendee(place, Registration(attendee, (), allowed, not_same=not_same)).attendee


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (Query(document_number="9482193"), "Mismo documento"),
        (Query(document_number="94821", typing="document_number"), "Documento que empieza igual"),
        (
            Query(given_names="Lus", first_surname="Enzayo", typing="first_surname"),
            "el otro escrito parecido",
        ),
        (Query("Luz Marina", "Vasquez", "Ensayo", date(1988, 12, 4)), "Día y mes cambiados"),
        (Query("Ensayo", "Luz Marina", birth_date=date(1988, 4, 12)), "Mismas palabras en otras casillas"),
        (Query(phone="+57 399 555 01 42"), "Mismo teléfono"),
        (Query(given_names="Mari", typing="given_names"), "Falta el primer nombre"),
    ],
)
def test_she_is_found_by_what_was_typed_so_far(place: Workplace, query: Query, why: str) -> None:
    her = register(place, LUZ)
    register(
        place,
        LUZ.model_copy(
            update={
                "given_names": "Óscar",
                "documents": (),
                "phones": (),
                "sex": "M",
                "first_surname": "Prueba",
                "birth_date": date(1961, 1, 30),
            }
        ),
    )
    found = look_alike(place, query)
    assert found[0].attendee == her
    assert any(why in sentence or why.lower() in sentence.lower() for sentence in found[0].why), found[0].why


def test_where_and_when_is_told(place: Workplace, clock: FixedClock) -> None:
    register(place, LUZ)
    clock.advance(11 * 60)
    (found,) = look_alike(place, Query(document_number="9482193"))
    assert found.where_when == "Registro de hace 11 minutos, punto A"
    assert found.documents == ("PPT 9482193",)


def test_a_return_warns_and_a_sister_does_not(place: Workplace) -> None:
    register(place, LUZ)
    again = Query("Luz", "Ensayo", "", date(1988, 4, 12), phone="3995550142", sex="F", municipality="08758")
    sister = Query("Rosa Elena", "Ensayo", "Vásquez", date(1991, 9, 2), phone="3995550142", sex="F")
    assert warned(look_alike(place, again))
    assert not warned(look_alike(place, sister))


def test_who_was_told_apart_is_left_out_and_written_once_saved(place: Workplace) -> None:
    her = register(place, LUZ)
    twin = LUZ.model_copy(update={"given_names": "Luz Elena", "documents": ()})
    assert look_alike(place, Query("Luz Elena", "Ensayo", apart=frozenset({her}))) == []
    other = register(place, twin, not_same=(her, her))
    with place.store.read() as session:
        (kept,) = (fact for _row, fact in facts(session, Distinction))
    assert kept == Distinction(attendee=other, other=her)


def test_a_decision_is_credited_and_nobody_is_told_apart_from_herself(place: Workplace) -> None:
    one, other = register(place, LUZ), register(place, LUZ)
    tell_apart(place, one, other, same=True, reason="Trajo su cédula.")
    with pytest.raises(BadInput) as told:
        tell_apart(place, one, one)
    assert told.value.code == "one-person"
    with place.store.read() as session:
        ((row, fact),) = facts(session, Distinction)
    assert row.author == place.operator.id
    assert fact.same and fact.reason == "Trajo su cédula."


def test_a_file_of_queries_is_answered_line_by_line(place: Workplace, tmp_path: Path) -> None:
    her = register(place, LUZ)
    file = tmp_path / "queries.jsonl"
    lines = [{"given_names": "Lus Marina", "birth_date": "1988-04-12"}, {"document_number": "77777778"}]
    file.write_text("\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    first, second = answers(place, file)
    assert first.as_dict()["candidates"][0]["attendee"] == her
    assert set(first.as_dict()["candidates"][0]) >= {"attendee", "score", "why"}
    assert first.ms > 0
    assert second.as_dict()["candidates"] == []


def test_a_line_that_is_no_query_is_refused_by_its_number(place: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    for line in ("{", "[]", '{"birth_date": "ayer"}', "[" * 50_000, "x" * 70_000, "\x00"):
        file.write_text(f"\n{line}\n", encoding="utf-8")
        with pytest.raises(BadInput) as told:
            list(answers(place, file))
        assert told.value.code == "bad-query"
        assert "2" in told.value.what


def test_whatever_is_typed_is_answered(place: Workplace) -> None:
    her = register(place, LUZ)
    for text in ("\x00", "ñ" * 10_000, "a | b ; c : d", "💥 ' \" --", "\u061cabc", "١٢٣٤٥"):
        look_alike(place, Query(text, text, text, None, text, text, ((text, text),), text, text, text))
    odd = LUZ.model_copy(
        update={"given_names": "Ana|Luz;", "documents": (Document(type="PA", number="A|1;2:345"),)}
    )
    other = register(place, odd)
    assert {found.attendee for found in look_alike(place, Query("Ana Luz", "Ensayo"))} == {her, other}
