"""Bad days of the file: locked, damaged, of another key, on a full disk; and the copies that help then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import DamagedStore, DiskFull, HomeNotWritable, LockedByAnother, SayError
from fairclient.base.home import Home
from fairclient.store import backup
from fairclient.store.connection import connect
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.replay import replay
from tests.fairclient.store.making import AUTHOR, KEY, Fair, arrive, attendee, enrol, open_here


def _fill(home: Home, clock: FixedClock, fair: Fair, people_count: int = 60) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
        for number in range(people_count):
            with store.write(AUTHOR) as work:
                work.create(attendee(f"Persona {number}", notes="x" * 400))


def _said(error: SayError) -> bool:
    return bool(error.what and error.safe and error.do)


def test_a_second_instance_is_told_that_the_first_is_open(
    home: Home, clock: FixedClock, store: Store
) -> None:
    with pytest.raises(LockedByAnother) as told:
        open_here(home, KEY, clock)
    assert _said(told.value)
    store.close()
    open_here(home, KEY, clock).close()


def test_the_lock_dies_with_its_program(home: Home, clock: FixedClock) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from fairclient.store.lock import InstanceLock;"
        "lock = InstanceLock(Path(sys.argv[1])); lock.take(); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(home.lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert holder.stdin and holder.stdout
    with holder:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(LockedByAnother):
            open_here(home, KEY, clock)
        holder.kill()
        holder.wait()
    open_here(home, KEY, clock).close()


def test_a_wrong_key_opens_nothing_and_changes_nothing(home: Home, clock: FixedClock, fair: Fair) -> None:
    _fill(home, clock, fair, 3)
    before = home.database.read_bytes()
    with pytest.raises(DamagedStore) as told:
        open_here(home, bytes(32), clock)
    assert _said(told.value)
    assert home.database.read_bytes() == before
    open_here(home, KEY, clock).close()


@pytest.mark.parametrize("where", [10, 5000])
def test_a_flipped_byte_is_noticed(home: Home, clock: FixedClock, fair: Fair, where: int) -> None:
    _fill(home, clock, fair)
    size = home.database.stat().st_size
    with home.database.open("r+b") as file:
        file.seek(where if where < 100 else size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    if where < 100:
        with pytest.raises(DamagedStore) as told:
            open_here(home, KEY, clock)
        assert _said(told.value)
        return
    with open_here(home, KEY, clock) as store:
        found = check(store)
    assert found and all("dañad" in sentence for sentence in found)


def test_reading_a_damaged_page_is_said_in_words(home: Home, clock: FixedClock, fair: Fair) -> None:
    _fill(home, clock, fair)
    content = bytearray(home.database.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 100] ^= 0xFF
    home.database.write_bytes(content)
    with pytest.raises(DamagedStore):  # noqa: SIM117 - opening may notice it, or reading
        with open_here(home, KEY, clock) as store, store.read() as session:
            people.find(session, "persona")


def test_an_altered_entry_breaks_its_chain(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE entry SET author = '' WHERE kind = 'visit'")
    (sentence,) = check(store)
    assert "asiento 2" in sentence
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM entry WHERE kind IN ('visit', 'slip', 'referral')")
    assert len(check(store)) == 1


def test_a_database_that_vanished_is_not_silently_made_anew(
    home: Home, clock: FixedClock, fair: Fair
) -> None:
    _fill(home, clock, fair, 1)
    home.database.unlink()
    with pytest.raises(DamagedStore) as told:
        open_here(home, KEY, clock)
    assert told.value.code == "store-missing"
    assert not home.database.exists()


def test_a_full_disk_refuses_the_last_and_keeps_the_rest(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    _limit_pages(store, 0)
    tried: list[str] = []

    def until_refused() -> None:
        for number in range(200):
            with store.write(AUTHOR) as work:
                tried.append(work.create(attendee(f"Persona {number}", notes="x" * 2000)))

    with pytest.raises(DiskFull) as told:
        until_refused()
    assert _said(told.value)
    with store.read() as session:
        assert people.person(session, arrived.attendee) is not None
        assert all(people.person(session, saved) for saved in tried[:-1])
        assert people.person(session, tried[-1]) is None
    _limit_pages(store, 1_000_000)
    with store.write(AUTHOR) as work:
        arrive(work, clock, turn="A-002")
    assert check(store) == [] and replay(store).identical


def _limit_pages(store: Store, most: int) -> None:
    """Make SQLite answer as on a disk with no more room than it uses now (or ``most`` pages)."""
    assert store._connection is not None
    store._connection.exec_driver_sql(f"PRAGMA max_page_count = {most or 1}")
    store._connection.rollback()


def test_a_home_that_cannot_be_written_is_said_in_words(
    home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.lock.mkdir()
    with pytest.raises(HomeNotWritable) as told:
        open_here(home, KEY, clock)
    assert _said(told.value)


def test_a_file_that_another_program_holds_is_said_in_words(
    home: Home, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store._connection is not None
    store._connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    store._connection.rollback()
    held = connect(home.database, KEY)
    held.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedByAnother) as told, store.write(AUTHOR) as work:
        work.create(attendee())
    assert told.value.code == "store-busy" and _said(told.value)
    held.execute("ROLLBACK")
    held.close()
    with store.write(AUTHOR) as work:
        work.create(attendee())


def test_readers_go_on_while_somebody_writes(store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    seen: list[int] = []

    def look() -> None:
        with store.read() as session:
            seen.append(len(people.find(session, "ensayo")))

    with store.write(AUTHOR) as work:
        work.create(attendee())
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(timeout=10)
        assert seen == [1]
    look()
    assert seen == [1, 2]


def test_a_copy_is_whole_and_encrypted_and_taken_while_people_work(
    home: Home, store: Store, clock: FixedClock
) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock, attendee("Quetzalina"))
        copy = store.backup()
    assert sorted(path.name for path in home.backups.iterdir()) == [copy.name]
    assert b"Quetzalina" not in copy.read_bytes() and not copy.read_bytes().startswith(b"SQLite format 3")
    with store.write(AUTHOR) as work:
        work.create(attendee("Después"))
    clock.advance(1)
    later = store.backup()
    opened = connect(later, KEY)
    found = {name for (name,) in opened.execute("SELECT given_names FROM attendee")}
    opened.close()
    assert found == {"Quetzalina", "Después"}


def test_copies_are_taken_by_the_hour_and_the_oldest_forgotten(
    home: Home, store: Store, clock: FixedClock
) -> None:
    assert store.tend(every_minutes=60, keep=3) is not None
    assert store.tend(every_minutes=60, keep=3) is None
    clock.advance(59 * 60)
    assert store.tend(every_minutes=60, keep=3) is None
    for _ in range(4):
        clock.advance(60 * 60)
        assert store.tend(every_minutes=60, keep=3) is not None
    assert len(backup.copies(home)) == 3
    clock.advance(-365 * 86_400)  # the clock was wrong all the time: copies go on
    assert store.tend(every_minutes=60, keep=3) is not None


def test_tending_writes_the_log_back_into_the_file(home: Home, store: Store, clock: FixedClock) -> None:
    with store.write(AUTHOR) as work:
        for _ in range(50):
            work.create(attendee(notes="x" * 1500))
    before = home.database.stat().st_size
    store.tend()
    assert home.database.stat().st_size > before


def test_a_copy_needs_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100, 100, 10))
    with pytest.raises(DiskFull):
        store.backup()
    assert list(store.home.backups.iterdir()) == []


def test_a_copy_that_is_damaged_is_not_kept_nor_restored(home: Home, clock: FixedClock, fair: Fair) -> None:
    _fill(home, clock, fair, 5)
    with open_here(home, KEY, clock) as store:
        good = store.backup()
        clock.advance(60)
        bad = store.backup()
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    home.database.write_bytes(b"not a database" * 1000)
    with pytest.raises(DamagedStore):
        open_here(home, KEY, clock)
    assert backup.restore(home, KEY, clock) == good
    assert [path.name for path in home.dir.glob("damaged-*fair.db")]
    with open_here(home, KEY, clock) as store:
        with store.read() as session:
            assert len(people.find(session, "persona")) == 5
        assert replay(store).identical and check(store) == []


def test_without_a_whole_copy_nothing_is_touched(home: Home, clock: FixedClock, fair: Fair) -> None:
    _fill(home, clock, fair, 1)
    before = home.database.read_bytes()
    with pytest.raises(DamagedStore) as told:
        backup.restore(home, KEY, clock)
    assert told.value.code == "no-whole-copy"
    assert home.database.read_bytes() == before


def test_a_closed_store_refuses_politely(store: Store) -> None:
    store.close()
    with pytest.raises(RuntimeError), store.write(AUTHOR):
        pass
    store.close()
