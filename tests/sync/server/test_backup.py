"""A copy of a server comes back whole or not at all, into either engine; what it lacks is given again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from sync.server import handout, intake, keys, ledger, opening, reference, requeue, roster, tombstones
from sync.server.database.engine import parse
from sync.server.reference import Statement
from sync.server.state import State, state
from sync.wire.operator import Operator
from sync.wire.receipt import Receipt
from tests.sync.server.command import Commands
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id, person
from tests.sync.server.test_erasing import erase
from tests.sync.server.test_serving import exchange, serving
from tests.sync.server.web import Web


def state_at(address: str, fair: str) -> State:
    """Return the state of a fair in a database."""
    node = opening.open_node(address)
    try:
        with node.database.read() as connection:
            return state(connection, fair)
    finally:
        node.database.close()


@pytest.fixture
def elsewhere(
    place: Place, empty_address: str, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Another, empty database, to which the server's keys were brought."""
    monkeypatch.setenv("FAIRSERVER_HOME", str(tmp_path / "server"))
    ours, theirs = (keys.key_file(parse(at), place.node.server) for at in (place.address, empty_address))
    if engine == "sqlite":
        shutil.copy(ours, theirs)
    return empty_address


def registered(place: Place, count: int = 2) -> Laptop:
    """Return a laptop with some registrations."""
    laptop = place.laptop()
    for _ in range(count):
        laptop.register()
    return laptop


def sent(place: Place, laptop: Laptop) -> None:
    """Let a laptop send what it has."""
    assert Web(place.node, laptop).sign_in().send(laptop.batch()).status_code == 200


def test_an_older_copy_comes_back_and_laptops_give_again_what_it_lacks(
    place: Place, elsewhere: str, fairserver: Commands, tmp_path: Path
) -> None:
    """With real processes. No number of a receipt ever stands for two contents (fault 17)."""
    laptop, copy = registered(place), tmp_path / "centre.backup"
    with serving(place.address) as (_, web):
        given = exchange(web, laptop, place)
        assert fairserver("backup", str(copy)).code == 0
        for _ in range(4):
            laptop.register()
        given += exchange(web, laptop, place)
    whole = state_at(place.address, place.fair)
    fairserver.address = elsewhere
    told = fairserver("restore", str(copy), "--json").json()
    assert told["server"] == place.node.server and told["receipts_from"] > max(one.number for one in given)
    assert state_at(elsewhere, place.fair).counts["attendee"] == 2
    with serving(elsewhere) as (_, web):
        given += exchange(web, laptop, place)
    assert state_at(elsewhere, place.fair).state_digest == whole.state_digest
    said: dict[int, Receipt] = {}
    for receipt in given:
        assert said.setdefault(receipt.number, receipt) == receipt


def test_the_copy_tells_nothing_without_the_keys(
    place: Place, elsewhere: str, fairserver: Commands, tmp_path: Path, engine: str
) -> None:
    laptop, copy = registered(place), tmp_path / "centre.backup"
    sent(place, laptop)
    assert fairserver("backup", str(copy)).code == 0
    assert copy.stat().st_mode & 0o077 == 0 and b"Yuleidy" not in copy.read_bytes()
    fairserver.address = elsewhere
    for path in (tmp_path / "server").glob("*.keys"):
        path.unlink()
    for path in tmp_path.glob("*.keys"):
        path.unlink()
    refused = fairserver("restore", str(copy))
    assert refused.code == 1 and "key file is needed" in refused.err


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-40], lambda raw: raw[:900], lambda raw: raw + b"x"])
def test_a_copy_that_was_cut_or_changed_is_refused_whole(
    spoil: object, place: Place, elsewhere: str, fairserver: Commands, tmp_path: Path
) -> None:
    copy = tmp_path / "centre.backup"
    assert fairserver("backup", str(copy)).code == 0
    copy.write_bytes(spoil(copy.read_bytes()))  # type: ignore[operator]
    fairserver.address = elsewhere
    refused = fairserver("restore", str(copy))
    assert refused.code == 1 and "Nothing was changed" in refused.err
    again = fairserver("state")
    assert again.code == 1 and "was not set up" in again.err


