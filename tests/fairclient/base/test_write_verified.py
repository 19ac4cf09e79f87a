"""A file for a stick: read back before it takes the old one's place; disks that fill up, sticks that lie."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fairclient.base import files
from fairclient.base.errors import DiskFull, HomeNotWritable, NotAsWritten
from fairclient.base.files import write_verified

OLD, NEW = b"the old bundle", b"the new bundle" * 5000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A bundle that stood on the stick before."""
    path = tmp_path / "bundle.age"
    write_verified(path, OLD)
    return path


@contextmanager
def small_disk(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``limit`` bytes: writing fails half-way, for real."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def intact(target: Path) -> bool:
    return target.read_bytes() == OLD and list(target.parent.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_fills_up_half_way(target: Path) -> None:
    with small_disk(20_000), pytest.raises(DiskFull):
        write_verified(target, NEW)
    assert intact(target)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENODEV, errno.EROFS])
def test_a_stick_that_is_pulled(target: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int) -> None:
    def pulled(*_args: object) -> None:
        raise OSError(error, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, pulled)
        with pytest.raises(HomeNotWritable):
            write_verified(target, NEW)
    assert intact(target)


def test_a_stick_that_keeps_something_else_is_told_before_the_old_one_goes(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def lying(descriptor: int) -> None:
        real(descriptor)
        aside = target.with_name(target.name + ".new")
        if aside.exists() and aside.stat().st_size == len(NEW):
            aside.write_bytes(NEW[:-1] + b"?")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lying)
        with pytest.raises(NotAsWritten):
            write_verified(target, NEW)
    assert intact(target)


def test_one_that_changes_when_it_has_its_name_is_told_too(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swapped(source: Path, into: Path) -> None:
        source.unlink()
        into.write_bytes(b"zeros")

    monkeypatch.setattr(files, "replace", swapped)
    with pytest.raises(NotAsWritten):
        write_verified(target, NEW)


def test_what_is_written_is_what_is_read(target: Path) -> None:
    import hashlib

    assert write_verified(target, NEW) == hashlib.sha256(NEW).hexdigest()
    assert target.read_bytes() == NEW and list(target.parent.iterdir()) == [target]
