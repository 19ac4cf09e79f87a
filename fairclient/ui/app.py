"""Starts the window: the application, its look and language, and the last net for what nobody caught."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fairclient.base import log, words
from fairclient.base.clock import Clock, SystemClock
from fairclient.base.home import Home
from fairclient.base.settings import HIGH_CONTRAST, LANGUAGE, TEXT_PERCENT, Settings
from fairclient.ui import theme
from fairclient.ui.main_window import MainWindow
from fairclient.ui.trouble import notice_of

if TYPE_CHECKING:  # the window is there before the store
    from fairclient.usecases.workplace import Workplace

LOG_AFTER_MS = 250
"""The window takes the first key before the log is opened."""


def run(home: Home, place: Workplace | None = None, language: str = "") -> int:
    """Open the window on ``home`` and return the exit code when it is closed.

    With a ``place`` that is open already nobody is asked for a passphrase. A ``language`` counts for this
    time, "" is the one chosen before.
    """
    # One base style on every system, so that the style sheet means the same everywhere.
    os.environ.setdefault("QT_STYLE_OVERRIDE", "Fusion")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    window = open_window(app, home, SystemClock(), place, language)
    sys.excepthook = _tell_in(window)
    return app.exec()


def open_window(
    app: QApplication, home: Home, clock: Clock, place: Workplace | None = None, language: str = ""
) -> MainWindow:
    """Dress ``app`` as the home's options say and show the window."""
    settings = Settings(home.settings)
    kept = settings.get(LANGUAGE) if settings.kept(LANGUAGE) else words.language_of_the_machine()
    words.set_language(language or kept)
    theme.install(app, sunlight=settings.get(HIGH_CONTRAST), percent=settings.get(TEXT_PERCENT))
    window = MainWindow(home, clock, settings, place)
    window.show()
    if window.workspace is not None:
        window.workspace.take_focus()
    QTimer.singleShot(LOG_AFTER_MS, window, lambda: log.start_in(home.logs))
    return window


def _tell_in(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """The last net: what a slot let fall is a bug of ours, written down and told by its reference."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
        elif window.workspace is not None:
            window.workspace.tell(error)
        else:
            notice_of(error)

    return tell
