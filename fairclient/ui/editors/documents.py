"""One paper or several: type, number, and where the paper has them country and expiry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStyleOptionComboBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fairclient.base.words import _, language
from fairclient.domain.answers import MOST_DOCUMENTS, part_key
from fairclient.domain.catalogues import DocumentType, document_type, document_types
from fairclient.domain.document_numbers import LONGEST
from fairclient.domain.expiry import parse_expiry
from fairclient.domain.normalise import fold
from fairclient.domain.questions import Question
from fairclient.ui import icons, theme
from fairclient.ui.editors.answer import Answer
from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.date_field import day_text
from fairclient.ui.widgets.showing import show_if

_FIELD = "documents"


class DocumentsAnswer(Answer):
    """Rows of papers; the first is always there, the button at its end adds another."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, QWidget())
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SNUG)
        self.rows: list[PaperRow] = []
        self._set_rows(1)

    def read(self) -> dict[str, str]:
        """All papers of which anything was typed, without gaps."""
        filled = [parts for row in self.rows if (parts := row.read())]
        return {
            part_key(_FIELD, at, part): text
            for at, parts in enumerate(filled)
            for part, text in parts.items()
        }

    def show(self, form: Mapping[str, str]) -> None:
        """Show every paper of the form."""
        papers = [_parts(form, at) for at in range(MOST_DOCUMENTS)]
        last = max((at for at, parts in enumerate(papers) if any(parts.values())), default=0)
        self._set_rows(last + 1)
        for row, parts in zip(self.rows, papers, strict=False):
            row.show_parts(parts)

    def add_row(self) -> None:
        """One more paper, and the focus on it."""
        if len(self.rows) < MOST_DOCUMENTS:
            self._set_rows(len(self.rows) + 1)
            self.rows[-1].kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_rows(self, count: int) -> None:
        while len(self.rows) > count:
            self.rows.pop().deleteLater()
        while len(self.rows) < count:
            row = PaperRow(first=not self.rows)
            row.edited.connect(self.edited)
            row.more_wanted.connect(self.add_row)
            self._column.addWidget(row)
            self.rows.append(row)
        self.widget.setFocusProxy(self.rows[0].kind)
        self.grown.emit()


class PaperRow(QWidget):
    """One paper.

    Signals:
        edited(): a person changed something.
        more_wanted(): there is another paper.
    """

    edited = Signal()
    more_wanted = Signal()

    def __init__(self, *, first: bool) -> None:
        super().__init__()
        self.kind = PaperKind()
        self.number = _line(_("Número"), LONGEST * 2)
        self.country = _line(_("País"), 3, theme.scaled(56))
        self.expires = _line(_("Vence"), 20, theme.scaled(108))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SNUG)
        for part in (self.kind, self.number, self.country, self.expires):
            row.addWidget(part, 1 if part is self.number else 0)
        if first:
            row.addWidget(self._more_button())
        self.kind.activated.connect(self._kind_changed)
        for line in (self.number, self.country, self.expires):
            line.textEdited.connect(self.edited)
        self._fit()

    def read(self) -> dict[str, str]:
        """The parts that were filled in; nothing for a row that is empty."""
        parts = {"type": self.kind.code(), "number": self.number.text().strip()}
        if not self.country.isHidden():
            parts["country"] = self.country.text().strip().upper()
        if not self.expires.isHidden():
            parts["expires"] = self.expires.text().strip()
        return {part: text for part, text in parts.items() if text}

    def show_parts(self, parts: Mapping[str, str]) -> None:
        """Show these parts."""
        self.kind.set_code(parts.get("type", ""))
        self.number.setText(parts.get("number", ""))
        self.number.setCursorPosition(0)  # a long number shows its beginning
        self.country.setText(parts.get("country", ""))
        expires = parts.get("expires", "")
        day = parse_expiry(expires)
        self.expires.setText(day_text(day) if day else expires)
        self._fit()

    def _kind_changed(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        """Show only what papers of this kind have."""
        kind = document_type(self.kind.code())
        self.number.setEnabled(kind is None or kind.use != "none")
        show_if(kind is not None and kind.use != "none" and not kind.issuer, self.country)
        show_if(kind is not None and kind.expires, self.expires)
        crowded = not self.country.isHidden() and not self.expires.isHidden()
        for line in (self.number, self.country, self.expires):
            line.setTextMargins(*((-6, 0, -6, 0) if crowded else (0, 0, 0, 0)))
        self.number.setToolTip(kind.format_words if kind else "")

    def _more_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "beside")
        button.setIcon(icons.icon("plus", theme.current().ink))
        button.setAccessibleName(_("Agregar otro documento"))
        button.setToolTip(_("Agregar otro documento"))
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(self.more_wanted)
        return button


class PaperKind(Choice):
    """The type of a paper: its short code in the line, its whole name in the list.

    Typing finds a code, or a word of a name, however slowly it is typed; Backspace takes the type away.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self.setAccessibleName(_("Tipo de documento"))
        self.setFixedWidth(theme.scaled(104))
        self.addItem("", "")
        for kind in document_types():
            self.addItem(_in_list(kind), kind.code)
        self.view().setMinimumWidth(theme.scaled(360))
        self.setMaxVisibleItems(14)

    def code(self) -> str:
        """The code, "" for none."""
        return str(self.currentData() or "")

    def set_code(self, code: str) -> None:
        """Choose a code; an unknown one chooses none."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to spell anew."""
        self._typed = ""
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters spell a type."""
        letter = fold(event.text())
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._typed = ""
            self._choose(0)
        elif letter and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._spell(letter)
        else:
            super().keyPressEvent(event)

    def _spell(self, letter: str) -> None:
        """Find what was spelt so far; a letter that leads nowhere begins a new word."""
        for typed in (self._typed + letter, letter):
            found = _find_kind(typed)
            if found is not None:
                self._typed = typed
                self._choose(found)
                return

    def _choose(self, at: int) -> None:
        if at != self.currentIndex():
            self.setCurrentIndex(at)
            self.activated.emit(at)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Write the short code in the line."""
        super().initStyleOption(option)
        kind = document_type(self.code())
        option.currentText = kind.choice.short if kind else _("Tipo")


def _find_kind(typed: str) -> int | None:
    """The place in the list of what was spelt: a code comes before a word of a name."""
    codes, names = _spelt(language())
    found = (at for texts in (codes, names) for at, text in enumerate(texts, 1) if f" {typed}" in text)
    return next(found, None)


@cache
def _spelt(_language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes and the names of all types, as they are typed."""
    kinds = document_types()
    codes = tuple(f" {fold(kind.code)} {fold(kind.choice.short)}" for kind in kinds)
    return codes, tuple(f" {fold(kind.name)}" for kind in kinds)


def _in_list(kind: DocumentType) -> str:
    return f"{kind.choice.short}   {kind.name}" if kind.choice.short != kind.name else kind.name


def _line(name: str, longest: int, width: int = 0) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    line.setMaxLength(longest)
    line.setFont(theme.tabular(line.font()))
    if width:
        line.setFixedWidth(width)
    return line


def _parts(form: Mapping[str, str], at: int) -> dict[str, str]:
    return {
        part: form.get(part_key(_FIELD, at, part), "") for part in ("type", "number", "country", "expires")
    }
