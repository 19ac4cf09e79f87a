"""Small files are written whole or not at all, and the disk's refusals become words."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from fairclient.base.errors import DiskFull, HomeMissing, HomeNotWritable, SayError, TooManyTries
from fairclient.base.files import write_aside, write_whole
from fairclient.base.home import Home


def test_the_old_file_stays_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "keys.json"
    write_whole(target, b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write_whole(target, b"new" * 1000)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_a_refused_folder_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(HomeNotWritable):
        write_whole(tmp_path / "x", b"1")
    assert list(tmp_path.iterdir()) == []


def test_a_file_held_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.replace, iter([True, True, False])

    def held(source: Path, target: Path) -> None:
        if next(calls):
            raise PermissionError(errno.EACCES, "an antivirus reads it")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    write_whole(tmp_path / "x", b"1")
    assert (tmp_path / "x").read_bytes() == b"1"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps private folders by its own lists")
def test_files_and_folders_are_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    write_whole(home.keys, b"{}")
    assert home.keys.stat().st_mode & 0o777 == 0o600
    assert home.dir.stat().st_mode & 0o777 == 0o700


def test_a_home_under_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HomeNotWritable) as refused:
        Home(tmp_path / "file" / "home").create()
    assert str(tmp_path / "file" / "home") in str(refused.value)
    with pytest.raises(HomeNotWritable):
        Home(tmp_path / "file").create()


def test_a_read_only_home_is_not_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path).create()

    def read_only(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "touch", read_only)
    with pytest.raises(HomeNotWritable):
        home.create()


def test_a_home_that_was_never_set_up_is_missing(tmp_path: Path) -> None:
    with pytest.raises(HomeMissing):
        Home(tmp_path).require()
    (tmp_path / "keys.json").write_text("{}")
    assert Home(tmp_path).require() == Home(tmp_path)


def test_an_error_reads_as_its_sentences_and_keeps_a_code() -> None:
    assert str(SayError("Pasó esto.", do="Haga esto.")) == "Pasó esto. Haga esto."
    assert TooManyTries("Espere.", seconds=8).code == "too-many-tries"
    assert SayError("x", code="own").code == "own"


def test_a_file_that_fails_halfway_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    write_whole(target, b"old")
    with pytest.raises(ZeroDivisionError), write_aside(target) as out:
        out.write(b"half" * (1 // 0))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(HomeNotWritable), write_aside(tmp_path / "missing" / "x"):
        pytest.fail("there is nothing to write to")
