"""Follows the focus on one page, as long as the page lives, and moves it on."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

_exiting = Event()
atexit.register(_exiting.set)
"""After this PySide takes down whatever is left, one widget after another and in no order of ours."""


class FocusWatch(QObject):
    """Tells ``moved`` what lost and what got the focus, while ``page`` can be seen.

    A window that is torn down moves the focus from widget to widget while they go: nothing is told then.
    """

    def __init__(self, page: QWidget, moved: Callable[[QWidget | None, QWidget | None], None]) -> None:
        super().__init__(page)
        self._page = page
        self._moved = moved
        self._window: QWidget | None = None
        self._gone = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._gone or _exiting.is_set() or not isValid(self._page) or not self._page.isVisible():
            return
        self._heed(self._page.window())
        self._moved(_alive(old), _alive(new))

    def _heed(self, window: QWidget) -> None:
        """Hear of the window's end: it is told before the first of its widgets goes."""
        if window is not self._window:
            self._window = window
            window.destroyed.connect(self._end)

    def _end(self) -> None:
        self._gone = True


def go_on(event: QKeyEvent, page: QWidget, parts: Iterable[QWidget]) -> bool:
    """Let the number pad's Enter go on as Tab does within ``parts``, and press a button; whether it did.

    The large Enter does nothing there: a scanner ends its lines with it, and would spread them over fields.
    """
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    focus = QApplication.focusWidget()
    if event.key() != Qt.Key.Key_Enter or held or event.isAutoRepeat() or focus is None:
        return False
    if not any(part.isAncestorOf(focus) for part in parts):
        return False
    if isinstance(focus, QAbstractButton) and not focus.isCheckable():
        focus.click()
    else:
        page.focusNextChild()
    return True


def _alive(widget: QWidget | None) -> QWidget | None:
    return widget if widget is not None and isValid(widget) else None
