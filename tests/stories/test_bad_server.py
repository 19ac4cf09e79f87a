"""Bad days of the centre's own commands: the port taken, its database damaged, gone, newer, locked, full."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sync.server.database import engine as databases
from sync.server.migrations import HEAD
from tests.stories.test_bad_files import Damage, cut, emptied, flipped, foreign, removed
from tests.sync.server.command import Commands, Ran


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a centre was set up; each test works on a copy."""
    folder = tmp_path_factory.mktemp("set-up")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["fairserver", "init", "--database", str(folder / "centre.db")])
        from sync.server.cli.main import app

        app(standalone_mode=False)
    return folder


@pytest.fixture
def file(set_up: Path, tmp_path: Path) -> Path:
    """The database of a centre."""
    shutil.copytree(set_up, tmp_path / "centre")
    return tmp_path / "centre" / "centre.db"


@pytest.fixture
def fairserver(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Run the centre's commands on that database."""
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0)
    return Commands(str(file), monkeypatch, capsys)


def told(ran: Ran) -> str:
    """Return the sentences of a command that must be refused in words."""
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("fairserver: ")
    assert ran.err.strip().endswith(".")
    assert "fault of the program" not in ran.err
    return ran.err


def test_a_port_that_is_taken_is_named_with_what_to_do(fairserver: Commands) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = told(fairserver("serve", "--listen", f"127.0.0.1:{port}"))
    assert f"Port {port} is taken by another program." in words
    assert "choose another port with --listen" in words


@pytest.mark.parametrize("command", ["serve", "state", "enrolment-code"])
@pytest.mark.parametrize("damage", [flipped, cut, emptied, foreign, removed])
def test_a_damaged_or_missing_database_is_said_and_left_alone(
    fairserver: Commands, file: Path, damage: Damage, command: str
) -> None:
    damage(file)
    left = file.read_bytes() if file.exists() else None
    words = told(fairserver(command))
    assert "from your backup: laptops send again what it lacks" in words
    assert (file.read_bytes() if file.exists() else None) == left


def test_a_database_that_never_was_is_set_up_first(fairserver: Commands, tmp_path: Path) -> None:
    missing = tmp_path / "nothing.db"
    for command in ("serve", "state", "upgrade"):
        assert "There is no database" in told(fairserver(command, "--database", str(missing)))
    assert not missing.exists()


def test_a_database_of_a_newer_version_is_refused(fairserver: Commands, file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in ("serve", "state", "upgrade"):
        words = told(fairserver(command))
        assert f"version 9999, newer than this program ({HEAD}). Install the newer fairserver." in words


def test_a_database_that_another_program_holds_is_said(fairserver: Commands, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert "Another program has locked the database." in told(fairserver("enrolment-code"))
    assert fairserver("enrolment-code").code == 0


def test_a_full_disk_is_said_and_a_second_try_finds_nothing_in_its_way(
    fairserver: Commands, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = databases._prepare_sqlite

    def on_a_full_disk(raw: Any, record: Any) -> None:
        prepare(raw, record)
        raw.execute("PRAGMA max_page_count = 1")

    fresh = ("init", "--database", str(tmp_path / "fresh.db"))
    with monkeypatch.context() as patch:
        patch.setattr(databases, "_prepare_sqlite", on_a_full_disk)
        assert "The disk is full" in told(fairserver(*fresh))
    assert fairserver(*fresh).code == 0
