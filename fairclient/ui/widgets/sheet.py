"""A sheet: a panel that slides over a page for something on the side, and gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.text import Text


class Sheet(QWidget):
    """Covers ``over`` with a scrim and shows ``body`` in a panel at the right, at most ``width`` pixels wide.

    Escape, Ctrl+Enter, the button or a click beside the panel closes it, and the focus returns to where it
    was. While it is open Tab stays inside, and the keys of what it covers do nothing. ``foot`` takes actions
    of the sheet's own, beside the button.

    Signals:
        closed(): it has been closed.
    """

    closed = Signal()

    def __init__(self, over: QWidget, title: str, width: int = 640) -> None:
        super().__init__(over)
        self._over = over
        self._width = width
        self._before: QWidget | None = None
        self._hushed: list[QShortcut] = []
        self._panel = QFrame(self)
        self._panel.setProperty("look", "sheet")
        self._scroll = QScrollArea()
        self.done = ActionButton(_("Listo"), "Esc")
        self.foot = QHBoxLayout()
        self._action: QWidget | None = None
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GAP)
        self._build_panel(title)
        self.setAccessibleName(title)
        over.installEventFilter(self)
        self.hide()

    def open(self, focus: QWidget | None = None) -> None:
        """Show it and put the focus on ``focus``, else on the first thing that takes it."""
        self._before = QApplication.focusWidget()
        self._fit()
        self._hush()
        self.show()
        self.raise_()
        # The button was there before what it closes; Tab reaches it last.
        if (last := self._ends()[1]) is not self.done:
            QWidget.setTabOrder(last, self.done)
        self.go_to(focus or self._ends()[0])

    def go_to(self, widget: QWidget) -> None:
        """Put the focus on something in the sheet, and bring it into sight."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._scroll.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, theme.scaled(3 * theme.ROW))

    def close_sheet(self) -> None:
        """Hide it and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        while self._hushed:
            shortcut = self._hushed.pop()
            if isValid(shortcut):  # the page may have drawn anew meanwhile
                shortcut.setEnabled(True)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def set_action(self, button: QWidget) -> None:
        """Put the sheet's own action beside the button that closes; Ctrl+Enter is then its key alone."""
        self._action = button
        self.foot.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; so does Enter on the button, and Ctrl+Enter where it does nothing else."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        done = enter and not control and self.done.hasFocus()
        if event.key() == Qt.Key.Key_Escape or done or (enter and control and self._action is None):
            self.close_sheet()
        elif not (enter and control):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round inside the panel."""
        super().focusNextPrevChild(next)
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            first, last = self._ends()
            (first if next else last).setFocus(
                Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            )
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it covers."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies beneath."""
        painter = QPainter(self)
        shade = QColor(theme.current().rail)
        shade.setAlpha(120)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def _hush(self) -> None:
        for shortcut in self._over.findChildren(QShortcut):
            owner = shortcut.parent()
            mine = isinstance(owner, QWidget) and (owner is self or self.isAncestorOf(owner))
            if shortcut.isEnabled() and not mine:
                shortcut.setEnabled(False)
                self._hushed.append(shortcut)

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(theme.scaled(self._width), self._over.width())
        self._panel.setGeometry(self._over.width() - width, 0, width, self._over.height())

    def _ends(self) -> tuple[QWidget, QWidget]:
        """The first and the last thing in the panel that Tab reaches."""
        chain: list[QWidget] = []
        at = self.nextInFocusChain()
        while at is not None and at is not self:
            if self._reachable(at):
                chain.append(at)
            at = at.nextInFocusChain()
        return (chain[0], chain[-1]) if chain else (self, self)

    def _reachable(self, widget: QWidget) -> bool:
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        return bool(
            tab and widget.isEnabled() and widget.isVisibleTo(self) and self._panel.isAncestorOf(widget)
        )

    def _build_panel(self, title: str) -> None:
        self.done.clicked.connect(self.close_sheet)
        top = QHBoxLayout()
        top.addWidget(Text(title, "title"), 1)
        inner = QWidget()
        inner.setLayout(self.body)
        self.body.setContentsMargins(2, 2, theme.SNUG, 2)
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.setSpacing(theme.SNUG)
        bottom = QHBoxLayout()
        bottom.setSpacing(theme.SNUG)
        bottom.addStretch(1)
        bottom.addLayout(self.foot)
        bottom.addWidget(self.done)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(2 * theme.GAP, theme.ROOMY, theme.ROOMY, theme.ROOMY)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addLayout(bottom)
