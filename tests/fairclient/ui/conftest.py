"""What window tests stand on: the fictional fair in a home of its own, a runner, a dressed application."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.slots import Cost
from fairclient.ui import theme
from fairclient.ui.palette import INDOORS
from fairclient.ui.runner import Runner
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace

PASSPHRASE = "cuatro palabras de prueba"
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the fictional fair, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("practice") / "home"
    practice_fair(Home(folder), PASSPHRASE, FixedClock(), "Rosa Elena Pérez", CHEAP).close()
    return folder


@pytest.fixture
def practice_home(practice_template: Path, tmp_path: Path) -> Home:
    """A laptop on which the fictional fair has been opened before."""
    shutil.copytree(practice_template, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def place(practice_home: Home, clock: FixedClock) -> Iterator[Workplace]:
    """Rosa is at work at point A."""
    place = unlock(practice_home, PASSPHRASE, clock)
    yield place
    place.close()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    """The window's threads, joined at the end."""
    with Runner() as runner:
        yield runner


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Callable[[QWidget], None]:
    """Dress and show a widget as the active window, at the size of an old laptop's screen."""

    def showing(widget: QWidget) -> None:
        if not qapp.styleSheet() or theme.current() is not INDOORS:
            theme.install(qapp)  # dressing every widget anew takes a second
        qtbot.addWidget(widget)
        widget.resize(1366, 768)
        widget.show()
        widget.activateWindow()
        assert QTest.qWaitForWindowActive(widget)

    return showing
