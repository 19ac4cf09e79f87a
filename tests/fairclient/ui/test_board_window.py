"""The board of turns beside the window: it stays while the laptop is locked, and goes with the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import Settings
from fairclient.ui.main_window import MainWindow
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.usecases.workplace import Workplace


def test_the_board_stays_while_the_laptop_is_locked(
    qtbot: QtBot, show: Callable[[QWidget], None], practice_home: Home, place: Workplace, clock: FixedClock
) -> None:
    window = MainWindow(practice_home, clock, Settings(practice_home.settings), place)
    show(window)
    assert window.workspace is not None
    window.workspace.open_page("desk")
    qtbot.waitUntil(window.runner.is_idle)
    page = window.workspace.current_page()
    assert isinstance(page, DeskPage)
    page.show_board.click()
    qtbot.waitUntil(window.runner.is_idle)
    board = page.board
    assert board is not None and board.isVisible()
    window.lock()
    assert window.gate is not None
    assert board.isVisible() and "Espere su turno" in board.words()
    board.close()
    window.close()
