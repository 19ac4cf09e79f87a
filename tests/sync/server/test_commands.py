"""The commands of `fairserver`: what they print, and what they say when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import create_engine, text

from sync.server import enrolment, fair_file, handout, intake, keys, opening, roster
from sync.server.database import engine as database
from sync.server.reference import own_journal
from sync.wire import enrolment_code, enrolment_ticket
from sync.wire.batch import Batch
from sync.wire.fact import Fact
from sync.wire.household import Household
from sync.wire.merge import fold
from sync.wire.state import state_digest
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, person


@pytest.fixture
def unprepared(
    empty_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Commands against a database with nothing in it."""
    return Commands(empty_address, monkeypatch, capsys)


def enrolled(place: Place, fairserver: Commands, *words: str) -> Laptop:
    code = fairserver("enrolment-code", "--fair", "PRUEBA", "--minutes", "10000", *words).out.strip()
    laptop = Laptop()
    # the commands read the machine's clock, the test's server stands still: both find the code good
    return laptop.enrolled(enrolment.enrol(place.node, laptop.enrol_request(code)))


def test_init_makes_a_server_with_the_fictional_fair_that_comes_along(unprepared: Commands) -> None:
    assert unprepared("init").code == 0
    fairs = unprepared("fair", "list", "--json").json()
    assert [(fair["code"], fair["fictional"]) for fair in fairs] == [("DEMO", True)]
    state = unprepared("state", "--json").json()
    assert state["counts"]["fair"] == 1 and state["counts"]["service"] > 5 and state["quarantined"] == 0
    assert state["entries"] == sum(state["counts"].values())


def test_init_again_changes_nothing_and_says_so(fairserver: Commands) -> None:
    before = fairserver("state", "--json").json()
    ran = fairserver("init")
    assert ran.code == 1 and "set up already" in ran.err
    assert fairserver("state", "--json").json() == before


def test_init_that_fails_leaves_no_keys_behind(unprepared: Commands, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"fair": {"code": "X"}}')
    assert unprepared("init", "--fair", str(bad)).code == 1
    assert not list(tmp_path.rglob("*.keys"))
    assert unprepared("init", "--empty").code == 0
    assert unprepared("fair", "list", "--json").json() == []


def test_keys_are_for_their_owner_only_and_never_printed(unprepared: Commands, tmp_path: Path) -> None:
    ran = unprepared("init", "--empty")
    (path,) = tmp_path.rglob("*.keys")
    content = json.loads(path.read_text())
    assert str(path) in ran.out and content["signing_key"] not in ran.out and content["secret"] not in ran.out
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        databases = list(tmp_path.rglob("*.db"))  # none where the server is on PostgreSQL
        assert all(stat.S_IMODE(database.stat().st_mode) == 0o600 for database in databases)


def test_a_missing_damaged_or_foreign_key_file_is_told(fairserver: Commands, tmp_path: Path) -> None:
    (path,) = (tmp_path / "server").rglob("*.keys")
    good = path.read_text()
    path.write_text("{")
    assert "damaged" in fairserver("state").err
    other = keys.create(tmp_path / "other.keys", json.loads(good)["server"])
    assert other.public_key
    path.write_text((tmp_path / "other.keys").read_text())
    assert "another server" in fairserver("state").err
    path.unlink()
    ran = fairserver("state")
    assert ran.code == 1 and "is missing" in ran.err and "backup" in ran.err


def test_an_enrolment_code_stands_alone_on_the_output(fairserver: Commands, place: Place) -> None:
    ran = fairserver("enrolment-code", "--fair", "PRUEBA")
    assert ran.code == 0 and len(ran.out.split()) == 1
    shown = fairserver("enrolment-code", "--fair", place.fair, "--json").json()
    assert set(shown) == {"code", "words", "expires", "fair"} and shown["fair"] == place.fair
    assert enrolment_code.from_words(shown["words"]) == shown["code"]
    code, words = fairserver("enrolment-code", "--words").out.splitlines()
    assert enrolment_code.from_words(words) == code


def test_an_enrolment_code_as_a_picture_brings_address_and_key(
    fairserver: Commands, place: Place, tmp_path: Path
) -> None:
    picture = tmp_path / "code.png"
    words = ("enrolment-code", "--address", "https://central.example:8440/", "--qr", str(picture))
    code = fairserver(*words).out.strip()
    with Image.open(picture) as drawn:
        (read,) = zxingcpp.read_barcodes(drawn)
    ticket = enrolment_ticket.decode(read.text)
    assert (ticket.address, ticket.code) == ("https://central.example:8440", code)
    assert (ticket.key, ticket.fair) == (place.node.keys.public_key, "Feria de prueba (ficticia)")
    shown = fairserver(*words[:3], "--qr", "-").out
    assert "█" in shown and len(shown.splitlines()) > 20
    assert "--address" in fairserver("enrolment-code", "--qr", str(picture)).err
    assert "Not an address" in fairserver("enrolment-code", "--address", "central").err
    before = _codes(place)
    assert "could not be written" in fairserver(*words[:4], str(tmp_path / "no" / "code.png")).err
    assert _codes(place) == before


