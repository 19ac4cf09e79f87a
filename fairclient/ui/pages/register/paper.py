"""Somebody who was given a numbered paper slip while no printer worked: her registration takes its turn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from fairclient.base.errors import SayError
from fairclient.base.words import _
from fairclient.slips.refusals import mistyped
from fairclient.store.paper_blocks import Blank
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.form import RegisterForm
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.paper_blocks import blank_slip
from fairclient.usecases.read_slip import ReadSlip, read_slip
from fairclient.usecases.workplace import Workplace


def slip_or_blank(place: Workplace, text: str) -> ReadSlip | Blank:
    """What a scanned code is: a blank paper slip of this laptop, or a slip. Raises SlipRefused."""
    return blank_slip(place, text) or read_slip(place, text)


class PaperCard(Card):
    """Shown while the person on the page has a paper slip. Ctrl+H asks for a code that can't be scanned."""

    def __init__(self, page: Page, form: RegisterForm) -> None:
        super().__init__(_("Fichas de papel"))
        self._page = page
        self._form = form
        self.remove = ActionButton(_("Quitar"), compact=True)
        self.header.addWidget(self.remove)
        words = _("La persona queda con el turno y el código de esa ficha; no se imprime otra.")
        self.add(Text(words, "soft", wrap=True))
        self.body.addStretch(1)
        self.sheet: PaperSheet | None = None
        shortcut = QShortcut(QKeySequence("Ctrl+H"), page)
        shortcut.setWhatsThis(_("Registrar con una ficha de papel"))
        shortcut.activated.connect(self.ask_code)
        self.remove.clicked.connect(lambda: self._keep("", ""))
        form.shown.connect(self._show)
        self.hide()

    def take(self, blank: Blank) -> None:
        """Give the person on the page this paper slip."""
        self._keep(blank.token_id, blank.turn)
        if self._page.equipment is not None:
            self._page.equipment.sounds.play("done")

    def ask_code(self) -> None:
        """Open the sheet in which the code is typed."""
        if self.sheet is None:
            self.sheet = PaperSheet(self._page, self)
        self.sheet.ask()

    def _keep(self, token_id: str, turn: str) -> None:
        self._form.draft = replace(self._form.collect(), paper=token_id, paper_turn=turn)
        self._form.answers_changed()
        self._show()

    def _show(self) -> None:
        draft = self._form.draft
        self.set_title(_("Ficha de papel {turn}").format(turn=draft.paper_turn))
        show_if(bool(draft.paper), self)


class PaperSheet(Sheet):
    """Asks for the code of a paper slip."""

    def __init__(self, page: Page, card: PaperCard) -> None:
        super().__init__(page, _("Registrar con una ficha de papel"), 520)
        self._page = page
        self._card = card
        self.code = QLineEdit()
        self.code.setMaxLength(40)
        self.code.setPlaceholderText("7KQ-M2X-9D4")
        self._field = Field(_("Código de la ficha de papel"), self.code)
        self.take = ActionButton(_("Usar"), "Ctrl+Enter", primary=True)
        self.body.addWidget(
            Text(_("Escanee su QR en la página, o escriba aquí su código."), "soft", wrap=True)
        )
        self.body.addWidget(self._field)
        self.body.addStretch(1)
        self.set_action(self.take)
        self.take.clicked.connect(self._look)
        self.code.returnPressed.connect(self._look)

    def ask(self) -> None:
        """Open, with nothing typed."""
        self.code.clear()
        self._field.set_finding("")
        self.open(self.code)

    def _look(self) -> None:
        text = self.code.text()
        self._page.ask(blank_slip, self._page.place, text, then=self._found, fail=self._refused)

    def _found(self, blank: Blank | None) -> None:
        if blank is None:
            self._refused(mistyped(_("Ese código no es de una ficha de papel de este equipo.")))
            return
        self.close_sheet()
        self._card.take(blank)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, SayError):
            self._field.set_finding(f"{error.what} {error.do}".strip(), "refuse")
        else:
            self._page.trouble.emit(error)
