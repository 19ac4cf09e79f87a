"""An action that is hit in a hurry: taller than the others."""

from __future__ import annotations

from PySide6.QtCore import QSize

from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton


class BigAction(ActionButton):
    """An ActionButton half a row taller."""

    def sizeHint(self) -> QSize:
        """As wide as its words, and taller."""
        return QSize(super().sizeHint().width(), theme.scaled(theme.ROW + 18))
