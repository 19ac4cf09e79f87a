"""What a protection desk writes down: focal points of the fair read it, and nobody who carries it does."""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyrage import DecryptError, decrypt, x25519

from fairclient.base.clock import SystemClock
from fairclient.base.errors import Unauthorised
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.store import sealing
from fairclient.store.queries import sealed as sealed_queries
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.seal_note import read_notes, seal_note
from fairclient.usecases.unlock import unlock
from tests.stories.conftest import PASSPHRASE, Laptop, person
from tests.sync.server.command import Commands

CANARY = "Quetzalcanaria pide refugio esta noche"


@pytest.fixture
def fairserver(
    own_centre: Centre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Commands at the centre, while it serves."""
    return Commands(own_centre.database, monkeypatch, capsys)


@contextmanager
def at_work(laptop: Laptop) -> Any:
    """Whoever's laptop it is unlocks it."""
    place = unlock(Home(laptop.home), PASSPHRASE, SystemClock())
    try:
        yield place
    finally:
        place.close()


def enrolled(centre: Centre, fairserver: Commands, laptop: Laptop, point: str, roles: str) -> Laptop:
    """Enrol a laptop whose operator has some roles."""
    words = ("enrolment-code", "--fair", "DEMO", "--name", f"Punto {point}", "--point", point)
    code = fairserver(*words, "--roles", roles, "--json").json()["code"]
    said = laptop("enrol", "--server", centre.url, "--code", code, "--name", f"Ficticia {point}", "--json")
    assert said.code == 0, said
    return laptop


def test_a_note_travels_sealed_and_only_focal_points_open_it(
    own_centre: Centre, fairserver: Commands, laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    others = "registrar,desk,supervisor,administrator"
    registrar = enrolled(own_centre, fairserver, laptop("registrar"), "A", others)
    focal = enrolled(own_centre, fairserver, laptop("focal"), "D", "protection")
    second = enrolled(own_centre, fairserver, laptop("second"), "E", "protection")
    line = registrar.register([person(services="VBG;EMP")])[0]
    for one in (second, registrar, focal):
        assert one("sync", "--json").code == 0

    with at_work(focal) as place:
        at = read_at_desk(place, line["token"], "D")
        assert [one.service for one in at.here] == ["VBG"]
        referral = next(owed.referral for owed in at.read.owed if owed.service == "VBG")
        assert referral is not None
        seal_note(place, referral, CANARY)
        record_outcome(place, at.read, "VBG", "served", desk="D")
        assert [note.text for note in read_notes(place, referral)] == [CANARY]

    # By stick and by network: whoever finds either, the centre's administrator too, finds an age file.
    stick = tmp_path / "stick"
    stick.mkdir()
    bundle = Path(focal("export", "bundle", "--out", str(stick), "--json").json["out"])
    identity = _age_identity(Path(own_centre.database.removeprefix("sqlite:///")).parent)
    assert CANARY.encode() not in bundle.read_bytes() + decrypt(bundle.read_bytes(), [identity])
    for one in (focal, registrar, second):
        assert one("sync", "--json").code == 0
    _nobody_at_the_centre(Path(own_centre.database.removeprefix("sqlite:///")), identity)

    with at_work(registrar) as place:
        at = read_at_desk(place, line["token"], "D")
        assert (at.here, at.reserved) == ((), True)
        with pytest.raises(Unauthorised):
            read_notes(place, referral)
        with pytest.raises(Unauthorised):
            record_outcome(place, at.read, "VBG", "served")
        with place.store.read() as session:
            (note,) = sealed_queries.notes_about(session, referral)
            every = session.connection().exec_driver_sql("SELECT body FROM entry").scalars().all()
        assert sealing.unseal(note.content, place.operator.key) is None
        assert not any(CANARY.encode() in body for body in every if body)

    with at_work(second) as place:
        assert [note.text for note in read_notes(place, referral)] == [CANARY]


def _age_identity(folder: Path) -> x25519.Identity:
    """The centre's own age key, as its administrator holds it."""
    texts = (file.read_text("utf-8") for file in folder.rglob("*") if 0 < file.stat().st_size < 10_000)
    found = next(match for text in texts if (match := re.search(r"AGE-SECRET-KEY-1[0-9A-Z]+", text)))
    return x25519.Identity.from_str(found[0])


def _nobody_at_the_centre(database: Path, identity: x25519.Identity) -> None:
    """Neither the server's files nor its tables show the note, and its key opens none."""
    for file in database.parent.glob(f"{database.name}*"):
        assert CANARY.encode() not in file.read_bytes()
    connection = sqlite3.connect(f"file:{database.as_posix()}?mode=ro", uri=True)
    try:
        contents = [row[0] for row in connection.execute("SELECT content FROM sealed")]
    finally:
        connection.close()
    assert len(contents) == 1
    with pytest.raises(DecryptError):
        decrypt(base64.b64decode(contents[0]), [identity])
