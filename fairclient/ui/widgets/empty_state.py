"""What stands where there is nothing yet: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text


class EmptyState(QWidget):
    """A drawing, a sentence, a quieter one, and perhaps an ``action`` (an ActionButton)."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = Picture(icon, "accent_ink", 40)
        self._title = Text(title, "strong", wrap=True)
        self._text = Text(text, "soft", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SNUG)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        if action is not None:
            column.addSpacing(theme.SNUG)
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "", icon: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        show_if(bool(text), self._text)
        if icon:
            self._picture.show_picture(icon, "accent_ink")
        self.setAccessibleName(f"{title} {text}".strip())
