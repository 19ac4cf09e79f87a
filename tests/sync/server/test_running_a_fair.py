"""Commands for running a fair: operators, stations, catalogues, quarantine once its cause is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from sync.server import intake, reference
from sync.server.reference import Statement
from sync.server.state import state
from sync.wire.operator import Operator
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import new_id, person


def test_operators_are_listed_changed_and_withdrawn(place: Place, fairserver: Commands) -> None:
    laptop = place.laptop()
    (row,) = fairserver("operators", "list", "--json").json()
    assert (row["subject"], row["revoked"]) == (laptop.operator, False)
    assert fairserver("operators", "roles", row["name"], "desk,supervisor").code == 0
    assert fairserver("operators", "until", laptop.operator, "2026-03-20").code == 0
    assert fairserver("operators", "revoke", laptop.operator).code == 0
    (row,) = fairserver("operators", "list", "--json").json()
    assert (row["roles"], row["valid_until"], row["revoked"]) == (["desk", "supervisor"], "2026-03-20", True)
    assert "revoked\t2026-03-20" in fairserver("operators", "list").out
    for words in (
        ["roles", laptop.operator, "queen"],
        ["until", laptop.operator, "tomorrow"],
        ["revoke", "Nadie"],
    ):
        assert fairserver("operators", *words).code == 1
    place.laptop()
    assert "Several" in fairserver("operators", "revoke", row["name"]).err


def test_a_stations_last_day_is_set(place: Place, fairserver: Commands) -> None:
    laptop = place.laptop()
    assert fairserver("stations", "until", "A", "2026-03-15").code == 0
    with place.node.database.read() as connection:
        row = connection.execute(text("SELECT subject, valid_until FROM station")).one()
    assert (row.subject, str(row.valid_until)) == (laptop.station, "2026-03-15")


def test_services_and_desks_come_from_tables(place: Place, fairserver: Commands, tmp_path: Path) -> None:
    services, desks = tmp_path / "services.csv", tmp_path / "desks.csv"
    services.write_text(
        "code,name_es,sensitive,order\nSISBEN,Sisbén IV,,3\nSAL-VAC,Vacunación,,\n"
        "PSI,Apoyo psicosocial,sí,9\n",
        encoding="utf-8-sig",
    )
    desks.write_text(
        "letter,name,services,quota\nB,Mesa B,SISBEN;PSI,40\nC,Mesa C,SAL-VAC,\n", encoding="utf-8"
    )
    told = fairserver("catalogue", "import", "services", str(services), "--json").json()
    assert told == {"new": 1, "changed": 1, "same": 1}
    assert fairserver("catalogue", "import", "desks", str(desks)).out == "1 new, 1 changed, 0 as before\n"
    assert fairserver("catalogue", "import", "services", str(services), "--json").json()["same"] == 3
    with place.node.database.read() as connection:
        found = connection.execute(text('SELECT code, name_es, sensitive, "order" FROM service')).all()
        desk = connection.execute(text("SELECT services, quota FROM desk WHERE letter = 'B'")).one()
    assert ("SISBEN", "Sisbén IV", False, 3) in [(a, b, bool(c), d) for a, b, c, d in found]
    assert ("PSI", "Apoyo psicosocial", True, 9) in [(a, b, bool(c), d) for a, b, c, d in found]
    assert "PSI" in str(desk.services) and desk.quota == 40


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("code,colour\nA,red\n", "columns that are not known"),
        ("name_es\nUno\n", "columns that are not known"),
        ("code,name_es,order\nA,Uno,many\n", "line 2: order"),
        ("code,name_es\nA,Uno\nA,Dos\n", "names A twice"),
        ("code,name_es\n", "has no rows"),
    ],
)
def test_a_table_that_can_not_be_used_is_told_where(
    content: str, said: str, fairserver: Commands, tmp_path: Path
) -> None:
    table = tmp_path / "services.csv"
    table.write_text(content, encoding="utf-8")
    refused = fairserver("catalogue", "import", "services", str(table))
    assert refused.code == 1 and said in refused.err
    assert fairserver("catalogue", "import", "people", str(table)).code == 1


def test_an_entry_leaves_quarantine_when_its_cause_is_gone(place: Place, fairserver: Commands) -> None:
    laptop, late = place.laptop(), new_id()
    who = laptop.state(person(), author=late)
    laptop.change("attendee", who, laptop.revision(1), notes="corregida")
    laptop.write("hologram", b'{"fact":{"x":1},"salt":"00"}')
    given = intake.take(place.node, laptop.station, laptop.batch())
    assert [verdict.code for verdict in given.verdicts] == ["unknown-author", "unknown-kind"]
    shown = fairserver("quarantine", "show", str(laptop.journal), "1").json()
    assert (shown["code"], shown["kind"], "given_names" in shown["fields"]) == (
        "unknown-author",
        "attendee",
        True,
    )
    assert "Yuleidy" not in str(shown) and "Urdaneta" not in str(shown)
    assert fairserver("quarantine", "show", str(laptop.journal), "2").code == 1
    assert fairserver("quarantine", "requeue", "--json").json() == {"released": 0, "left": 2}
    with place.node.database.write() as connection:
        fact = Operator(name="Operadora tardía (ficticia)", roles=("registrar",))
        reference.publish(connection, place.node, place.fair, [Statement("operator", late, fact)])
    assert fairserver("quarantine", "requeue", "--code", "unknown-kind", "--json").json()["released"] == 0
    assert fairserver("quarantine", "requeue").out == "1 taken out of quarantine, 1 left\n"
    with place.node.database.read() as connection:
        row = connection.execute(text("SELECT given_names, notes FROM attendee")).one()
        assert state(connection, place.fair).quarantined == 1
    assert (row.given_names, row.notes) == ("Yuleidy Ficticia", "corregida")
    assert intake.take(place.node, laptop.station, laptop.batch()) == given
