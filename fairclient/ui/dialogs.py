"""Questions that must be answered before going on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text


class Question(QDialog):
    """What would happen, in a sentence, and two buttons named by what they do."""

    def __init__(
        self, parent: QWidget, title: str, text: str, yes: str, no: str = "", *, danger: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty("look", "dialog")
        self.yes = ActionButton(yes, "Ctrl+Enter", primary=not danger, danger=danger)
        self.no = ActionButton(no or _("Volver"), "Esc")
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self._lay_out(title, text, danger)
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, title: str, text: str, danger: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.SNUG)
        words.addWidget(Text(title, "title", wrap=True))
        words.addWidget(Text(text, "soft", wrap=True))
        top = QHBoxLayout()
        top.setSpacing(theme.ROOMY)
        mark = Picture("warn", "danger_ink" if danger else "accent_ink", 32)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SNUG)
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, theme.ROOMY)
        column.setSpacing(24)
        column.addLayout(top)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.scaled(460))


def confirm(parent: QWidget, title: str, text: str, yes: str, no: str = "", *, danger: bool = False) -> bool:
    """Ask, and wait for the answer; whether it was yes. Escape is no."""
    question = Question(parent, title, text, yes, no, danger=danger)
    answer = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return answer