def _codes(place: Place) -> int:
    with place.node.database.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM enrolment_code")).scalar_one())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fair", "NADA"], "There are: PRUEBA"),
        (["--roles", "king"], "Roles are: registrar"),
        (["--scope", "moon"], "Scopes are: fair, desk"),
        (["--point", "A1"], "one or two letters"),
        (["--minutes", "0"], "good for"),
        (["--name", "x" * 81], "80 characters"),
    ],
)
def test_a_code_that_makes_no_sense_is_refused(fairserver: Commands, words: list[str], said: str) -> None:
    ran = fairserver("enrolment-code", *words)
    assert ran.code == 1 and said in ran.err and ran.out == ""


def test_stations_are_listed_and_revoked(fairserver: Commands, place: Place) -> None:
    laptop = enrolled(place, fairserver, "--name", "Laptop 7", "--point", "C", "--scope", "desk")
    (shown,) = fairserver("stations", "list", "--json").json()
    assert (shown["subject"], shown["name"], shown["point"]) == (laptop.station, "Laptop 7", "C")
    assert (shown["scope"], shown["revoked"]) == ("desk", False)
    assert "active" in fairserver("stations", "list").out
    assert fairserver("stations", "revoke", "C").code == 0
    assert fairserver("stations", "list", "--json").json()[0]["revoked"] is True
    assert "before" in fairserver("stations", "revoke", laptop.station).err
    assert "no station" in fairserver("stations", "revoke", "Q").err


def test_a_fair_is_added_from_a_file_once(fairserver: Commands, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(fair_file.demo_file().read_text(encoding="utf-8"), encoding="utf-8")
    assert fairserver("fair", "add", str(path)).code == 0
    assert [fair["code"] for fair in fairserver("fair", "list", "--json").json()] == ["DEMO", "PRUEBA"]
    ran = fairserver("fair", "add", str(path))
    assert ran.code == 1 and "already a fair with the code DEMO" in ran.err
    ran = fairserver("state")
    assert ran.code == 1 and "DEMO, PRUEBA" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not a fair's file"),
        ('{"fair": {"code": "X Y", "name": "a", "starts": "2026-01-01", "ends": "2026-01-01"}}', "fair.code"),
        ('{"fair": {"code": "XY", "name": "a", "starts": "2026-01-01", "ends": "hoy"}}', "fair.ends"),
        (
            '{"fair": {"code": "XY", "name": "a", "starts": "2026-01-01", "ends": "2026-01-01"},'
            ' "desks": [{"letter": "A", "name": "a", "services": ["NADA"]}]}',
            "does not offer: NADA",
        ),
        (
            '{"fair": {"code": "XY", "name": "a", "starts": "2026-01-01", "ends": "2026-01-01"},'
            ' "services": [{"code": "A", "name_es": "a"}, {"code": "A", "name_es": "b"}]}',
            "twice",
        ),
        (None, "can't be read"),
    ],
)
def test_a_fairs_file_that_is_wrong_is_told_where(
    fairserver: Commands, tmp_path: Path, content: str | None, said: str
) -> None:
    path = tmp_path / "fair.json"
    if content is not None:
        path.write_text(content)
    ran = fairserver("fair", "add", str(path))
    assert ran.code == 1 and said in ran.err


def replayed(batches: list[Batch]) -> list[tuple[str, str, Fact]]:
    """Work out a state as a laptop would, from the entries alone."""
    rows = []
    entries = [entry for batch in batches for entry in batch.entries]
    for key in {(entry.header.kind, entry.header.subject) for entry in entries}:
        mine = [entry for entry in entries if (entry.header.kind, entry.header.subject) == key]
        state = fold(key[0], [(entry.header, entry.body or b"") for entry in mine])
        if state:
            rows.append((*key, state.fact))
    return rows


def test_the_states_digest_is_what_anybody_gets_from_the_same_entries(
    fairserver: Commands, place: Place
) -> None:
    laptop = enrolled(place, fairserver)
    who = laptop.register()
    laptop.register(
        person(given_names="Ñusta Ficticia", birth_date=None, documents=(), specific_needs=("A", "B"))
    )
    laptop.change(
        "attendee", who, laptop.revision(1), phones=[{"number": "300 000 0001", "owner": "hermana"}]
    )
    laptop.state(Household(name="Casa Ficticia"))
    intake.take(place.node, laptop.station, laptop.batch())
    with place.node.database.read() as connection:
        reader = roster.active(connection, place.node, laptop.station, place.fair)
        journal = own_journal(place.node, place.fair)
        own = handout.next_batch(connection, place.node, journal, 0, reader)
    rows = replayed([own, laptop.batch()])
    shown = fairserver("state", "--json").json()
    assert shown["state_digest"] == state_digest(rows)
    assert shown["counts"]["attendee"] == 2 and shown["entries"] == len(own.entries) + 14
    assert shown["receipts"] == 1
    desk = fairserver("state", "--json", "--scope", "desk").json()
    personal = {"attendee", "household", "authorisation"}
    assert desk["state_digest"] == state_digest(row for row in rows if row[0] not in personal)
    assert not personal & set(desk["counts"])


