"""A pair of hands at the real window: they see what has the focus, press keys, and wait until it rests."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.base.settings import DESK, LANGUAGE, SLIP_FORMAT, Settings
from fairclient.ui.app import open_window
from fairclient.ui.main_window import MainWindow
from fairclient.ui.pages.page import Page

SIZE = (1366, 768)
_PATIENCE_S = 60
_MOMENT_S = 0.6
_AFTER_SCAN_S = 0.3
_LAYOUT_S = 0.5
_CTRL = Qt.KeyboardModifier.ControlModifier

_NOT_HERE = ("This plugin does not support", "PulseAudioService")


class Stuck(Exception):
    """The window did not do what was waited for."""


class Hands:
    """Opens a laptop's window, unlocks it by typing, and works it by keys; closes it at the end of `with`."""

    def __init__(self, app: QApplication, home: Home, passphrase: str, *, desk: str = "") -> None:
        settings = Settings(home.settings)
        settings.set(LANGUAGE, "es")
        settings.set(SLIP_FORMAT, "roll80")
        if desk:
            settings.set(DESK, desk)
        self._app = app
        self.window: MainWindow = open_window(app, home, SystemClock())
        self.window.resize(*SIZE)
        self.until(lambda: isinstance(app.focusWidget(), QLineEdit), "the passphrase field")
        self._passphrase = passphrase

    def __enter__(self) -> Hands:
        self.keys(self._passphrase)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.window.workspace is not None and self.window.gate is None, "the workspace")
        self.rest()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, 0)
        self._app.processEvents()

    def open(self, name: str, key: Qt.Key) -> Page:
        """Open a page by its key and return it."""
        self.press(key)
        workspace = self.window.workspace
        if workspace is None:
            raise Stuck("nobody has entered")
        self.until(lambda: name == workspace.current_page().NAME, f"the page {name}")
        self.rest()
        return workspace.current_page()

    def focus(self) -> QWidget:
        """Return what has the focus."""
        focus = self._app.focusWidget()
        if focus is None:
            self.window.activateWindow()
            self.until(lambda: self._app.focusWidget() is not None, "the focus")
            focus = self._app.focusWidget()
        if focus is None:
            raise Stuck("nothing has the focus")
        return focus

    def keys(self, text: str) -> None:
        """Type some letters; a tab is the Tab key."""
        for letter in text:
            if letter == "\t":
                self.press(Qt.Key.Key_Tab)
            elif letter.isascii():
                QTest.keyClicks(self.focus(), letter)
            else:
                self._type_accented(letter)

    def _type_accented(self, letter: str) -> None:
        """Send a letter that QTest can't name a key for, as an input method would."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            self._app.sendEvent(self.focus(), event)

    def over(self, text: str) -> None:
        """Type over whatever the field holds."""
        self.press(Qt.Key.Key_A, _CTRL)
        self.keys(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self.focus(), key, modifier)

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, _CTRL)

    def alt(self, key: Qt.Key) -> None:
        """Press a key with Alt."""
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def scan(self, text: str) -> None:
        """Do what a scanner of the keyboard kind does: type the text at once, and Enter."""
        QTest.keyClicks(self.focus(), text)
        self.press(Qt.Key.Key_Return)
        # Keys that follow within an instant would belong to the scanner: no hand is that quick.
        self.pause(_AFTER_SCAN_S)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way on the database's lane."""
        self.until(self.window.runner.is_idle, "the work to end")

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so.

        Raises Stuck after a minute.
        """
        end = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > end:
                raise Stuck(f"waited in vain for {what}")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def pause(self, seconds: float = _MOMENT_S) -> None:
        """Take the hands off the keys for a moment."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end, "a moment to pass")

    def picture(self, file: Path) -> None:
        """Keep what the window shows as a PNG, once it has found its layout: that takes several turns."""
        self.rest()
        self.pause(_LAYOUT_S)
        self.window.grab().save(str(file))


def _say(_kind: QtMsgType, where: QMessageLogContext, message: str) -> None:
    """Print what Qt says, but for what a screen or a sound card that isn't there can't do."""
    category: str = getattr(where, "category", None) or ""
    if not category.startswith("qt.multimedia") and not message.startswith(_NOT_HERE):
        sys.stderr.write(f"{message}\n")


def application() -> QApplication:
    """Return the Qt application: on the screen where there is one, else on none."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["fairclient-demo"])
    if not isinstance(app, QApplication):
        raise Stuck("another kind of Qt application is running")
    QObject.setObjectName(app, "fairclient-demo")
    if app.platformName() == "offscreen":
        qInstallMessageHandler(_say)
    return app
