"""Scanners that type: recognised wherever the focus is, by how fast and what they type."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fairclient.base.errors import SlipRefused
from fairclient.documents import shapes
from fairclient.slips import code
from fairclient.ui.scanning.scan_undo import Undo, take_out, undo_for
from fairclient.ui.widgets.scan_box import ScanBox

GAP_MS = 50
"""The longest pause between two keys of a scanner before it is recognised; people need about twice that."""
SILENCE_MS = 150
"""A recognised scan that pauses for so long has ended."""
MOST = 4096
"""Signs of one scan that are kept."""

_NOTHING_OF_OURS = "\x7f"
"""Stands for a burst whose first signs begin nothing that we read, until there is a pause."""
_ENDINGS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_WRITTEN_ENDINGS = (Qt.Key.Key_J, Qt.Key.Key_M)
"""With Ctrl: how some scanners type a line feed and a carriage return."""
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_BARE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


class Scanner(QObject):
    """Watches the keys of the whole application while ``root`` is to be seen.

    Signs that come as fast as only a scanner types, and begin as a slip, a document or a slip's code, are
    taken: what of them has reached a field is taken out of it again, the rest never arrives, and no shortcut
    is set off by them. Everything else goes where it was going.

    Line ends that follow a burst, and each other, without a pause of ``GAP_MS`` are the scanner's, however
    many it types: the first one ends the scan, the others do nothing. What is pressed later is a person's.

    ``page_state`` gives a way to undo what keys do on the page; ``now_ms`` is a clock for tests, else the
    keys' own time is taken.

    Signals:
        scanned(str): a whole scan, unread.
        began(): a scan was recognised and is still coming.
    """

    scanned = Signal(str)
    began = Signal()

    def __init__(
        self,
        root: QWidget,
        page_state: Callable[[], Undo | None] = lambda: None,
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(root)
        self._root = root
        self._page_state = page_state
        self._now_ms = now_ms
        self._last = 0
        self._typed = ""
        self._first: tuple[QWidget, Undo] | None = None
        self._kind: shapes.Kind | None = None
        self._ended = False
        self.silence = QTimer(self)
        self.silence.setSingleShot(True)
        self.silence.setInterval(SILENCE_MS)
        self.silence.timeout.connect(self.finish)
        self.come_first()

    def come_first(self) -> None:
        """Look at keys before every filter that was installed up to now."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        application.installEventFilter(self)

    def is_scanning(self) -> bool:
        """Whether a scan was recognised and is still coming."""
        return self._kind is not None

    def finish(self) -> None:
        """End the scan that is coming, if any, and hand it over; nothing of it stays here."""
        self.silence.stop()
        text, scanning = self._typed, self.is_scanning()
        self._forget()
        self._ended = scanning
        if scanning:
            self.scanned.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what a scanner types."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or not self._is_ours(watched):
            return False
        if kind == QEvent.Type.KeyPress:
            held = self._press(watched, event)
        elif kind == QEvent.Type.ShortcutOverride:
            held = self.is_scanning() or self._goes_on(event) or self._repeats_the_end(event)
        else:
            held = self.is_scanning()
        if held:
            event.accept()
        return held

    def _is_ours(self, watched: QWidget) -> bool:
        if not self._root.isVisible() or QApplication.activeModalWidget() is not None:
            return False
        popup = QApplication.activePopupWidget()
        if popup is not None:
            inside: QWidget | None = popup.focusWidget()
            return watched is (popup if inside is None else inside)
        # Once only: an ignored key is offered to the parents as well.
        return watched is (QApplication.focusWidget() or self._root.window())

    def _goes_on(self, event: QKeyEvent) -> bool:
        """Whether a key that could be a shortcut comes too fast after signs that may become a scan."""
        sign = self._sign(event)
        if not sign or not self._typed or self._paused(event, GAP_MS):
            return False
        return shapes.may_become(self._typed + sign)

    def _press(self, target: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _BARE or _is_alt_code(event):
            return self.is_scanning()
        late = self._paused(event, SILENCE_MS if self.is_scanning() else GAP_MS)
        self._last = self._time(event)
        if self.is_scanning() and not late:
            return self._go_on(event)
        if self.is_scanning():
            self.finish()
        just_ended, of_burst = self._ended and not late, bool(self._typed) and not late
        self._ended = _is_line_end(event) and (just_ended or of_burst)
        if self._ended and just_ended:
            return True
        if event.key() in _ENDINGS and not event.modifiers() & _COMMAND:
            return self._ends_a_code(target, event)
        if late:
            self._forget()
        return self._begin_or_follow(target, self._sign(event))

    def _repeats_the_end(self, event: QKeyEvent) -> bool:
        return self._ended and _is_line_end(event) and not self._paused(event, GAP_MS)

    def _go_on(self, event: QKeyEvent) -> bool:
        sign = "\n" if _is_line_end(event) else event.text()
        if sign == "\n" and self._kind is not None and shapes.is_whole(self._kind, self._typed):
            self.finish()
            return True
        self._typed = (self._typed + sign)[:MOST]
        self.silence.start()
        return True

    def _begin_or_follow(self, target: QWidget, sign: str) -> bool:
        if not sign:
            self._forget()
            return False
        if not shapes.may_become(self._typed + sign):
            self._typed, self._first = _NOTHING_OF_OURS, None
            return False
        if self._first is None:
            self._first = (target, undo_for(target, self._page_state))
        self._typed += sign
        self._kind = shapes.kind_of(self._typed)
        if self._kind is None:
            return False
        self._take_back(self._typed[:-1])
        self.silence.start()
        self.began.emit()
        return True

    def _sign(self, event: QKeyEvent) -> str:
        """The sign of a key; "" for a command. The old cédula has NULs among its first signs."""
        if shapes.nulls_may_follow(self._typed) and (event.text() == "\0" or _is_null_key(event)):
            return "\0"
        plain = event.text().isprintable() and not event.modifiers() & _COMMAND
        return event.text() if plain else ""

    def _take_back(self, typed: str) -> None:
        """Take out of the fields what has reached them."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        if self._first is not None:
            first, undo = self._first
            undo()
            if QApplication.focusWidget() is not first:
                take_out(typed)  # the keys wandered on while they were typed
        self._first = None

    def _ends_a_code(self, target: QWidget, event: QKeyEvent) -> bool:
        """Whether this Enter ends a slip's code that came as fast as a scanner types, outside its own box."""
        typed = self._typed
        if isinstance(target, ScanBox) or event.key() == Qt.Key.Key_Tab or not _is_code(typed):
            self._forget()
            return False
        self._take_back(typed)
        self._forget()
        self.scanned.emit(typed)
        return True

    def _forget(self) -> None:
        self._typed = ""
        self._kind = None
        self._first = None

    def _paused(self, event: QKeyEvent, longest: int) -> bool:
        # A clock that jumps (some count to 2³² and begin again) is a pause, never a scan.
        return abs(self._time(event) - self._last) > longest

    def _time(self, event: QKeyEvent) -> int:
        """When the key was pressed: by itself, so that a busy window doesn't tear a scan apart."""
        if self._now_ms is not None:
            return self._now_ms()
        return event.timestamp() or time.monotonic_ns() // 1_000_000


def _is_line_end(event: QKeyEvent) -> bool:
    """Whether the key is one by which scanners end what they type."""
    command = event.modifiers() & _COMMAND
    if command == Qt.KeyboardModifier.ControlModifier:
        return event.key() in _WRITTEN_ENDINGS
    return not command and event.key() in _ENDINGS


def _is_alt_code(event: QKeyEvent) -> bool:
    """Whether the key is a part of Alt and a number, by which some scanners write signs on Windows."""
    keypad = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.AltModifier
    return event.modifiers() & keypad == keypad


def _is_null_key(event: QKeyEvent) -> bool:
    """Whether the key is Ctrl+@ or Ctrl+blank, as scanners type a NUL."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_At, Qt.Key.Key_Space, Qt.Key.Key_2)


def _is_code(typed: str) -> bool:
    if not code.looks_like_code(typed) or typed.isdecimal():
        return False
    try:
        code.parse(typed)
    except SlipRefused:
        return False
    return True
