"""Inviting to this laptop's hub by a large QR, and joining another's by scanning or pasting its text."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.qr_picture import QrPicture
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from fairclient.usecases.run_hub import as_text
from sync.wire.invitation import Invitation

NEW_CODE_MS = 8 * 60_000
"""A code is good for ten minutes; whoever scans at the last moment still has two."""


QR_SIDE = 385
"""Five pixels for each module, in a window of 700 without scrolling; in a larger one it grows."""


class InvitationSheet(Sheet):
    """The QR, where the hub is, and the text for who can't scan.

    Signals:
        code_wanted(): the code shown will soon be too old.
    """

    code_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Únanse a este concentrador"), 720)
        self.picture = QrPicture(QR_SIDE)
        self.addresses = Text("", "soft", wrap=True)
        self.copy = ActionButton(_("Copiar el texto"), "Ctrl+Shift+C", icon="document")
        self._text = ""
        how = _("En los otros equipos: «Sincronizar» (F6), «Unirse» (Ctrl+J), y escanear este código.")
        self.body.addWidget(Text(how, "body", wrap=True))
        self.body.addWidget(self.picture, 1)
        self.body.addWidget(self.addresses)
        self.set_action(self.copy)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        self._timer = QTimer(self)
        self._timer.setInterval(NEW_CODE_MS)
        self._timer.timeout.connect(self.code_wanted)
        self.closed.connect(self._timer.stop)

    def show_invitation(self, given: Invitation) -> None:
        """Show it, and ask for a new one before its code is too old."""
        self._text = as_text(given)
        self.picture.show_text(self._text)
        named = ", ".join(address.removeprefix("https://") for address in given.addresses)
        words = _("Este equipo está en {addresses}. El código cambia solo cada pocos minutos.")
        self.addresses.setText(words.format(addresses=named))
        self._timer.start()


class JoinSheet(Sheet):
    """A place for the text of an invitation.

    Signals:
        given(str): the text that somebody wants to join with.
    """

    given = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Unirse al concentrador"), 640)
        how = _("Escanee el código QR que muestra el concentrador. Si no puede, pegue aquí su texto.")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Texto de la invitación"))
        self.text.setPlaceholderText("FH1:…")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.scaled(160))
        self.join = ActionButton(_("Unirse"), "Ctrl+Enter", primary=True, icon="hub")
        self.body.addWidget(Text(how, "body", wrap=True))
        self.body.addWidget(self.text)
        self.body.addStretch(1)
        self.set_action(self.join)
        self.join.clicked.connect(self._give)

    def _give(self) -> None:
        if self.text.toPlainText().strip():
            self.given.emit(self.text.toPlainText())
