"""What stands before the workspace: a dark panel with the program's face, and beside it a form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.bunting import Bunting
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

FORM_WIDTH = 460
_NO_FOCUS = 0  # Qt's own number: the namespace of its constants takes a tenth of the start to load
PANEL_ABOVE = 900
"""Logical pixels of width from which there is room for the panel."""


class Gate(QWidget):
    """A page of the gate. ``form`` takes what is asked.

    Signals:
        entered(object): a Workplace; somebody may work.
        language_wanted(), sunlight_wanted(): the switches.
    """

    entered = Signal(object)
    language_wanted = Signal()
    sunlight_wanted = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.setAccessibleName(title)
        self.form = QVBoxLayout()
        self.form.setSpacing(theme.GAP)
        self._panel = self._make_panel(title, text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel, 4)
        row.addWidget(self._make_form(), 5)

    def take_focus(self) -> None:
        """Put the focus where the first answer is typed."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the panel out in a narrow window."""
        super().resizeEvent(event)
        show_if(self.width() >= theme.scaled(PANEL_ABOVE), self._panel)

    def _make_panel(self, title: str, text: str) -> QFrame:
        panel = QFrame()
        panel.setProperty("look", "rail")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 40)
        column.setSpacing(theme.ROOMY)
        column.addWidget(Bunting())
        inner = QVBoxLayout()
        inner.setContentsMargins(48, 0, 48, 0)
        inner.setSpacing(theme.GAP)
        inner.addStretch(2)
        inner.addWidget(Text(_("feria"), "gate_brand"))
        inner.addWidget(Text(title, "gate_title", wrap=True))
        inner.addWidget(Text(text, "gate_text", wrap=True))
        inner.addStretch(3)
        inner.addWidget(
            Text(_("Todo lo que se escribe aquí queda cifrado en este equipo."), "hint", wrap=True)
        )
        column.addLayout(inner, 1)
        return panel

    def _make_form(self) -> QScrollArea:
        body = QWidget()
        body.setFixedWidth(theme.scaled(FORM_WIDTH))
        body.setLayout(self.form)
        self.form.setContentsMargins(0, theme.ROOMY, 0, theme.ROOMY)
        outer = QWidget()
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(body)
        middle.addStretch(1)
        column = QVBoxLayout(outer)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)
        column.addLayout(self._switches())
        scroll = QScrollArea()
        scroll.setWidget(outer)
        scroll.setWidgetResizable(True)
        scroll.setProperty("focusPolicy", _NO_FOCUS)
        return scroll

    def _switches(self) -> QHBoxLayout:
        language = ActionButton(_("English"), "F11", icon="language")
        sunlight = ActionButton(_("Luz de sol"), "F12", icon="sun")
        language.clicked.connect(self.language_wanted)
        sunlight.clicked.connect(self.sunlight_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.SNUG)
        row.addStretch(1)
        row.addWidget(language)
        row.addWidget(sunlight)
        row.addStretch(1)
        return row


def at_left(widget: QWidget) -> QHBoxLayout:
    """A widget as wide as it wants to be, at the left of its row."""
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row


def link(words: str) -> QPushButton:
    """A quiet button that leads elsewhere."""
    button = QPushButton(words)
    button.setProperty("look", "link")
    button.setAccessibleName(words)
    return button
