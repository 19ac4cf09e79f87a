"""The open store is looked after while people work: off the window's thread, and behind a locked screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.files import disk_full
from fairclient.base.home import Home
from fairclient.base.settings import Settings
from fairclient.store import backup
from fairclient.store.database import Store
from fairclient.ui.main_window import MainWindow
from fairclient.ui.tending import EVERY_MS
from fairclient.usecases.workplace import Workplace


@pytest.fixture
def window(place: Workplace, clock: FixedClock, show: Callable[[QWidget], None]) -> Iterator[MainWindow]:
    window = MainWindow(place.home, clock, Settings(place.home.settings), place)
    show(window)
    yield window
    window.close()


def _round(qtbot: QtBot, window: MainWindow) -> None:
    window.tending._timer.timeout.emit()
    qtbot.waitUntil(window.runner.is_idle)


def test_a_copy_is_made_beside_the_work_and_the_next_an_hour_later(
    qtbot: QtBot, window: MainWindow, practice_home: Home, clock: FixedClock
) -> None:
    assert window.tending._timer.isActive()
    assert window.tending._timer.interval() == EVERY_MS == 60_000
    _round(qtbot, window)
    assert len(backup.copies(practice_home)) == 1
    clock.advance(59 * 60)
    _round(qtbot, window)
    assert len(backup.copies(practice_home)) == 1
    window.lock()
    clock.advance(60)
    _round(qtbot, window)
    assert len(backup.copies(practice_home)) == 2


def test_the_window_never_does_it_itself_and_a_full_disk_is_told_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def full(_store: Store) -> Path | None:
        threads.append(threading.current_thread().name)
        raise disk_full()

    monkeypatch.setattr(Store, "tend", full)
    told: list[Exception] = []
    window.tending.failed.connect(told.append)
    for _minute in range(3):
        _round(qtbot, window)
    assert len(threads) == 3
    assert all(name.startswith("network") for name in threads)
    assert len(told) == 1
    assert window.workspace is not None
    assert window.workspace.banner.isVisible()
