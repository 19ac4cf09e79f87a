"""Who answers for a child that had come alone: an adult came after all."""

from __future__ import annotations

from dataclasses import asdict, replace

from PySide6.QtCore import Signal

from fairclient.base.words import _
from fairclient.documents.scanned import Scanned
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.finder import PersonFinder
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.pages.register.draft import Consent, Member
from fairclient.ui.pages.register.read_aloud import ReadAloud
from fairclient.ui.pages.register.represent import RepresentField
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.text import Text
from fairclient.usecases.represent_child import represent_child


class RepresentSheet(SavingSheet):
    """The adult is looked for, or named with a document; the authorisation is read out and answered.

    Signals:
        represented(): it has been written.
    """

    represented = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Llegó una persona adulta que responde"), _("Guardar"), 720)
        self._facts: PersonFacts | None = None
        self._consent = Consent()
        self._state = Text("", "soft", wrap=True)
        self.finder = PersonFinder(page)
        self.field = RepresentField(may_be_alone=False)
        self.read = ActionButton(_("Leer y responder la autorización"), "Alt+A", icon="voice")
        self.aloud = ReadAloud(page)
        self._lay_out()
        self.finder.chosen.connect(self._found)
        self.read.clicked.connect(lambda: self.aloud.ask(self._consent))
        self.aloud.answered.connect(self._answered)

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a child."""
        self._facts = facts
        self._consent = Consent(language=facts.page.fact.language)
        self.aloud.set_fair(facts.fair)
        self.notice.clear()
        self.finder.clear(facts.page.attendee)
        self.field.offer(())
        self._answered(self._consent)
        self.open(self.finder.box)

    def take_scan(self, scan: Scanned) -> None:
        """Find who holds a scanned slip, or has a scanned document."""
        self.finder.take_scan(scan)

    def _found(self) -> None:
        """The one with the mark is offered before somebody who isn't registered."""
        found = self.finder.person()
        self.field.offer([Member(found.attendee, found.name, "", minor=False)] if found else [])

    def _answered(self, consent: Consent) -> None:
        self._consent = consent
        said = {None: _("Falta leerle la autorización."), True: _("Autoriza."), False: _("No autoriza.")}
        self._state.setText(said[consent.general])

    def _save(self) -> None:
        missing = self.field.missing()
        if missing is not None or self._consent.general is None or self._facts is None:
            words = missing[0] if missing else _("Falta leerle la autorización y marcar su respuesta.")
            self.notice.say("warn", words)
            self.go_to(missing[1] if missing else self.read)
            return
        proof = replace(self._consent, **asdict(self.field.value())).fact()
        child = self._facts.page.attendee
        self.write(represent_child, child, proof, then=lambda _id: self.represented.emit())

    def _lay_out(self) -> None:
        self.body.addWidget(
            Text(
                _("Busque a la persona adulta si está registrada; si no, escriba su nombre y su documento."),
                wrap=True,
            )
        )
        self.body.addWidget(self.notice)
        self.body.addWidget(self.finder)
        self.body.addWidget(self.field)
        self.body.addWidget(self.read)
        self.body.addWidget(self._state)
        self.body.addStretch(1)
        self.finish()
