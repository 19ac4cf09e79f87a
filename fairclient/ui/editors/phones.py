"""One telephone or several, each with whose it is when it is not the person's own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain.answers import MOST_PHONES, part_key
from fairclient.domain.questions import Question
from fairclient.ui import icons, theme
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.showing import show_if

_FIELD = "phones"


class PhonesAnswer(Answer):
    """Rows of numbers; the button opens whose it is and one row more."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, QWidget())
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SNUG)
        self.rows: list[PhoneRow] = []
        self._set_rows(1)

    def read(self) -> dict[str, str]:
        """All numbers, without gaps."""
        filled = [row for row in self.rows if row.number.text().strip()]
        form = {}
        for at, row in enumerate(filled):
            form[part_key(_FIELD, at, "number")] = row.number.text().strip()
            if row.owner.text().strip():
                form[part_key(_FIELD, at, "owner")] = row.owner.text().strip()
        return form

    def show(self, form: Mapping[str, str]) -> None:
        """Show every number of the form."""
        found = [
            (form.get(part_key(_FIELD, at, "number"), ""), form.get(part_key(_FIELD, at, "owner"), ""))
            for at in range(MOST_PHONES)
        ]
        last = max((at for at, parts in enumerate(found) if any(parts)), default=0)
        self._set_rows(last + 1)
        for row, (number, owner) in zip(self.rows, found, strict=False):
            row.number.setText(number)
            row.owner.setText(owner)
            row.show_owner(bool(owner) or last > 0)

    def add_row(self) -> None:
        """Ask whose the numbers are, and for one more."""
        if self.rows[0].owner.isHidden():
            self.rows[0].show_owner(True)
            self.rows[0].owner.setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(self.rows) < MOST_PHONES:
            self._set_rows(len(self.rows) + 1)
            self.rows[-1].show_owner(True)
            self.rows[-1].number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def _set_rows(self, count: int) -> None:
        while len(self.rows) > count:
            self.rows.pop().deleteLater()
        while len(self.rows) < count:
            row = PhoneRow(self.question, first=not self.rows)
            row.edited.connect(self.edited)
            row.more_wanted.connect(self.add_row)
            self._column.addWidget(row)
            self.rows.append(row)
        self.widget.setFocusProxy(self.rows[0].number)
        self.grown.emit()


class PhoneRow(QWidget):
    """One number.

    Signals:
        edited(): a person changed something.
        more_wanted(): it is somebody else's, or there is another one.
    """

    edited = Signal()
    more_wanted = Signal()

    def __init__(self, question: Question, *, first: bool) -> None:
        super().__init__()
        self.number = QLineEdit()
        self.number.setAccessibleName(_("Número de teléfono"))
        self.number.setMaxLength(2 * question.longest)
        self.number.setFont(theme.tabular(self.number.font()))
        self.owner = QLineEdit()
        self.owner.setAccessibleName(_("De quién es el teléfono"))
        self.owner.setPlaceholderText(_("de quién es"))
        self.owner.setMaxLength(60)
        self.show_owner(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.number, 3)
        row.addWidget(self.owner, 2)
        if first:
            row.addWidget(self._more_button())
        for line in (self.number, self.owner):
            line.textEdited.connect(self.edited)

    def show_owner(self, shown: bool) -> None:
        """Ask whose it is, or take it for the person's own."""
        show_if(shown, self.owner)

    def _more_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "beside")
        button.setIcon(icons.icon("plus", theme.current().ink))
        words = _("Otro teléfono, o de quién es")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(self.more_wanted)
        return button
