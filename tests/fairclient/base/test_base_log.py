"""The log tells where a bug is and never whom it was about."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base import log, log_file


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    log.stop()


def _fail(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no such person: {name}") from error


def test_a_bug_is_written_with_its_place_but_without_the_value(tmp_path: Path) -> None:
    log.start(tmp_path)
    try:
        _fail("Quetzalina Canaria")
    except ValueError as error:
        reference = log.bug(error)
    text = (tmp_path / log.FILE).read_text(encoding="utf-8")
    assert reference in text
    assert "ValueError" in text and "KeyError" in text and "in _fail" in text
    assert "Quetzalina" not in text


def test_the_log_turns_over_and_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "MAX_BYTES", 2_000)
    logger = log.start(tmp_path)
    for number in range(400):
        logger.info("opened %d", number)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + log_file.KEPT
    assert all(file.stat().st_size <= 2_000 for file in files)


def test_starting_again_moves_the_log(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    log.start(tmp_path / "a").info("one")
    log.start(tmp_path / "b").info("two")
    assert "two" not in (tmp_path / "a" / log.FILE).read_text()
    assert "two" in (tmp_path / "b" / log.FILE).read_text()


def test_what_another_handler_told_of_an_exception_is_not_taken_over(tmp_path: Path) -> None:
    logger = log.start(tmp_path)
    other = logging.StreamHandler(io.StringIO())
    logger.handlers.insert(0, other)
    try:
        log.bug(KeyError("Quetzalina Canaria"))
    finally:
        logger.removeHandler(other)
        log.stop()
    assert "Quetzalina" not in (tmp_path / log.FILE).read_text(encoding="utf-8")
