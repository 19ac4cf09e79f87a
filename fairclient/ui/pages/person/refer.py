"""More services for somebody who is known: picked by key, with a slip of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal

from fairclient.base.words import _
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.service_picker import ServiceChoice, ServicePicker
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from fairclient.usecases.places import STILL_OPEN, full_words
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.service_names import own_name


class ReferSheet(Sheet):
    """The fair's services; Ctrl+Enter asks for those that are picked.

    Signals:
        referred(object): they have been written (a Registered, with the new slip).
    """

    referred = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Pedir más servicios"))
        self._page = page
        self._facts: PersonFacts | None = None
        self._insisted = False
        self._who = Text("", "strong", wrap=True)
        self._open = Text("", "soft", wrap=True)
        self.picker = ServicePicker()
        self.picker.changed.connect(self._picked)
        self.save = ActionButton(_("Guardar e imprimir ficha"), "Ctrl+Enter", primary=True, icon="printer")
        self.save.clicked.connect(self._save)
        self.body.addWidget(self._who)
        self.body.addWidget(self._open)
        self.body.addWidget(self.picker)
        self.body.addStretch(1)
        self.done.set_words(_("Volver"))
        self.set_action(self.save)

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a person; nothing is picked."""
        self._facts = facts
        self._insisted = False
        fact = facts.page.fact
        waiting = [
            facts.names.get(one.service, one.service) for one in facts.page.referrals if one.state == "issued"
        ]
        self._who.setText(f"{fact.given_names} {fact.first_surname}".strip())
        self._open.setText(_("Ya espera: {services}").format(services=", ".join(waiting)) if waiting else "")
        self.picker.set_services(
            [ServiceChoice(one.code, own_name(one), one.shortcut.upper()) for one in facts.services]
        )
        self.picker.set_chosen(())
        self._picked()
        self.open(self.picker)

    def _picked(self) -> None:
        self.save.setEnabled(bool(self.picker.chosen()))

    def _save(self) -> None:
        if self._facts is None:
            return
        page = self._facts.page
        chosen = self.picker.chosen()
        registration = Registration(page.fact, chosen, returning=page.attendee, again=self._insisted)
        self.save.set_busy(_("Guardando…"))
        self._page.ask(register_attendee, self._page.place, registration, then=self._saved, fail=self._failed)

    def _saved(self, done: Registered) -> None:
        self.save.set_busy()
        self.close_sheet()
        self.referred.emit(done)
        if done.full:
            self._page.ask(full_words, self._page.place, done.full, then=self._say_full)

    def _say_full(self, words: str) -> None:
        self._page.news.emit(_("Sin cupo"), words)

    def _failed(self, error: Exception) -> None:
        self.save.set_busy()
        # She waits for the same already: whoever saves again means it.
        self._insisted = getattr(error, "code", "") == STILL_OPEN
        self._page.trouble.emit(error)
