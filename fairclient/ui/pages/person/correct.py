"""Correcting what is written about a person; what was written before stays in the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.form import read_form, write_form
from fairclient.domain.questions import QUESTIONS
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.saving_sheet import SavingSheet
from fairclient.ui.pages.register.fields import Fields
from fairclient.ui.widgets.text import Text
from fairclient.usecases.correct_attendee import correct_attendee
from sync.wire.attendee import Attendee

LEFT_OUT = frozenset({"household_role"})
"""Questions that are corrected elsewhere: a role in the household stands on the household's sheet."""


class CorrectSheet(SavingSheet):
    """The questions of registration with the answers that are known; only what was changed is written.

    Signals:
        corrected(): it has been written.
    """

    TOLD = ()

    corrected = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Corregir datos"), _("Guardar corrección"), 680)
        self._facts: PersonFacts | None = None
        self._shown: dict[str, str] = {}
        self.fields: Fields | None = None
        self._covered = Text("", "hint", wrap=True)
        self.body.addWidget(
            Text(
                _("Cambie solo lo que está mal. Queda escrito quién lo corrigió y qué decía antes."),
                "soft",
                wrap=True,
            )
        )
        self.body.addWidget(self.notice)
        self.finish()

    def open_for(self, facts: PersonFacts) -> None:
        """Open it with a person's answers."""
        self._facts = facts
        self.notice.clear()
        self._grow(facts)
        assert self.fields is not None
        self.fields.show_form(write_form(facts.page.fact))
        answers = Answers(write_form(facts.page.fact), facts.today)
        self.fields.fit(answers, sensitive_allowed=facts.asks_sensitive)
        self._shown = self.fields.read()
        self._tell_covered(facts)
        self.open(self.fields.answers["given_names"].widget)

    def _grow(self, facts: PersonFacts) -> None:
        if self.fields is not None:
            return
        asked = [one for one in QUESTIONS if one.fact == "attendee" and one.key not in LEFT_OUT]
        # What is sensitive comes last, together: it is written over without being seen.
        self.fields = Fields(sorted(asked, key=lambda one: one.sensitive), facts.today)
        self.body.addWidget(self._covered)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)

    def _tell_covered(self, facts: PersonFacts) -> None:
        """Mark what was answered and isn't shown; an answer that is given now takes its place."""
        assert self.fields is not None
        for key in facts.page.reserved & set(self.fields.fields):
            self.fields.fields[key].set_finding(
                _("Reservado: ya hay una respuesta. Si pregunta de nuevo, esta la reemplaza.")
            )
        self._covered.setText(
            _("Al final, lo sensible: lo ya respondido no se muestra; lo que elija ahora lo reemplaza.")
            if facts.asks_sensitive
            else _("No autorizó datos sensibles: no se preguntan.")
        )

    def _save(self) -> None:
        if self._facts is None or self.fields is None:
            return
        self.fields.settle()
        touched = _touched(self._shown, self.fields.read())
        read = read_form(self._form(touched), self._facts.today)
        self.fields.tell(read.findings)
        if read.attendee is None:
            first = next(finding for finding in read.findings if finding.level == "refuse")
            self.fields.go_to(_root(first.field))
            return
        page = self._facts.page
        changes = _changes(page.fact, read.attendee, touched)
        if not changes:
            self.notice.say("info", _("No cambió nada."), do=_("Cambie un dato, o cierre con Esc."))
            return
        taken = (page.attendee, changes, page.revision)
        self.write(correct_attendee, *taken, then=lambda _none: self.corrected.emit())

    def _form(self, touched: set[str]) -> dict[str, str]:
        """The person's form with what was touched as it stands now; the rest as it was, shown here or not."""
        assert self._facts is not None and self.fields is not None
        fact = self._facts.page.fact
        form = {key: text for key, text in write_form(fact).items() if _root(key) not in touched}
        form |= {key: text for key, text in self.fields.read().items() if _root(key) in touched}
        return form | ({"household": fact.household} if fact.household else {})


def _root(key: str) -> str:
    """The field of the fact that a key of the form belongs to."""
    return key.partition(".")[0]


def _touched(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The fields of the fact whose answers are others now."""
    return {_root(key) for key in {*before, *after} if before.get(key) != after.get(key)}


def _changes(old: Attendee, new: Attendee, touched: set[str]) -> dict[str, Any]:
    """What is other in the fields that were touched, as it travels."""
    names = touched | ({"birth_estimated"} if "birth_date" in touched else set())
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    return {name: after[name] for name in after if name in names and after[name] != before[name]}
