"""A field: label, editor, and beneath it what is wrong with the answer, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.picture import Picture, at_top
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_ICONS = {"warn": ("warn", "warn_ink"), "refuse": ("danger", "danger_ink")}


class Field(QWidget):
    """An editor under its label.

    ``hint`` stands beside the label, quieter; ``key`` is the cap on the right. ``set_finding`` puts a
    sentence beneath: level ``warn`` (amber, worth a look) or ``refuse`` (red, can't be saved so).
    """

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        # Alone on its line, a long question wraps; beside a hint or a key it is short by design.
        self._label = Text(label, "label", wrap=not (hint or key))
        self._label.setBuddy(editor)
        # A long hint is cut by a narrow column; it never widens the column.
        self._hint = Text(hint, "hint", elide=True)
        self._mark = Picture("warn", "warn_ink", 16)
        self._finding = Text("", "warn", wrap=True)
        self._level = ""
        self._lay_out(key)
        for part in (self._mark, self._finding):
            part.hide()
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)

    def label(self) -> str:
        """The words of the label."""
        return self._label.text()

    def set_label(self, label: str, look: str = "label") -> None:
        """Change the words of the label, and how they look."""
        self._label.setText(label)
        self._label.set_look(look)
        self.editor.setAccessibleName(label)

    def level(self) -> str:
        """``""``, ``"warn"`` or ``"refuse"``."""
        return self._level

    def finding(self) -> str:
        """The sentence beneath the editor."""
        return self._finding.text()

    def set_finding(self, words: str, level: str = "warn") -> None:
        """Say ``words`` beneath the editor; an empty text takes them away."""
        self._level = level if words else ""
        self._finding.setText(words)
        show_if(bool(words), self._finding)
        show_if(bool(words), self._mark)
        if words:
            self._mark.show_picture(*_ICONS[level])
            self._finding.set_look(level)
        self._paint_editor(words)

    def _paint_editor(self, words: str) -> None:
        self.editor.setAccessibleDescription(words or self._hint.text())
        if (self.editor.property("finding") or "") != self._level:
            self.editor.setProperty("finding", self._level)
            theme.restyle(self.editor)

    def _lay_out(self, key: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SNUG)
        top.addWidget(self._label, 1 if self._label.wordWrap() else 0)
        if not self._label.wordWrap():
            top.addWidget(self._hint, 1)
        if key:
            top.addWidget(KeyCap(key))
        below = QHBoxLayout()
        below.setSpacing(theme.TIGHT)
        below.addLayout(at_top(self._mark))
        below.addWidget(self._finding, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.editor)
        column.addLayout(below)