def test_people_are_exported_and_no_cell_is_a_formula(
    fairserver: Commands, place: Place, tmp_path: Path
) -> None:
    laptop = enrolled(place, fairserver)
    laptop.state(person(given_names="=1+1", notes="-5+3", phones=({"number": "+57 300 000 0000"},)))
    laptop.state(person(first_surname="Ñáñez", birth_estimated=True, specific_needs=("A", "B")))
    intake.take(place.node, laptop.station, laptop.batch())
    out = tmp_path / "people.csv"
    assert fairserver("export", "attendees", "--format", "csv", "--out", str(out)).code == 0
    first, second = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (first["given_names"], first["notes"], first["phones"]) == ("'=1+1", "'-5+3", "+57 300 000 0000")
    assert (first["document_types"], first["document_numbers"]) == ("PPT", "0000001")
    assert (second["first_surname"], second["birth_estimated"], second["specific_needs"]) == (
        "Ñáñez",
        "1",
        "A;B",
    )
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert fairserver("export", "attendees").out.replace("\r\n", "\n") == out.read_text().replace(
        "\r\n", "\n"
    )
    assert "csv" in fairserver("export", "attendees", "--format", "pdf").err


def test_an_export_that_fails_leaves_the_old_file(fairserver: Commands, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "people.csv"
    ran = fairserver("export", "attendees", "--out", str(out))
    assert ran.code == 1 and "can't be written" in ran.err
    kept = tmp_path / "kept.csv"
    kept.write_text("old")
    assert fairserver("export", "attendees", "--fair", "NADA", "--out", str(kept)).code == 1
    assert kept.read_text() == "old" and not list(tmp_path.glob(".kept*"))


def test_the_journal_is_exported_entry_by_entry_whatever_is_in_it(fairserver: Commands, place: Place) -> None:
    laptop = enrolled(place, fairserver)
    laptop.state(person())
    laptop.write("hologram", b"\xff\x00 no text")
    intake.take(place.node, laptop.station, laptop.batch())
    lines = [json.loads(line) for line in fairserver("export", "journal").out.splitlines()]
    mine = [line for line in lines if line["journal"] == str(laptop.journal)]
    assert [line["seq"] for line in mine] == [1, 2]
    assert mine[0]["body"]["fact"]["given_names"] == "Yuleidy Ficticia"
    assert mine[1]["body_hex"] == b"\xff\x00 no text".hex() and mine[1]["quarantined"] is True
    assert mine[1]["digest"] == laptop.digests[1].hex()
    assert len(lines) == fairserver("state", "--json").json()["entries"]


def test_quarantine_lists_what_and_why_but_not_who(fairserver: Commands, place: Place) -> None:
    laptop = enrolled(place, fairserver)
    laptop.register()
    laptop.write("attendee", b'{"fact":{"given_names":"Secreta","sex":"X","profile":"MIG"}}')
    intake.take(place.node, laptop.station, laptop.batch())
    laptop.forget_from(7)
    laptop.state(person())
    with pytest.raises(Exception, match="fork"):
        intake.take(place.node, laptop.station, laptop.batch())
    shown = fairserver("quarantine", "list", "--json").json()
    assert [(entry["seq"], entry["code"], entry["kind"]) for entry in shown["entries"]] == [
        (7, "bad-field", "attendee")
    ]
    assert [(fork["first"], fork["last"]) for fork in shown["forks"]] == [(1, 7)]
    words = fairserver("quarantine", "list").out
    assert "fact.sex" in words and "ALERT" in words and "Secreta" not in words


def test_a_database_that_was_not_set_up_is_told(unprepared: Commands) -> None:
    ran = unprepared("state")
    assert ran.code == 1 and "fairserver init" in ran.err
    assert unprepared("upgrade").code == 1


def test_a_newer_database_is_refused_and_an_older_one_asks_for_an_upgrade(
    fairserver: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(database.parse(fairserver.address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer than this program" in fairserver("state").err
    assert "newer than this program" in fairserver("upgrade").err
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    monkeypatch.setattr(opening, "HEAD", "0002")
    assert "fairserver upgrade" in fairserver("state").err


def test_upgrading_what_is_up_to_date_changes_nothing(fairserver: Commands) -> None:
    assert "version 0001" in fairserver("upgrade").out


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://somewhere/x", "must be sqlite"),
        ("sqlite:////nowhere/at/all.db", "no database at"),
        ("postgresql://nobody@127.0.0.1:1/none", "can't be used"),
        ("://", "can't be read"),
        ("sqlite://", "must be sqlite"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Commands(address, monkeypatch, capsys)("state")
    assert ran.code == 1 and said in ran.err


def test_a_file_that_is_no_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"these are not the bytes of a database" * 100)
    fairserver = Commands(str(path), monkeypatch, capsys)
    assert "damaged" in fairserver("state").err
    assert "damaged" in fairserver("init").err
    assert path.read_bytes().startswith(b"these are")


def test_a_missing_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fairserver = Commands(str(tmp_path / "none" / "x.db"), monkeypatch, capsys)
    assert "does not exist" in fairserver("init").err
