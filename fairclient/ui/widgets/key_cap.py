"""The small cap that shows which key does something."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from fairclient.ui.widgets.text import Text


class KeyCap(Text):
    """A key as it is written on the keyboard, such as ``Ctrl+Enter``; it is shown, never pressed."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "keycap", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
