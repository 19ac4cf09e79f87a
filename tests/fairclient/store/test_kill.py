"""Shown as saved means saved: the program is killed in the middle of its work, again and again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store import journal
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.replay import replay
from tests.fairclient.store.making import KEY, Fair, enrol, open_here

ROOT = Path(__file__).parents[3]


def _register_and_kill(home: Home, after: int) -> list[str]:
    """Start the registering program, kill it once it has said ``after`` ids, and give all that it said."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.fairclient.store.registering", str(home.dir)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert program.stdout is not None
    with program:
        said = [program.stdout.readline().strip() for _ in range(after)]
        program.kill()
        said += [line.strip() for line in program.stdout if line.endswith("\n")]
    return said


@pytest.mark.parametrize(
    "statement", ["UPDATE journal", "INSERT OR REPLACE INTO visit", "INSERT INTO search_key"]
)
def test_a_death_between_two_statements_leaves_no_half(
    home: Home, clock: FixedClock, fair: Fair, statement: str
) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
    program = subprocess.run(
        [sys.executable, "-m", "tests.fairclient.store.registering", str(home.dir), statement],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        check=False,
    )
    assert program.returncode == 9
    said = program.stdout.split()
    assert 1 <= len(said) <= 2
    with open_here(home, KEY, clock) as store:
        with store.read() as session:
            entries = [entry for entry, _digest in journal.every(session) if entry.header.author]
            kept = {entry.header.subject for entry in entries if entry.header.kind == "attendee"}
            assert kept == set(said)
            assert all(people.person(session, person) is not None for person in said)
        assert check(store) == [] and replay(store).identical


@pytest.mark.parametrize("rounds", [(1, 37)])
def test_what_was_said_to_be_saved_is_there_after_a_kill(
    home: Home, clock: FixedClock, fair: Fair, rounds: tuple[int, ...]
) -> None:
    with open_here(home, KEY, clock) as store:
        enrol(store, fair, "A")
    said: list[str] = []
    for after in rounds:
        said += _register_and_kill(home, after)
        with open_here(home, KEY, clock) as store:
            with store.read() as session:
                assert all(people.person(session, person) is not None for person in said)
                attendees = session.connection().exec_driver_sql("SELECT count(*) FROM attendee").scalar_one()
            # What the kill cut off is either whole or not there; at most one registration wasn't said.
            assert len(said) <= attendees <= len(said) + len(rounds)
            assert check(store) == []
            assert replay(store).identical
            assert store.identity.incarnation == 1
    assert len(said) >= sum(rounds)
    with open_here(home, KEY, clock) as store:
        store.backup()
    assert all(copy.suffix == ".db" for copy in home.backups.iterdir())
