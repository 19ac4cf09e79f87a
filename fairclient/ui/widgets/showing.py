"""Showing and hiding parts, also before they stand in a window."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtWidgets import QWidget


def show_if(shown: bool, *widgets: QWidget) -> None:
    """Show or hide ``widgets``.

    Qt would open a widget that has no parent yet as a window of its own, which takes the focus away for a
    moment; such a one is only left to be shown with its parent.
    """
    for widget in widgets:
        if shown and widget.parentWidget() is None:
            widget.setAttribute(QtCore.Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            widget.setVisible(shown)