def test_a_database_with_a_server_is_never_written_over(
    place: Place, fairserver: Commands, tmp_path: Path
) -> None:
    copy = tmp_path / "centre.backup"
    assert "rows" in fairserver("backup", str(copy), "--json").json()
    refused = fairserver("restore", str(copy))
    assert refused.code == 1 and "already" in refused.err


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_copy_moves_from_one_engine_to_the_other(
    place: Place,
    fairserver: Commands,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.sync.server import postgres

    laptop, copy = registered(place), tmp_path / "centre.backup"
    sent(place, laptop)
    fairserver("backup", str(copy))
    home = tmp_path / "home"
    home.mkdir()
    ours = keys.key_file(parse(place.address), place.node.server)
    shutil.copy(ours, home / f"{place.node.server}.keys")
    monkeypatch.setenv("FAIRSERVER_HOME", str(home))
    base = request.getfixturevalue("postgres_address")
    fairserver.address = postgres.fresh_database(base, "fair_moved")
    assert fairserver("restore", str(copy)).code == 0
    before = state_at(place.address, place.fair)
    assert state_at(fairserver.address, place.fair) == before
    with serving(fairserver.address) as (_, web):
        laptop.register()
        laptop.register()
        assert exchange(web, laptop, place)[-1].seq == 24
    postgres.drop_database(base, "fair_moved")


def test_an_older_copy_brings_nobody_back_who_was_erased(
    place: Place, elsewhere: str, fairserver: Commands, tmp_path: Path
) -> None:
    """Erased at the centre and by a laptop that was lost since: neither erasure is in the copy."""
    laptop, copy = registered(place), tmp_path / "centre.backup"
    intake.take(place.node, laptop.station, laptop.batch())
    assert fairserver("backup", str(copy)).code == 0
    first, second = (entry.header.subject for entry in laptop.entries if entry.header.kind == "attendee")
    erase(laptop, first)
    intake.take(place.node, laptop.station, laptop.batch(13))
    assert fairserver("erase", second).code == 0
    theirs = tombstones.file_of(parse(elsewhere), place.node.server)
    ours = tombstones.file_of(parse(place.address), place.node.server)
    if theirs != ours:
        shutil.copy(ours, theirs)
    assert Commands(elsewhere, fairserver._patch, fairserver._capsys)("restore", str(copy)).code == 0
    node = opening.open_node(elsewhere)
    with node.database.read() as connection:
        held = f"FROM entry e JOIN journal j ON j.id = e.journal WHERE j.station = '{laptop.station}'"
        left = connection.execute(
            text(f"SELECT COUNT(*) {held} AND e.kind = 'attendee' AND e.body IS NOT NULL")
        ).scalar_one()
        nameless = connection.execute(text("SELECT anonymous FROM attendee")).scalars().all()
        told = connection.execute(text("SELECT COUNT(*) FROM erasure")).scalar_one()
    node.database.close()
    assert left == 0
    assert [bool(one) for one in nameless] == [True, True], "that they came still counts"
    assert told == 2, "laptops that never heard of it are told again"


def test_what_the_centre_itself_wrote_since_comes_back_and_no_number_is_used_twice(
    place: Place, elsewhere: str, fairserver: Commands, tmp_path: Path
) -> None:
    """A laptop was enrolled and an entry released after the copy: who holds the journal gives it again."""
    laptop, late, copy = place.laptop(), new_id(), tmp_path / "centre.backup"
    laptop.state(person(), author=late)
    intake.take(place.node, laptop.station, laptop.batch())
    assert fairserver("backup", str(copy)).code == 0
    place.laptop()
    with place.node.database.write() as connection:
        fact = Operator(name="Operadora tardía (ficticia)", roles=("registrar",))
        reference.publish(connection, place.node, place.fair, [Statement("operator", late, fact)])
    assert requeue.requeue(place.node, place.fair).released == 1
    whole = state_at(place.address, place.fair)
    with place.node.database.read() as connection:
        own = reference.own_journal(place.node, place.fair)
        reader = roster.active(connection, place.node, laptop.station, place.fair)
        held = handout.next_batch(connection, place.node, own, 0, reader)
    assert Commands(elsewhere, fairserver._patch, fairserver._capsys)("restore", str(copy)).code == 0
    node = opening.open_node(elsewhere)
    with node.database.write() as connection:
        now = reference.own_journal(node, place.fair)
        assert now.incarnation > own.incarnation
        change = Statement("fair", place.fair, change={"help_line": "300 000 0009"})
        reference.publish(connection, node, place.fair, [change])
    assert intake.take(node, laptop.station, held).seq == held.last
    with node.database.read() as connection:
        found = state(connection, place.fair)
        both = ledger.heads(connection, place.fair)
    node.database.close()
    assert found.counts == whole.counts and found.quarantined == 0
    assert both[str(own)] == (held.last, held.after.hex()) and both[str(now)][0] == 1
