"""The card of the person who stands at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy

from fairclient.base.words import _
from fairclient.domain.questions import Question
from fairclient.ui.pages.register.draft import Draft
from fairclient.ui.pages.register.fields import Fields
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

_SURNAMES = ("first_surname", "second_surname")


class PersonCard(Card):
    """The questions that are asked of everybody. Somebody who is known already is shown, not asked.

    Signals:
        dropped(): the known person isn't the one who stands here.
    """

    dropped = Signal()

    def __init__(self, questions: Sequence[Question], today: date) -> None:
        super().__init__(_("Persona"))
        self.fields = Fields(questions, today, shortcuts=True)
        self._known = Text(_("Ya está registrada"), "tag_known")
        self._known.setToolTip(
            _("Hoy solo se agregan servicios y ficha. Sus datos se corrigen en Buscar (F3).")
        )
        self._drop = ActionButton(_("No es esta persona"), "Esc", compact=True)
        self._drop.clicked.connect(self.dropped)
        self._known.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.header.insertWidget(2, self._known)
        self.header.insertWidget(3, self._drop)
        self.add(self.fields)
        self.body.addStretch(1)

    def show_draft(self, draft: Draft) -> None:
        """Show the person of a draft, and offer the family's surnames while they are typed."""
        self.fields.show_form(draft.form)
        known = draft.returning is not None
        show_if(known, self._known, self._drop)
        self.fields.setEnabled(not known)
        family = draft.family.surnames if draft.family and draft.joined else ()
        for key in _SURNAMES:
            _offer(self.fields.answers[key].widget, family)
        joined = draft.joined and draft.family is not None
        notes = (_("de esta familia") if joined else "", _("registro retomado") if draft.parked else "")
        self.set_title(_("Persona"), " · ".join(filter(None, notes)))


def _offer(line: object, surnames: Sequence[str]) -> None:
    """Complete a surname that the family has already in the line itself, with no list in the way."""
    if not isinstance(line, QLineEdit):
        return
    completer = QCompleter(list(surnames), line)
    completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    line.setCompleter(completer)
