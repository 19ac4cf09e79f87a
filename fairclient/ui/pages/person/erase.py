"""Erasing a person from her page: what goes, what stays, why, and no way back."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal

from fairclient.base.words import _, ngettext
from fairclient.store.queries.names import full_name
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from fairclient.usecases.erase_person import Ground, WhatGoes, erase_person, what_goes


class EraseSheet(Sheet):
    """Says what an erasure takes away and asks why; only then can it be done.

    Signals:
        erased(): it has been written; the page has nobody to show any more.
    """

    erased = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Suprimir datos de una persona"))
        self._page = page
        self._attendee = ""
        self._who = Text("", "strong", wrap=True)
        self.goes = Text("", wrap=True)
        self.stays = Text("", wrap=True)
        self.ground = Segments(
            [
                ("request", _("Lo pidió")),
                ("revoked", _("Retiró la autorización")),
                ("retention", _("Terminó el plazo")),
                ("order", _("Orden de autoridad")),
            ],
            optional=False,
        )
        self.ground.setAccessibleName(_("Por qué se suprime"))
        self.ground.changed.connect(self._chosen)
        self.act = ActionButton(_("Suprimir para siempre"), "Ctrl+Enter", danger=True)
        self.act.clicked.connect(self._erase)
        for part in (
            self._who,
            Text(_("Se va de todos los equipos y de la central"), "label"),
            self.goes,
            Text(_("Se queda, sin nombre"), "label"),
            self.stays,
            Text(
                _("No se puede deshacer. Los otros equipos lo hacen al sincronizar, aunque tarden meses."),
                "soft",
                wrap=True,
            ),
            Text(_("Por qué se suprime"), "label"),
            self.ground,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.done.set_words(_("Volver"))
        self.set_action(self.act)

    def open_for(self, facts: PersonFacts) -> None:
        """Open it for a person; no reason is chosen."""
        self._attendee = facts.page.attendee
        self._who.setText(full_name(facts.page.fact))
        self.goes.setText("")
        self.stays.setText("")
        self.ground.set_value("")
        self._chosen()
        self._page.ask(what_goes, self._page.place, self._attendee, then=self._tell, fail=self._failed)
        self.open(self.ground)

    def _tell(self, found: WhatGoes) -> None:
        self.goes.setText(goes_words(found))
        self.stays.setText(stays_words(found))

    def _chosen(self) -> None:
        self.act.setEnabled(bool(self.ground.value()))

    def _erase(self) -> None:
        ground = next((one for one in get_args(Ground) if one == self.ground.value()), None)
        if ground is None:
            return
        self.act.set_busy(_("Suprimiendo…"))
        self._page.ask(
            erase_person, self._page.place, self._attendee, ground, then=self._done, fail=self._failed
        )

    def _done(self, _erasure: str) -> None:
        self.act.set_busy()
        self.close_sheet()
        self._page.news.emit(
            _("Datos suprimidos"), _("Quedan los conteos, sin nombre. Sincronice para que llegue a todos.")
        )
        self._page.announce(frozenset({"attendee", "slip", "authorisation", "erasure"}))
        self.erased.emit()

    def _failed(self, error: Exception) -> None:
        self.act.set_busy()
        self.close_sheet()
        self._page.trouble.emit(error)


def goes_words(found: WhatGoes) -> str:
    """What an erasure takes away, in a sentence."""
    parts = [_("Nombres, fecha de nacimiento, respuestas y notas")]
    counted = (
        (found.documents, ngettext("{n} documento", "{n} documentos", found.documents)),
        (found.phones, ngettext("{n} teléfono", "{n} teléfonos", found.phones)),
        (found.slips, ngettext("el nombre en {n} ficha", "el nombre en {n} fichas", found.slips)),
        (
            found.others,
            ngettext(
                "{n} autorización o nota sobre ella", "{n} autorizaciones o notas sobre ella", found.others
            ),
        ),
    )
    parts += [words.format(n=count) for count, words in counted if count]
    if found.household:
        parts.append(_("la dirección y el teléfono del hogar, donde no queda nadie más"))
    return ", ".join(parts) + "."


def stays_words(found: WhatGoes) -> str:
    """What stays for counting, in a sentence."""
    return ngettext(
        "{n} asistencia o remisión con su resultado, el sexo y el grupo de edad: los informes no cambian.",
        "{n} asistencias y remisiones con su resultado, el sexo y el grupo de edad: los informes no cambian.",
        found.stays,
    ).format(n=found.stays)
