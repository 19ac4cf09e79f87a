"""The cards for somebody who does not authorise: she is served and counted, and nothing says who she is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from fairclient.base.words import _
from fairclient.domain.anonymous import ASKED
from fairclient.domain.answers import Answers
from fairclient.ui import theme
from fairclient.ui.pages.register.fields import Fields
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.text import Text


class AnonymousCard(Card):
    """Sex, age and profile; ``back`` is for who authorises after all."""

    def __init__(self, today: date) -> None:
        super().__init__(_("Sin nombre"))
        self.fields = Fields(ASKED, today, shortcuts=True)
        self.fields.fit(Answers({}, today), sensitive_allowed=False)
        self.back = ActionButton(_("Sí autoriza"), "Esc", compact=True)
        self.header.addWidget(self.back)
        notice = QHBoxLayout()
        notice.setSpacing(theme.SNUG)
        notice.addWidget(Picture("shield", "accent_ink", 20))
        words = _("Se atiende y se cuenta. Lo que había dicho de ella ya se olvidó.")
        notice.addWidget(Text(words, "soft", wrap=True), 1)
        self.add(notice)
        self.add(self.fields)
        self.body.addStretch(1)


class RefusalStrip(Card):
    """Shown when somebody refuses: one key leads on without her name.

    Signals:
        shown(): it came into the page.
    """

    shown = Signal()

    def __init__(self) -> None:
        super().__init__(_("No autoriza"))
        self.go_on = ActionButton(_("Atender sin nombre"), "Alt+I", primary=True, icon="shield", compact=True)
        self.header.addWidget(self.go_on)
        words = _("Tiene derecho. Se atiende igual y se cuenta; se olvida lo escrito de ella.")
        self.add(Text(words, "soft", wrap=True))
        self.body.addStretch(1)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell."""
        super().showEvent(event)
        self.shown.emit()
