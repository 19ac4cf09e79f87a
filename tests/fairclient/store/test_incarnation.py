"""A restored or copied laptop never writes a number that another history has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store import backup, machine
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.batch import Batch
from sync.wire.entry import chain
from tests.fairclient.store.making import AUTHOR, KEY, Fair, attendee, enrol, everything, open_here


def _write(store: Store, *names: str) -> None:
    for name in names:
        with store.write(AUTHOR) as work:
            work.create(attendee(name))


def _rest(batch: Batch, after: int) -> Batch:
    """The part of a batch (from entry 1) that follows entry ``after``, under the same seal."""
    before = chain(batch.before, batch.entries)[after - 1]
    return batch._replace(first=after + 1, before=before, entries=batch.entries[after:])


def _names(store: Store) -> set[str]:
    with store.read() as session:
        return {person.name.split()[0] for person in people.find(session, "ensayo")}


@pytest.fixture
def closed(home: Home, clock: FixedClock, fair: Fair) -> Home:
    """A home that was worked in and closed: two entries, incarnation 1."""
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
        _write(store, "Una", "Dos")
    return home


def test_closing_and_opening_goes_on_in_the_same_journal(closed: Home, clock: FixedClock) -> None:
    for number in range(3, 6):
        with open_here(closed, KEY, clock) as store:
            assert store.identity.incarnation == 1
            _write(store, "Otra")
            assert everything(store).last == number


def test_a_moved_folder_is_still_the_same_store(closed: Home, clock: FixedClock, tmp_path: Path) -> None:
    closed.dir.rename(tmp_path / "moved")
    with open_here(Home(tmp_path / "moved"), KEY, clock) as store:
        assert store.identity.incarnation == 1


def test_a_copied_folder_begins_a_new_incarnation(closed: Home, clock: FixedClock, tmp_path: Path) -> None:
    shutil.copytree(closed.dir, tmp_path / "copy")
    with open_here(Home(tmp_path / "copy"), KEY, clock) as copy, open_here(closed, KEY, clock) as original:
        assert original.identity.incarnation == 1
        assert copy.identity.incarnation > 1
        assert copy.identity.station == original.identity.station
        _write(copy, "Copiada")
        assert everything(copy).first == 1
        assert [journal.incarnation for journal in StoreReplica(copy).own_journals()] == [
            1,
            copy.identity.incarnation,
        ]
        assert check(copy) == [] and replay(copy).identical
        # The original hears of its copy as of any other station, and has nothing of it to send.
        StoreReplica(original).receive(everything(copy))
        assert _names(original) == {"Una", "Dos", "Copiada"}
        assert StoreReplica(original).own_journals() == [original.identity.journal]
        assert StoreReplica(original).left() == 2
        begun = copy.identity.incarnation
    with open_here(Home(tmp_path / "copy"), KEY, clock) as copy:
        assert copy.identity.incarnation == begun  # opened again, it stays the same copy


def test_two_copies_choose_different_numbers(closed: Home, clock: FixedClock, tmp_path: Path) -> None:
    found = set()
    for name in ("one", "two", "three"):
        shutil.copytree(closed.dir, tmp_path / name)
        with open_here(Home(tmp_path / name), KEY, clock) as copy:
            found.add(copy.identity.incarnation)
    assert len(found) == 3


def test_an_older_file_written_over_the_same_one_is_noticed(
    closed: Home, clock: FixedClock, tmp_path: Path
) -> None:
    old = closed.database.read_bytes()
    with open_here(closed, KEY, clock) as store:
        _write(store, "Perdida")
    with closed.database.open("r+b") as same_file:  # keeps the file's number on the disk
        same_file.truncate()
        same_file.write(old)
    with open_here(closed, KEY, clock) as store:
        assert store.identity.incarnation > 1
        _write(store, "Nueva")
        assert _names(store) == {"Una", "Dos", "Nueva"}


def test_another_computer_is_noticed(
    closed: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "machine_id", lambda: "another computer")
    with open_here(closed, KEY, clock) as store:
        assert store.identity.incarnation > 1


def test_a_restored_copy_gets_back_what_the_centre_has(closed: Home, clock: FixedClock, fair: Fair) -> None:
    with open_here(closed, KEY, clock) as store:
        store.backup()
        _write(store, "Tercera", "Cuarta")
        at_the_centre = everything(store)
    closed.database.write_bytes(b"\x00" * 8192)
    backup.restore(closed, KEY, clock)
    with open_here(closed, KEY, clock) as store:
        old = at_the_centre.journal
        assert store.identity.incarnation > old.incarnation
        assert _names(store) == {"Una", "Dos"}
        _write(store, "Quinta")
        StoreReplica(store).receive(_rest(at_the_centre, 2))
        assert _names(store) == {"Una", "Dos", "Tercera", "Cuarta", "Quinta"}
        assert store.identity.journal.incarnation != old.incarnation
        assert check(store) == [] and replay(store).identical


def test_a_server_that_knows_more_of_our_journal_than_we_do_is_believed(
    closed: Home, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image of a whole disk: nothing on it shows that it is old."""
    monkeypatch.setattr(machine, "tag", lambda home: "the same disk")
    with open_here(closed, KEY, clock) as store:
        before = store.identity.incarnation
    shutil.copytree(closed.dir, tmp_path / "image")
    with open_here(closed, KEY, clock) as store:
        assert store.identity.incarnation == before
        _write(store, "Tercera")
        sent = everything(store)
    image = Home(tmp_path / "image")
    with open_here(image, KEY, clock) as store:
        assert store.identity.incarnation == before
        StoreReplica(store).receive(sent)
        assert store.identity.incarnation > before
        _write(store, "Cuarta")
        assert everything(store).first == 1
        assert check(store) == [] and replay(store).identical


def test_a_clone_takes_its_own_entries_along(
    closed: Home, clock: FixedClock, fair: Fair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two laptops from one image wrote under the same numbers; one of them was first at the centre."""
    monkeypatch.setattr(machine, "tag", lambda home: "the same disk")
    with open_here(closed, KEY, clock) as store:
        _write(store, "Tercera")
        StoreReplica(store).save_receipt(fair.receipt(everything(store)))
        incarnation = store.identity.incarnation
    shutil.copytree(closed.dir, tmp_path / "twin")
    with open_here(closed, KEY, clock) as store:
        _write(store, "Cuarta", "Quinta")
        first_at_the_centre = everything(store)
    with open_here(Home(tmp_path / "twin"), KEY, clock) as twin:
        _write(twin, "Gemela")
        with twin.write(AUTHOR) as work:
            person = people.find(work.session, "gemela")[0].attendee
            work.change("attendee", person, {"neighbourhood": "Centro"})
        assert twin.begin_incarnation() == 2
        assert twin.identity.incarnation > incarnation
        moved = everything(twin)
        assert (moved.first, moved.last) == (1, 2)
        assert [entry.header.author for entry in moved.entries] == [AUTHOR, AUTHOR]
        StoreReplica(twin).receive(_rest(first_at_the_centre, 1))
        assert _names(twin) == {"Una", "Dos", "Tercera", "Cuarta", "Quinta", "Gemela"}
        assert StoreReplica(twin).left() == 6  # two of before, two of its own, two of its twin's
        assert check(twin) == [] and replay(twin).identical


def test_a_clone_that_never_wrote_moves_nothing(store: Store) -> None:
    assert store.begin_incarnation() == 0
    assert store.identity.incarnation > 1
