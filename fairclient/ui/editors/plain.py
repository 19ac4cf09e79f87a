"""Free text, on one line or on several."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from fairclient.domain.normalise import name_case
from fairclient.domain.questions import Question
from fairclient.ui import theme
from fairclient.ui.editors.answer import Answer

# More may be pasted than the rule allows, so that the rule can say so; but not a book.
_ROOM = 4
_NAMES = frozenset({"given_names", "first_surname", "second_surname"})


class TextAnswer(Answer):
    """One line."""

    def __init__(self, question: Question) -> None:
        self.line = QLineEdit()
        super().__init__(question, self.line)
        self.line.setMaxLength(_ROOM * question.longest)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.settle)

    def read(self) -> dict[str, str]:
        """The text."""
        return self.one(self.line.text().strip())

    def show(self, form: Mapping[str, str]) -> None:
        """Show the text from its beginning."""
        self.line.setText(form.get(self.question.key, ""))
        self.line.setCursorPosition(0)

    def settle(self) -> None:
        """Give a name its large initials, where it was typed in small letters only."""
        text = self.line.text()
        if self.question.key in _NAMES and name_case(text) != text:
            self.line.setText(name_case(text))


class ParagraphAnswer(Answer):
    """Several lines; Tab leaves, as everywhere."""

    def __init__(self, question: Question) -> None:
        self.text = QPlainTextEdit()
        super().__init__(question, self.text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.scaled(3 * theme.ROW))
        self.text.textChanged.connect(self._changed)
        self._quiet = False

    def read(self) -> dict[str, str]:
        """The text."""
        return self.one(self.text.toPlainText().strip()[: _ROOM * self.question.longest])

    def show(self, form: Mapping[str, str]) -> None:
        """Show the text."""
        self._quiet = True
        self.text.setPlainText(form.get(self.question.key, ""))
        self._quiet = False

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()
