"""«Mis datos»: everything about one person and nothing about others, with proof; who took it out is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, Unauthorised
from fairclient.store.queries import people
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.export_person import export_person
from fairclient.usecases.list_reserved_reads import list_reserved_reads
from fairclient.usecases.note_absent import note_absent
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import OperatorAtWork, Workplace
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from tests.fairclient.slips.rasters import texts
from tests.fairclient.store.making import attendee
from tests.fairclient.ui.pages.tent import NOBODY, register


@pytest.fixture
def woman(point_a: Workplace, clock: FixedClock) -> Registered:
    """A woman with a household, sensitive answers, a correction and an absent husband."""
    register(point_a, given="Vecina", surname="Secreta")
    mother = register(point_a, given="Rosa", family="Paz")
    assert mother.household is not None
    note_absent(point_a, mother.household, [("Marido Ausente", 50, "PAR")])
    said = Authorisation(
        attendee=NOBODY, text_version="es-v1", text_digest="ab" * 32, general=True, sensitive=True
    )
    person = attendee(
        "Luz Marina", "Prieto", ethnicity="97", specific_needs=("SV",), household=mother.household
    )
    done = register_attendee(point_a, Registration(person, ("ORI",), said))
    clock.advance(60)
    with point_a.store.read() as session:
        page = people.person(session, done.attendee)
    assert page is not None
    correct_attendee(point_a, done.attendee, {"neighbourhood": "Centro"}, page.revision)
    return done


def test_the_paper_has_all_of_hers_and_nobody_else(
    point_a: Workplace, woman: Registered, tmp_path: Path
) -> None:
    out = tmp_path / "mis-datos.pdf"
    export_person(point_a, woman.attendee, out)
    said = " ".join(" ".join(texts(out.read_bytes())).split())
    for words in (
        "Luz Marina Prieto",
        "PPT 7000123",
        "Prefiere no responder",
        "Sobreviviente de violencia",
        "Servicio ORI: por atender",
        "barrio o vereda: — → Centro",
        "Guardar datos sensibles",
        "es-v1",
        "ab" * 8,
        "Ana de Ensayo",
    ):
        assert words in said
    for others in ("Vecina", "Secreta", "Marido", "Rosa"):
        assert others not in said


def test_the_same_for_a_program(point_a: Workplace, woman: Registered, tmp_path: Path) -> None:
    out = tmp_path / "mis-datos.json"
    export_person(point_a, woman.attendee, out, "json")
    told = json.loads(out.read_text(encoding="utf-8"))
    assert Attendee.model_validate(told["person"]).specific_needs == ("SV",)
    assert told["authorisations"][0]["fact"]["text_digest"] == "ab" * 32
    assert told["authorisations"][0]["recorded_by"] == "Ana de Ensayo"
    assert [one["service"] for one in told["services"]] == ["ORI"]
    assert "Marido" not in out.read_text(encoding="utf-8")


def test_who_took_it_out_is_kept(point_a: Workplace, woman: Registered, tmp_path: Path) -> None:
    export_person(point_a, woman.attendee, tmp_path / "a.pdf")
    assert [one.section for one in list_reserved_reads(point_a, woman.attendee)] == ["export"]


def test_not_by_registrars_and_not_of_nobody(point_a: Workplace, woman: Registered, tmp_path: Path) -> None:
    operator = OperatorAtWork(
        point_a.operator.id, "Otra", frozenset({"registrar", "desk"}), point_a.operator.key
    )
    registrar = Workplace(point_a.store, operator, point_a.clock, point_a.home)
    with pytest.raises(Unauthorised):
        export_person(registrar, woman.attendee, tmp_path / "a.pdf")
    with pytest.raises(BadInput):
        export_person(point_a, "01890000-0000-7000-8000-00000000dead", tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
    assert list_reserved_reads(point_a) == ()
