"""The sheet with the authorisation in large letters, to be read out and answered part by part."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain.authorisation_texts import PURPOSES, AuthorisationText, current_text, languages
from fairclient.domain.catalogues import find
from fairclient.ui import theme
from fairclient.ui.pages.register.draft import Consent
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.text import Text
from sync.wire.fair import Fair

_MUST = ("general", "sensitive")
YES, NO = "Y", "N"


class ReadAloud(Sheet):
    """Reads in the person's language. Every part is its own question, and none has an answer beforehand.

    Signals: those of Sheet, and
        answered(object): the Consent, after each answer.
    """

    answered = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Léala en voz alta"), 760)
        self._consent = Consent()
        self._fair: Fair | None = None
        self._asked: set[str] = set()
        self.language = Segments(_languages(), optional=False)
        self._intro = Text("", "read_aloud", wrap=True)
        self._rights = Text("", "read_aloud", wrap=True)
        self._minors = Text("", "read_aloud", wrap=True)
        self.parts = {purpose: Segments([(YES, _("Sí")), (NO, _("No"))]) for purpose in PURPOSES}
        self._texts = {purpose: Text("", "read_aloud", wrap=True) for purpose in PURPOSES}
        self._fields = {purpose: Field("", segments) for purpose, segments in self.parts.items()}
        self._lay_out()
        self.language.changed.connect(self._speak)
        for purpose, segments in self.parts.items():
            segments.changed.connect(partial(self._answer, purpose))

    def set_fair(self, fair: Fair) -> None:
        """Fill in who organises the fair, and where one complains."""
        self._fair = fair

    def ask(self, consent: Consent) -> None:
        """Open with the answers given so far."""
        if consent.general is None:
            self._asked.clear()
        self._consent = consent
        self._show()
        self.open(self.parts["general"])

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.ROOMY)
        self.body.addWidget(Field(_("Idioma de la persona"), self.language))
        self.body.addWidget(self._intro)
        for purpose in PURPOSES:
            part = QVBoxLayout()
            part.setSpacing(theme.TIGHT)
            part.addWidget(self._texts[purpose])
            part.addWidget(self._fields[purpose])
            self.body.addLayout(part)
        self.body.addWidget(self._minors)
        self.body.addWidget(self._rights)
        self.body.addStretch(1)

    def _speak(self, language: str) -> None:
        self._take(replace(self._consent, language=language))

    def _answer(self, purpose: str, code: str) -> None:
        answer: bool | None = {YES: True, NO: False}.get(code)
        self._asked.add(purpose)
        if code:
            self._next_after(purpose)
        if purpose not in _MUST:
            answer = bool(answer)
        self._take(self._consent.answered(purpose, answer))

    def _next_after(self, purpose: str) -> None:
        """An answer leads on to the next question, so that one key an answer is enough."""
        at = PURPOSES.index(purpose) + 1
        if at < len(PURPOSES):
            self.go_to(self.parts[PURPOSES[at]])
        else:
            self.go_to(self.done)

    def _take(self, consent: Consent) -> None:
        self._consent = consent
        self._show()
        self.answered.emit(consent)

    def _show(self) -> None:
        text = current_text(self._consent.language)
        self.language.set_value(text.language)
        self._say(text.for_fair(self._fair) if self._fair else text)
        for purpose, segments in self.parts.items():
            answer = getattr(self._consent, purpose)
            said_no = answer is False and (purpose in _MUST or purpose in self._asked)
            segments.set_value(YES if answer else NO if said_no else "")

    def _say(self, text: AuthorisationText) -> None:
        self._intro.setText(text.parts["intro"])
        self._minors.setText(text.parts["minors"])
        self._rights.setText(text.parts["rights"])
        for purpose in PURPOSES:
            self._texts[purpose].setText(text.parts[purpose])
            self._fields[purpose].set_label(text.question(purpose), "question")


def _languages() -> list[tuple[str, str]]:
    found = ((code, find("languages", code)) for code in languages())
    return [(code, choice.name if choice else code) for code, choice in found]
