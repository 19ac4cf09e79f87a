"""Starts the window: the application, its look and language, and the last net for what nobody caught."""

from __future__ import annotations

import gc
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

SETTLED_AFTER_MS = 4_000
"""By then the libraries that the work needs are loaded."""


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
    _settle_once(window)
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


def _settle_once(window: MainWindow) -> None:
    """Once, a moment after somebody came in."""
    later = QTimer(window)
    later.setSingleShot(True)
    later.setInterval(SETTLED_AFTER_MS)
    later.timeout.connect(_leave_out_of_collections)
    later.timeout.connect(lambda: window.entered.disconnect(later.start))
    window.entered.connect(later.start)
    if window.place is not None:
        later.start()


def _leave_out_of_collections() -> None:
    """What is there once the work has begun stays until the end.

    A full garbage collection would look through it each time, some 150,000 objects: a tenth of a second of
    the window's time, and more on an old laptop, in the middle of somebody's typing.
    """
    gc.collect()
    gc.freeze()


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
