"""A laptop's file damaged, gone, newer, held by another, or a full disk: words, nothing lost, a way back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.store import backup, connection, schema, vault
from fairclient.usecases.unlock import unlock
from tests.stories.conftest import PASSPHRASE, Laptop, person

Damage = Callable[[Path], None]


def flipped(file: Path) -> None:
    """A few bytes of the first page are other ones now."""
    content = bytearray(file.read_bytes())
    for at in range(100, 140):
        content[at] ^= 0xFF
    file.write_bytes(content)


def flipped_inside(file: Path) -> None:
    """A page in the middle has changed: the file opens, and is wrong only where one looks."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x01
    file.write_bytes(content)


def cut(file: Path) -> None:
    """The file ends in the middle of a page."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2 + 77])


def emptied(file: Path) -> None:
    """The file has no content."""
    file.write_bytes(b"")


def foreign(file: Path) -> None:
    """Something else lies in its place."""
    file.write_bytes(b"This is not a database at all. " * 1000)


def removed(file: Path) -> None:
    """The file is gone."""
    file.unlink()


def refused(laptop: Laptop, *arguments: str) -> dict[str, str]:
    """Run a command that must be refused with a sentence for each of: what, what is safe, what to do."""
    said = laptop(*arguments, "--json")
    assert said.code == 1, said
    error: dict[str, str] = said.json["error"]
    assert all(error[part].endswith(".") for part in ("what", "safe", "do")), error
    plain = laptop(*arguments)
    assert (plain.code, plain.out) == (1, "")
    assert plain.err.splitlines() == [error["what"], error["safe"], error["do"]]
    return error


def back_up(laptop: Laptop) -> Path:
    """Make the copy that the open window makes each hour."""
    place = unlock(Home(laptop.home), PASSPHRASE, SystemClock())
    try:
        made = place.store.tend(every_minutes=0)
    finally:
        place.close()
    assert made is not None
    return made


@pytest.mark.parametrize("damage", [flipped, cut, emptied, foreign, removed])
def test_a_damaged_file_is_said_and_left_as_it_is(practice: Laptop, damage: Damage) -> None:
    practice.register([person()])
    database = Home(practice.home).database
    damage(database)
    left = database.read_bytes() if database.exists() else None
    error = refused(practice, "state")
    assert error["code"] in {"damaged-store", "store-missing"}
    assert "copias de respaldo" in error["safe"]
    assert (database.read_bytes() if database.exists() else None) == left


def test_damage_inside_is_found_by_the_doctor(practice: Laptop) -> None:
    practice.register([person()])
    assert practice("doctor", "--replay", "--json").code == 0
    flipped_inside(Home(practice.home).database)
    said = practice("doctor", "--json")
    assert said.code == 1
    assert said.json.get("findings") or said.json["error"]["code"] == "damaged-store"
    plain = practice("doctor")
    assert plain.code == 1
    assert "lo que tiene acuse está en la central" in plain.out + plain.err


@pytest.mark.parametrize("damage", [flipped, flipped_inside, cut, emptied, removed])
def test_a_copy_takes_the_place_of_a_damaged_file(practice: Laptop, damage: Damage) -> None:
    home = Home(practice.home)
    practice.register([person()])
    copy = back_up(practice)
    kept = practice("state", "--json").json["counts"]
    practice.register([person(document_number="77")])
    damage(home.database)
    bad = home.database.read_bytes() if home.database.exists() else None
    said = practice("doctor", "--restore", "--json")
    assert (said.code, said.json["restored"]) == (0, str(copy))
    if bad is None:
        assert said.json["aside"] is None
    else:
        assert len(Path(said.json["aside"]).read_bytes()) == len(bad)
    assert practice("doctor", "--replay", "--json").code == 0
    assert practice("state", "--json").json["counts"] == kept


def test_a_whole_file_is_never_replaced_by_an_older_copy(practice: Laptop) -> None:
    back_up(practice)
    practice.register([person()])
    before = practice("state", "--json").json
    assert refused(practice, "doctor", "--restore")["code"] == "not-damaged"
    assert practice("state", "--json").json == before


def test_without_a_whole_copy_it_says_so_and_touches_nothing(practice: Laptop) -> None:
    home = Home(practice.home)
    for copy in backup.copies(home):
        copy.unlink()
    flipped(back_up(practice))
    flipped(home.database)
    left = home.database.read_bytes()
    assert refused(practice, "doctor", "--restore")["code"] == "no-whole-copy"
    assert home.database.read_bytes() == left


def test_what_had_a_receipt_comes_back_after_a_copy_was_restored(
    enrolled: Callable[[str, str], Laptop], started_centre: Centre
) -> None:
    point = enrolled("restored", "R")
    point.register([person(document_number="9001")])
    back_up(point)
    point.register([person(document_number="9002"), person(document_number="9003")])
    assert point("sync", "--json").code == 0
    point.register([person(document_number="9004")])  # the only one that no receipt covers
    flipped(Home(point.home).database)
    said = point("doctor", "--restore")
    assert said.code == 0
    assert "Puede faltar lo que se guardó después de esa copia." in said.out
    assert "la central devuelve todo lo que tiene acuse" in said.out
    point.register([person(document_number="9005")])
    assert point("sync", "--json").code == 0
    assert point("state", "--json").json["state_digest"] == started_centre.state()["state_digest"]
    found = [len(point("search", f"900{number}", "--json").json["found"]) for number in range(1, 6)]
    assert found == [1, 1, 1, 0, 1]
    assert point("doctor", "--replay", "--json").code == 0


def test_a_file_of_a_newer_version_is_refused_and_not_touched(practice: Laptop) -> None:
    home = Home(practice.home)
    key = vault.unlock(home, PASSPHRASE, None, SystemClock()).data_key
    opened = connection.connect(home.database, key)
    opened.execute(f"PRAGMA user_version = {schema.CURRENT + 1}")
    opened.close()
    left = home.database.read_bytes()
    assert refused(practice, "state")["code"] == "newer-store"
    assert refused(practice, "doctor", "--restore")["code"] == "newer-store"
    assert home.database.read_bytes() == left


def test_a_fair_that_another_program_has_open_is_refused(practice: Laptop, tmp_path: Path) -> None:
    place = unlock(Home(practice.home), PASSPHRASE, SystemClock())
    try:
        assert refused(practice, "state")["code"] == "locked-by-another"
        assert refused(practice, "doctor", "--restore")["code"] == "locked-by-another"
    finally:
        place.close()
    assert practice("state", "--json").code == 0


def test_a_wrong_passphrase_is_said_and_opens_nothing(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.register([person()])
    before = practice("state", "--json").json
    with monkeypatch.context() as patch:
        patch.setenv("FAIRCLIENT_PASSPHRASE", "otra cosa distinta")
        assert refused(practice, "state")["code"] == "wrong-passphrase"
    assert practice("state", "--json").json == before


def test_a_home_that_may_no_longer_be_written_is_said_and_all_is_there_when_it_may(practice: Laptop) -> None:
    practice.register([person()])
    before = practice("state", "--json").json
    with not_writable(Home(practice.home)):
        error = refused(practice, "state")
        assert error["code"] == "home-not-writable"
        assert str(practice.home) in error["what"]
    assert practice("state", "--json").json == before


@contextmanager
def not_writable(home: Home) -> Iterator[None]:
    """Let the system refuse to write in a home; where it lets everybody write, a folder is in the way."""
    anywhere = sys.platform == "win32" or os.geteuid() == 0
    if anywhere:
        home.lock.unlink()
        home.lock.mkdir()
    else:
        for path in (home.lock, home.dir):
            path.chmod(0o500)
    try:
        yield
    finally:
        if anywhere:
            home.lock.rmdir()
        else:
            for path in (home.dir, home.lock):
                path.chmod(0o700)


def test_a_full_disk_is_said_for_the_row_and_the_rest_goes_on_when_there_is_room(
    practice: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.register([person()])
    before = practice("state", "--json").json
    with monkeypatch.context() as patch:
        # The file may grow by nothing: what SQLite answers then is what it answers on a full disk.
        patch.setattr(connection, "_PRAGMAS", (*connection._PRAGMAS, "max_page_count = 1"))
        people = [person(document_number=str(number)) for number in range(20)]
        lines = practice.register(people)
    full = [line for line in lines if "error" in line]
    assert full
    assert {line["error"]["code"] for line in full} == {"disk-full"}
    assert full[0]["error"]["what"] == "No queda espacio en el disco."
    after = practice("state", "--json").json
    assert after["counts"]["attendee"] == before["counts"]["attendee"] + len(lines) - len(full)
    assert practice("doctor", "--replay", "--json").code == 0
    assert "token" in practice.register([person(document_number="88")])[0]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are POSIX's")
def test_a_file_that_may_not_grow_is_said_and_nothing_is_lost(practice: Laptop) -> None:
    import resource

    practice.register([person()])
    before = practice("state", "--json").json["counts"]
    size = Home(practice.home).database.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        lines = practice.register([person(document_number=str(number)) for number in range(12)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    errors = [line["error"] for line in lines if "error" in line]
    assert errors
    assert {error["code"] for error in errors} == {"disk-full"}
    assert errors[0]["safe"] == "Lo que ya estaba guardado sigue a salvo; lo último no se guardó."
    after = practice("state", "--json").json["counts"]
    assert after["attendee"] == before["attendee"] + len(lines) - len(errors)
    assert practice("doctor", "--replay", "--json").code == 0
