"""Letting another laptop enrol: the centre's code as a QR to scan, letters to type, words to dictate."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fairclient.base.words import _
from fairclient.ui.pages.page import Page
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.qr_picture import QrPicture
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.ask_enrolment_code import SUPERVISE, WORK, AskedCode, ask_enrolment_code

_WORK, _SUPERVISE = "work", "supervise"
_COLUMNS = 4


class EnrolSheet(Sheet):
    """Asks for whom, and then shows the code until the sheet is closed; nothing of it stays.

    Signals:
        asked(tuple): the roles for which a code is wanted.
    """

    asked = Signal(tuple)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Inscribir otro equipo"), 720)
        how = _("La central da un código para un solo equipo. Hace falta red, aquí y en el equipo nuevo.")
        self.roles = Segments(
            [(_WORK, _("Registro y mesas")), (_SUPERVISE, _("También supervisión"))], optional=False
        )
        self.roles.setAccessibleName(_("Qué hará la persona de ese equipo"))
        self.ask = ActionButton(_("Pedir el código"), "Ctrl+Enter", primary=True, icon="receipt")
        self.picture = QrPicture(290)
        self.code, self.until = Text("", "strong"), Text("", "soft", wrap=True)
        self.words = QWidget()
        self._grid = QGridLayout(self.words)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._told: tuple[QWidget, ...] = (self.picture, self.code, self.words, self.until)
        for part in (Text(how, "body", wrap=True), self.roles, *self._told):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.set_action(self.ask)
        self.roles.set_value(_WORK)
        self.ask.clicked.connect(self._ask)
        show_if(False, *self._told)

    def show_code(self, given: AskedCode) -> None:
        """Show it in its three forms."""
        self.picture.show_text(given.ticket)
        self.code.setText(given.code)
        for at, word in enumerate(given.words.split()):
            row, column = divmod(at, _COLUMNS)
            self._grid.addWidget(Text(f"{at + 1}. {word}", "body"), row, column)
        self.words.setAccessibleName(given.words)
        self.until.setText(
            _(
                "Escanéelo en la primera pantalla del equipo nuevo, o dicte las doce palabras y la dirección "
                "{address}. Sirve una sola vez, durante {n} minutos."
            ).format(address=given.address, n=given.minutes)
        )
        show_if(True, *self._told)
        show_if(False, self.roles, self.ask)

    def _ask(self) -> None:
        self.ask.set_busy(_("Pidiendo el código…"))
        self.asked.emit(SUPERVISE if self.roles.value() == _SUPERVISE else WORK)


class EnrolAnother(QObject):
    """Opens the sheet over ``page`` and asks the centre; what goes wrong is told by the page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.sheet: EnrolSheet | None = None

    def open(self) -> None:
        """Open the sheet."""
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = EnrolSheet(self._page)
        self.sheet.asked.connect(self._ask)
        self.sheet.open(self.sheet.roles)

    def _ask(self, roles: tuple[str, ...]) -> None:
        job = self._page.runner.network(ask_enrolment_code, self._page.place, roles)
        job.done.connect(self._show)
        job.failed.connect(self._tell)

    def _show(self, given: AskedCode) -> None:
        if self.sheet is not None:
            self.sheet.show_code(given)

    def _tell(self, error: Exception) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._page.trouble.emit(error)
