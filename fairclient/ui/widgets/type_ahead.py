"""A line that offers what one may mean while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from fairclient.base.words import _
from fairclient.ui import icons, theme

Suggest = Callable[[str], Sequence[tuple[str, str]]]
"""(code, words) for a text; for the empty text all that can be listed, or nothing."""


class TypeAhead(QLineEdit):
    """One of many ``(code, words)``. Leaving the line takes the best suggestion; Down lists them.

    What fits nothing stays as it was typed: ``value`` is then that text, and the rules say what is wrong.

    Signals:
        changed(str): the value, whenever a person changes it.
    """

    changed = Signal(str)

    def __init__(
        self, suggest: Suggest, words_of: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._words_of = words_of
        self._code = ""
        self._offered: list[tuple[str, str]] = []
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        self._popup = QListView()
        self._popup.setProperty("look", "popup")
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._picked)
        self.textEdited.connect(self._typed)
        self._arrow = QAction(_("Ver la lista"), self)
        self._arrow.triggered.connect(self._list_all)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self._draw()

    def value(self) -> str:
        """The code; the text itself where it fits nothing."""
        return self._code or self.text().strip()

    def set_value(self, value: str) -> None:
        """Show the words of a code (or a text that is none)."""
        words = self._words_of(value) if value else ""
        self._code = value if words else ""
        self.setText(words or value)
        self.setCursorPosition(0)

    def settle(self) -> None:
        """Take the best suggestion for what was typed, as leaving the line does."""
        text = self.text().strip()
        if self._code or not text:
            return
        found = list(self._suggest(text))
        if found:
            self._take(found[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down lists what fits, or everything."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self._list_all()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle what was typed, unless the list has been opened."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
            self.settle()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_arrow"):
            self._draw()
        super().changeEvent(event)

    def _typed(self, text: str) -> None:
        self._code = ""
        self._offer(self._suggest(text) if text.strip() else ())
        self.changed.emit(self.value())

    def _list_all(self) -> None:
        fitting = () if self._code else self._suggest(self.text())
        self._offer(fitting or self._suggest(""))

    def _offer(self, found: Sequence[tuple[str, str]]) -> None:
        self._offered = list(found)
        self._model.setStringList([words for _code, words in self._offered])
        if self._offered:
            self._completer.complete()
        else:
            self._popup.hide()

    def _picked(self, words: str) -> None:
        found = next((pair for pair in self._offered if pair[1] == words), None)
        if found is not None:
            self._take(found)

    def _take(self, found: tuple[str, str]) -> None:
        self._code = found[0]
        self.setText(found[1])
        self.changed.emit(self._code)

    def _draw(self) -> None:
        self._arrow.setIcon(icons.icon("chevron", theme.current().ink_soft))
