"""The cards of a person's page: who she is, her referrals, her slip, her family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.domain import catalogues
from fairclient.slips.code import pretty
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.queries.names import full_name
from fairclient.store.queries.people import ReferralState
from fairclient.ui import theme
from fairclient.ui.pages.find.results import birth_words
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.household import absent_rows
from fairclient.ui.pages.person.household_parts import about_member
from fairclient.ui.widgets import states
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import NoteList, NoteRow, empty
from fairclient.ui.widgets.picture import Picture
from fairclient.ui.widgets.spoken import spoken
from fairclient.ui.widgets.text import Text
from sync.wire.attendee import Attendee
from sync.wire.slip import Slip

_SAFE = {
    "N": ("danger", "danger_ink"),
    "L": ("warn", "warn_ink"),
}


class IdentityBand(QFrame):
    """Name, papers, age, place and telephone; and first of all, whether it is safe to get in touch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._name = Text("", "huge", wrap=True)
        self._papers = Text("", "strong", wrap=True)
        self._about = Text("", "soft", wrap=True)
        self._safe_mark = Picture("warn", "warn_ink", 22)
        self._safe = Text("", "strong", wrap=True)
        self._safety = QWidget()
        safe = QHBoxLayout(self._safety)
        safe.setContentsMargins(0, 0, 0, 0)
        safe.setSpacing(theme.SNUG)
        safe.addWidget(self._safe_mark, 0, Qt.AlignmentFlag.AlignTop)
        safe.addWidget(self._safe, 1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for label in (self._name, self._papers, self._about):
            lines.addWidget(label)
        lines.addWidget(self._safety)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, theme.GAP, 24, theme.GAP)
        row.setSpacing(theme.ROOMY)
        row.addWidget(Picture("person", "accent_ink", 48), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        self._say_safe("")

    def show_waiting(self) -> None:
        """Nobody yet."""
        self._name.setText(_("Abriendo…"))
        self._papers.setText("")
        self._about.setText("")
        self._say_safe("")

    def show_person(self, facts: PersonFacts) -> None:
        """Show who somebody is."""
        fact = facts.page.fact
        self._name.setText(full_name(fact))
        papers = "   ".join(f"{paper.type} {paper.number}" for paper in fact.documents)
        nobody = _("No se guarda quién es: no autorizó, o pidió que se borrara")
        self._papers.setText(nobody if fact.anonymous else papers or _("Sin documento"))
        self._about.setText(_about(facts))
        self._say_safe(fact.safe_contact)
        said = (self._name, self._safe, self._papers, self._about)
        self.setAccessibleName(spoken(label.text() for label in said))

    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def is_safe(self) -> bool:
        """Whether there is nothing to heed before getting in touch."""
        return self._safety.isHidden()

    def _say_safe(self, code: str) -> None:
        said = {
            "N": _("No la llame ni le escriba: no es seguro."),
            "L": _("Llámela solo como se acordó; vea las notas."),
        }
        self._safe.setText(said.get(code, ""))
        self._safety.setVisible(code in said)
        if code in _SAFE:
            self._safe_mark.show_picture(*_SAFE[code])


class ReferralsCard(Card):
    """What she asked for and what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Servicios pedidos"), parent=parent)
        self._rows = NoteList()
        self.add(self._rows)

    def show_referrals(self, referrals: Sequence[ReferralState], names: Mapping[str, str]) -> None:
        """Show these, the oldest first."""
        rows = [_referral(one, names) for one in referrals]
        none = NoteRow(
            "info", "ink_soft", _("No ha pedido servicios"), _("Con F8 se agregan y sale su ficha.")
        )
        self._rows.show_rows(rows or [none])

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()


class SlipCard(Card):
    """The slip that stands, and those that were voided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Ficha"), parent=parent)
        self._standing: tuple[str, Slip] | None = None
        self._rows = NoteList()
        self.add(self._rows)

    def show_slips(self, slips: Sequence[tuple[str, Slip]]) -> None:
        """Show these, the newest first."""
        self._standing = next((pair for pair in slips if not pair[1].void_reason), None)
        rows = [_slip(slip) for _slip_id, slip in slips]
        none = NoteRow("slip", "ink_soft", _("Todavía no tiene ficha"))
        self._rows.show_rows(rows or [none])

    def standing(self) -> tuple[str, Slip] | None:
        """The newest slip that isn't void, with its id."""
        return self._standing

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()


class FamilyCard(Card):
    """The others of the household, each a way to their page.

    Signals:
        person_wanted(str): open this person.
    """

    person_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Familia"), parent=parent)
        self._links: list[QPushButton] = []
        self._shown: tuple[str, HouseholdPage | None] | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.TIGHT)
        self.add(self._column)

    def show_family(self, facts: PersonFacts) -> None:
        """Show the others of the household, and who of it did not come; nothing where there is nobody."""
        home = facts.page.home
        if (facts.page.attendee, home) == self._shown:
            return  # the focus may be on a link
        self._shown = (facts.page.attendee, home)
        empty(self._column)
        others = [one for one in home.members if one.attendee != facts.page.attendee] if home else []
        self._links = [self._link(one.attendee, one.name) for one in others]
        for one, link in zip(others, self._links, strict=True):
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            if home and (about := about_member(one, home, facts.today)):
                told = Text(about, "hint")
                told.setContentsMargins(theme.SNUG, 0, 0, 0)
                self._column.addWidget(told)
        absent = absent_rows(home.fact) if home else []
        for row in absent:
            self._column.addWidget(row)
        self.set_title(_("Hogar {name}").format(name=home.fact.name) if home else _("Familia"))
        self.setVisible(bool(self._links or absent))

    def links(self) -> list[QPushButton]:
        """The ways to the others."""
        return list(self._links)

    def _link(self, person: str, name: str) -> QPushButton:
        link = QPushButton(name, self)
        link.setProperty("look", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName(_("Abrir a {name}").format(name=name))
        link.clicked.connect(lambda: self.person_wanted.emit(person))
        return link


def _about(facts: PersonFacts) -> str:
    fact = facts.page.fact
    parts = [
        birth_words(fact.birth_date, fact.birth_estimated, facts.today),
        _("{band} años").format(band=fact.age_band) if fact.age_band else "",
        catalogues.name_of("sexes", fact.sex),
        catalogues.name_of("nationalities", fact.nationality) if fact.nationality else "",
        catalogues.municipality_label(fact.municipality) if fact.municipality else "",
        _phones(fact),
    ]
    return "  ·  ".join(filter(None, parts))


def _phones(fact: Attendee) -> str:
    return ", ".join(
        f"{phone.number} ({phone.owner})" if phone.owner else phone.number for phone in fact.phones
    )


def _referral(one: ReferralState, names: Mapping[str, str]) -> NoteRow:
    look = states.look(one.state)
    parts = [look.words, _("mesa {letter}").format(letter=one.desk) if one.desk else ""]
    if one.state == "not_served" and one.reason:
        parts.append(catalogues.name_of("not_served_reasons", one.reason).lower())
    if one.state == "referred_on" and one.reason:
        parts.append(names.get(one.reason, one.reason))
    return NoteRow(look.icon, look.role, names.get(one.service, one.service), " · ".join(filter(None, parts)))


def _slip(slip: Slip) -> NoteRow:
    where = " → ".join(_("mesa {letter}").format(letter=letter) for letter in slip.desks)
    if slip.void_reason:
        return NoteRow("void", "ink_soft", slip.turn, _("Anulada"), pretty(slip.code))
    return NoteRow("slip", "accent_ink", slip.turn, where, pretty(slip.code))
