"""Remembers what stood in a widget, to put it back when a scanner typed into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

Undo = Callable[[], None]


def undo_for(target: QWidget, page_state: Callable[[], Undo | None]) -> Undo:
    """How to undo what keys may do in ``target`` from now on.

    Text is put back with its cursor and selection. Where keys choose something instead (a segment, a list),
    the page that ``page_state`` asks puts itself back.
    """
    if isinstance(target, QLineEdit):
        marked = (target.selectionStart(), len(target.selectedText()))
        return partial(_restore_line, target, target.text(), target.cursorPosition(), marked)
    if isinstance(target, QPlainTextEdit | QTextEdit):
        return partial(_restore_text, target, target.toPlainText(), target.textCursor().position())
    return page_state() or _nothing


def take_out(typed: str) -> None:
    """Take ``typed``, or the end of it, out of the line that has the focus now.

    For a page on which keys wander into a line of their own while they are typed.
    """
    line = QApplication.focusWidget()
    if not isinstance(line, QLineEdit):
        return
    before, after = line.text()[: line.cursorPosition()], line.text()[line.cursorPosition() :]
    for count in range(len(typed), 0, -1):
        if before.endswith(typed[-count:]):
            line.setText(before[:-count] + after)
            line.textEdited.emit(line.text())
            return


def _restore_line(line: QLineEdit, text: str, cursor: int, marked: tuple[int, int]) -> None:
    if not isValid(line):
        return
    if line.text() != text:
        line.setText(text)
        line.textEdited.emit(text)
    if marked[0] >= 0:
        line.setSelection(*marked)
    else:
        line.setCursorPosition(cursor)


def _restore_text(editor: QPlainTextEdit | QTextEdit, text: str, position: int) -> None:
    if not isValid(editor) or editor.toPlainText() == text:
        return
    editor.setPlainText(text)
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def _nothing() -> None:
    pass
