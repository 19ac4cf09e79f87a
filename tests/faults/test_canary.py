"""I13: a person's words are in no file that a laptop or a stick leaves, whatever was done with them."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest

from fairclient.base import log
from fairclient.store.queries import people
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.issue_slip import print_slips
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.save_bundle import save_bundle
from sync.wire.attendee import Attendee, Document, Phone
from tests.canaries import CANARIES, leaks
from tests.faults.world import a_world

WORDS = (*CANARIES, "Nota ultrasecreta")


def test_no_file_of_a_laptop_or_a_stick_says_who_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with a_world("AB") as world:
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        place = world.laptops[0].place
        log.start(place.home.logs)
        person = Attendee(
            given_names=WORDS[0],
            first_surname=WORDS[1],
            sex="F",
            profile="VP",
            birth_date=date(1990, 2, 3),
            documents=(Document(type="PPT", number=WORDS[2]),),
            phones=(Phone(number=WORDS[3]),),
            neighbourhood=WORDS[4],
        )
        done = register_attendee(place, Registration(person, ("ORI", "SAL")))
        with place.store.read() as session:
            page = people.person(session, done.attendee)
        assert page is not None
        correct_attendee(place, done.attendee, {"notes": WORDS[5]}, page.revision)
        log.bug(ValueError(f"a fault that quotes {WORDS[0]} and {WORDS[2]}"))
        paper = tmp_path / "paper"
        paper.mkdir()
        print_slips(place, [done.slip.slip], "a6", paper / "slip.pdf")
        stick = tmp_path / "stick"
        stick.mkdir()
        saved = save_bundle(place, stick)
        place.store.backup()
        homes = [laptop.home.dir for laptop in world.laptops]
        assert leaks(*homes, stick, temporary, words=WORDS) == []
        assert world.laptops[0].sync().problem is None
        assert world.laptops[1].sync().problem is None
        with world.laptops[1].place.store.read() as session:
            assert people.person(session, done.attendee) is not None
        assert leaks(*homes, stick, temporary, words=WORDS) == []
        log.stop()
    assert saved.path.stat().st_size > 200
    assert leaks(paper, words=WORDS[1:]) == [], "a first name may stand on a slip, and no more"
    (stick / "leak").write_text(f"… {WORDS[1]} …", encoding="utf-16-le")
    assert leaks(stick, words=WORDS) == [("leak", WORDS[1])], "the scan would see one"
