"""The sheet of one section of questions."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.questions import Section, of_section
from fairclient.ui.pages.register.fields import Fields
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.sheet import Sheet


class SectionSheet(Sheet):
    """The questions of a section; the sensitive ones wait for the person's leave. Signals: those of Sheet."""

    def __init__(self, over: QWidget, section: Section, today: date) -> None:
        super().__init__(over, _(section.title))
        questions = of_section(section.key)
        self._sensitive = any(question.sensitive for question in questions)
        self._notice = Banner(closable=False)
        self.fields = Fields(questions, today)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)

    def show_for(self, answers: Answers, *, sensitive_allowed: bool) -> None:
        """Fit the questions to a person."""
        self.fields.fit(answers, sensitive_allowed=sensitive_allowed)
        if not self._sensitive:
            self._notice.clear()
        elif sensitive_allowed:
            self._notice.say(
                "info",
                _("Son datos sensibles: nadie está obligado a darlos."),
                do=_("Diga para qué sirve cada uno antes de preguntarlo."),
            )
        else:
            self._notice.say(
                "warn",
                _("La persona no ha autorizado sus datos sensibles."),
                do=_("Si los autoriza, márquelo en Autorización (Alt+A). Si no, siga sin preguntarlos."),
            )
