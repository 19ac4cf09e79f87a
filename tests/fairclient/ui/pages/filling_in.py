"""Run as a program: fills in the registration page offscreen, says what was left, and waits to be killed.

Started by ``test_register_kept.py``, which pulls the plug. The second argument is what is done: keys as
they are typed, a tab is the Tab key, and ``save`` saves with the next of the family to follow.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.runner import Runner
from tests.fairclient.store.making import KEY, open_here
from tests.fairclient.ui.pages.tent import at_work


def main(home: Home, keys: str) -> None:
    """Type, save, and stay until killed."""
    app = QApplication([])
    clock = FixedClock()
    place = at_work(home, open_here(home, KEY, clock), clock)
    runner = Runner()
    page = RegisterPage(place, runner, lambda changed: None)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    _rest(app, runner)
    first = page.first_focus()
    assert first is not None
    first.setFocus()
    for part in keys.split("|"):
        _do(page, part)
        _rest(app, runner)
        print("left", flush=True)
    app.exec()


def _do(page: RegisterPage, part: str) -> None:
    if part == "save":
        page.next_of_family()
        return
    for letter in part:
        focus = QApplication.focusWidget()
        assert focus is not None
        if letter == "\t":
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        else:
            QTest.keyClicks(focus, letter)


def _rest(app: QApplication, runner: Runner) -> None:
    while True:
        app.processEvents()
        if runner.is_idle():
            return


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])), sys.argv[2])
