"""The overlay of F1: every key that does something in this window now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.key_cap import KeyCap
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text


def show_shortcuts(over: QWidget) -> Sheet:
    """Open a sheet over ``over`` that lists the keys of all that can be seen; it goes when it is closed."""
    sheet = Sheet(over, _("Atajos de teclado"), 860)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.ROOMY)
    grid.setVerticalSpacing(theme.SNUG)
    keys = [*keys_in_sight(over), *_everywhere()]
    half = (len(keys) + 1) // 2
    for at, (key, words) in enumerate(keys):
        column, row = divmod(at, half)
        grid.addWidget(KeyCap(key), row, 2 * column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Text(words, wrap=True), row, 2 * column + 1)
    for column in (1, 3):
        grid.setColumnStretch(column, 1)
    sheet.body.addLayout(grid)
    sheet.body.addStretch(1)
    sheet.closed.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def keys_in_sight(root: QWidget) -> list[tuple[str, str]]:
    """(key, words) of every shortcut under ``root`` that works now, each key once."""
    found: dict[str, str] = {}
    for shortcut in root.findChildren(QShortcut):
        owner = shortcut.parent()
        words = shortcut.whatsThis()
        if isinstance(owner, QAbstractButton) and owner.isVisible():
            found.setdefault(_shown(owner, shortcut), owner.accessibleName())
        elif words and isinstance(owner, QWidget) and owner.isVisible():
            found.setdefault(shortcut.key().toString(), words)
    return sorted(found.items(), key=lambda item: _order(item[0]))


def _shown(owner: QAbstractButton, shortcut: QShortcut) -> str:
    return owner.accessibleDescription() or shortcut.key().toString()


def _order(key: str) -> tuple[bool, int, str]:
    """Function keys first, by their number."""
    number = key[1:] if key.startswith("F") and key[1:].isdecimal() else ""
    return (not number, int(number or 0), key)


def _everywhere() -> Iterable[tuple[str, str]]:
    return (
        ("Tab", _("Al campo siguiente; Mayús+Tab, al anterior")),
        ("Enter", _("En Registrar, el del teclado numérico: al campo siguiente")),
        ("← →", _("Entre las opciones de una pregunta")),
        ("1…9", _("La opción con ese número, o su primera letra")),
    )
