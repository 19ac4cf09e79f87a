"""Nothing that a person said is readable in any file of the home, whatever the program is doing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from fairclient.base import log
from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store import vault
from fairclient.store.database import open_store
from fairclient.store.queries import people
from fairclient.store.replay import replay
from fairclient.store.slots import Cost
from sync.wire.attendee import Document, Phone
from sync.wire.problem import WireError
from tests.canaries import leaks
from tests.fairclient.store.making import AUTHOR, Fair, arrive, attendee, enrol


def test_no_file_of_the_home_shows_a_person(
    home: Home, clock: FixedClock, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.start(home.logs)
    unlocked = vault.create(home, AUTHOR, "Ana de Ensayo", "una frase larga", Cost(1, 8, 1))
    store = open_store(home, unlocked.data_key, clock)
    enrol(store, fair, "A")
    person = attendee(
        "Quetzalcanaria",
        "Zumbiñanez",
        documents=(Document(type="PPT", number="9988776655443"),),
        phones=(Phone(number="3219876540"),),
        neighbourhood="Vereda Ultramarina",
    )
    for number in range(30):
        with store.write(AUTHOR) as work:
            arrived = arrive(work, clock, person, turn=f"A-{number + 1:03d}")
    with store.write(AUTHOR) as work:
        work.change("attendee", arrived.attendee, {"neighbourhood": "Vereda Ultramarina 2"})
    with pytest.raises(WireError) as told, store.write(AUTHOR) as work:
        work.create(person.model_copy(update={"given_names": "Quetzalcanaria\x00"}))
    reference = log.bug(told.value)
    with store.read() as session:
        assert len(people.find(session, "quetzalcanaria", limit=50)) == 30
        assert leaks(home.dir) == []  # with its -wal and -shm, while it is open and read
    store.backup()
    assert replay(store).identical
    assert leaks(home.dir) == []
    store.close()
    log.stop()
    assert leaks(home.dir) == []
    assert reference in (home.logs / log.FILE).read_text(encoding="utf-8")
    names = {file.name for file in home.dir.rglob("*") if file.is_file()}
    assert {"fair.db", "keys.json", log.FILE} <= names


def test_the_scan_would_see_a_canary(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text("... Zumbiñanez ...", encoding="utf-16-le")
    assert leaks(tmp_path) == [("leak", "Zumbiñanez")]


def test_a_refused_statement_does_not_quote_its_values(home: Home, clock: FixedClock) -> None:
    with open_store(home, bytes(32), clock) as store, store.transaction() as connection:
        with pytest.raises(IntegrityError, match="NOT NULL") as told:
            connection.exec_driver_sql("INSERT INTO meta VALUES (?, NULL)", ("Zumbiñanez",))
        assert "Zumbiñanez" not in str(told.value)
