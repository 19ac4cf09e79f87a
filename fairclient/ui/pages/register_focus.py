"""Follows the focus on one page, as long as the page lives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusWatch(QObject):
    """Tells ``moved`` what lost and what got the focus, while ``page`` can be seen.

    A window that is torn down moves the focus from widget to widget while they go: nothing is told then.
    """

    def __init__(self, page: QWidget, moved: Callable[[QWidget | None, QWidget | None], None]) -> None:
        super().__init__(page)
        self._page = page
        self._moved = moved
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if isValid(self._page) and self._page.isVisible():
            self._moved(_alive(old), _alive(new))


def _alive(widget: QWidget | None) -> QWidget | None:
    return widget if widget is not None and isValid(widget) else None
