"""The card of the authorisation (Ley 1581 de 2012): what is read out, and what is answered to each part."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from fairclient.base.words import N_, _
from fairclient.domain.authorisation_texts import current_text
from fairclient.domain.catalogues import name_of
from fairclient.ui import theme
from fairclient.ui.pages.register.draft import Consent, Family, Represented
from fairclient.ui.pages.register.read_aloud import ReadAloud
from fairclient.ui.pages.register.represent import RepresentField
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text

YES, NO = "Y", "N"
PURPOSES = {
    "sharing": N_("compartir con las mesas"),
    "follow_up": N_("contacto después"),
    "image": N_("imagen"),
    "statistics": N_("estadísticas"),
}


class AuthorisationCard(Card):
    """Two answers in sight, general and sensitive; the text and the other purposes in a sheet (Alt+A).

    Signals:
        changed(): an answer was given or taken back.
    """

    changed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(_("Autorización"), "Alt+A")
        self._consent = Consent()
        self.general = _yes_no(_("Autoriza guardar sus datos"))
        self.sensitive = _yes_no(_("Autoriza guardar datos sensibles"))
        self.represent = RepresentField()
        self._minor = False
        self._below = QWidget()
        self._read = ActionButton(_("Leer"), icon="voice", compact=True)
        self._mark = Picture("danger", "danger_ink", 16)
        self._state = Text("", "hint", elide=True)
        self.sheet = ReadAloud(over)
        self._lay_out()
        self._wire()
        self._show()

    def consent(self) -> Consent:
        """What was answered so far."""
        return self._consent

    def set_consent(self, consent: Consent) -> None:
        """Show these answers."""
        self._consent = consent
        self._show()

    def set_minor(self, minor: bool, family: Family | None) -> None:
        """Ask who authorises for a child, among the grown-ups of the family and others who are present."""
        self._minor = minor
        grown_up = [member for member in family.members if not member.minor] if family else []
        usual = Represented(family.representative, relation=family.relation) if family else Represented()
        self.represent.offer(grown_up, usual, _represented(self._consent))
        answered = self.represent.value() if minor else Represented()
        self._consent = replace(self._consent, **asdict(answered))
        show_if(minor, self.represent)
        self._fit()
        self.complain("")

    def missing(self) -> bool:
        """Whether it has to be said who answers for a child; it is asked for, and the focus goes there."""
        found = self.represent.missing() if self._minor else None
        if found is None:
            return False
        words, where = found
        self.complain(words)
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def complain(self, words: str) -> None:
        """Say, beneath the answers, what stands in the way of saving; "" takes it away."""
        show_if(bool(words), self._mark)
        self._state.set_look("refuse" if words else "hint")
        self._state.setText(words or self._summary())
        show_if(bool(words) or not self._minor or self._consent.alone, self._below)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(theme.SNUG)
        rows.setVerticalSpacing(theme.SNUG)
        rows.addWidget(Text(_("General"), "label"), 0, 0)
        rows.addWidget(self.general, 0, 1)
        rows.addWidget(Text(_("Sensible"), "label"), 0, 2)
        rows.addWidget(self.sensitive, 0, 3)
        rows.addWidget(self._read, 0, 4)
        rows.setColumnStretch(1, 1)
        rows.setColumnStretch(3, 1)
        self.represent.hide()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.TIGHT)
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._state, 1)
        self.add(rows)
        self.add(self.represent)
        self.add(self._below)

    def _wire(self) -> None:
        self.general.changed.connect(partial(self._answer, "general"))
        self.sensitive.changed.connect(partial(self._answer, "sensitive"))
        self.represent.changed.connect(self._keep_representative)
        self._read.clicked.connect(lambda: self.sheet.ask(self._consent))
        self.sheet.answered.connect(self._take)
        self.sheet.closed.connect(self._read_out)
        shortcut = QShortcut(QKeySequence("Alt+A"), self)
        shortcut.setWhatsThis(_("Leer la autorización en voz alta y responderla"))
        shortcut.activated.connect(self._read.click)

    def _read_out(self) -> None:
        """After the reading comes what a child's authorisation lacks: who gave it, and what she is to it."""
        if self._minor and self._consent.general:
            self.represent.next_missing()

    def _answer(self, purpose: str, code: str) -> None:
        self._take(self._consent.answered(purpose, {YES: True, NO: False}.get(code)))

    def _take(self, consent: Consent) -> None:
        self._consent = consent
        self._show()
        self.changed.emit()

    def _keep_representative(self) -> None:
        self._consent = replace(self._consent, **asdict(self.represent.value()))
        self._fit()
        self.complain("")
        self.changed.emit()

    def _fit(self) -> None:
        """Of a child who came alone nothing is authorised, so nothing is asked."""
        for part in (self.general, self.sensitive, self._read):
            part.setEnabled(not self._consent.alone)

    def _show(self) -> None:
        self.general.set_value(_code(self._consent.general))
        self.sensitive.set_value(_code(self._consent.sensitive))
        self.represent.show_value(_represented(self._consent))
        self._fit()
        self.complain("")

    def _summary(self) -> str:
        if self._consent.alone:
            return _("Ruta reservada: solo nombre, sexo y edad. No la deje sola.")
        text = current_text(self._consent.language)
        language = name_of("languages", text.language)
        if self._consent.general is None:
            return _("Léala en voz alta antes de guardar. {language}.").format(language=language)
        also = [_(words) for key, words in PURPOSES.items() if getattr(self._consent, key)]
        return " · ".join((f"{language}, {text.version}", *also))


def _represented(consent: Consent) -> Represented:
    """Who answers for a child, of all that was answered."""
    return Represented(**{part.name: getattr(consent, part.name) for part in fields(Represented)})


def _yes_no(name: str) -> Segments:
    segments = Segments([(YES, _("Sí")), (NO, _("No"))])
    segments.setAccessibleName(name)
    return segments


def _code(answer: bool | None) -> str:
    return "" if answer is None else YES if answer else NO
