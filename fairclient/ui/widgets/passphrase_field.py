"""A line for a passphrase, hidden unless one asks to see it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from fairclient.base.words import _
from fairclient.ui import icons, theme


class PassphraseField(QLineEdit):
    """Signals: those of QLineEdit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(200)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(_("Mostrar la contraseña"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setIcon(icons.icon("eye", theme.current().ink_soft))

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
