"""A person's page: who she is, what she asked for and got, and everything that happened, in time order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.documents.scanned import Scanned
from fairclient.ui import theme
from fairclient.ui.dialogs import confirm
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person_cards import FamilyCard, IdentityBand, ReferralsCard, SlipCard
from fairclient.ui.pages.person_correct import CorrectSheet
from fairclient.ui.pages.person_erase import EraseSheet, may_erase
from fairclient.ui.pages.person_facts import PersonFacts, read_person
from fairclient.ui.pages.person_household import HouseholdSheet
from fairclient.ui.pages.person_refer import ReferSheet
from fairclient.ui.pages.person_represent import RepresentSheet
from fairclient.ui.pages.person_reserved import ReservedCard, ReservedSheet
from fairclient.ui.pages.person_timeline import Timeline
from fairclient.ui.pages.person_words import field_words
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.ui.widgets.showing import show_if
from fairclient.usecases.issue_slip import IssuedSlip
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.replace_slip import reissue_slip

NARROW = 860
"""Logical pixels of width under which the line of time goes beneath the cards."""

_WRITTEN = frozenset({"attendee", "visit", "referral", "slip", "outcome"})


class PersonView(QWidget):
    """Shows one person and acts for her: a copy of the slip, a new slip, a correction, more services.

    Signals:
        back_wanted(): back to the search.
        person_wanted(str): the page of somebody of the family.
    """

    back_wanted = Signal()
    person_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._attendee = ""
        self._number = 0
        self.facts: PersonFacts | None = None
        self.identity = IdentityBand()
        self.conflicts = Banner(closable=False)
        self.shared = Banner(closable=False)
        self.alone = Banner(closable=False)
        self.referrals = ReferralsCard()
        self.slip = SlipCard()
        self.family = FamilyCard()
        self.reserved = ReservedCard()
        self.timeline = Timeline()
        self.back = ActionButton(_("Volver"), "Esc")
        self.reprint = ActionButton(_("Reimprimir ficha"), "R", icon="printer")
        self.reissue = ActionButton(_("Ficha nueva"), "Ctrl+R", icon="slip")
        self.correct = ActionButton(_("Corregir"), "F9", icon="register")
        self.household = ActionButton(_("Hogar"), "F7", icon="family")
        self.represent = ActionButton(_("Llegó quien responde"), "Alt+R", icon="shield")
        self.refer = ActionButton(_("Pedir más servicios"), "F8", primary=True, icon="plus")
        self.erase = ActionButton(_("Suprimir datos"), "Ctrl+Del", danger=True)
        for button in self._buttons():
            button.setAutoDefault(True)  # Enter presses the one with the focus
        self._correct_sheet: CorrectSheet | None = None
        self._household_sheet: HouseholdSheet | None = None
        self._represent_sheet: RepresentSheet | None = None
        self._reserved_sheet: ReservedSheet | None = None
        self._refer_sheet: ReferSheet | None = None
        self._erase_sheet: EraseSheet | None = None
        self._lay_out()
        self._wire()

    def open(self, attendee: str) -> None:
        """Show this person."""
        if attendee != self._attendee:
            self._attendee = attendee
            self.facts = None
            self._show_nobody()
        self.refresh()

    def refresh(self) -> None:
        """Read the person again; the latest reading wins."""
        if not self._attendee:
            return
        self._number += 1
        number = self._number
        self._page.ask(
            read_person,
            self._page.place,
            self._attendee,
            then=lambda facts: self._show(facts) if number == self._number else None,
            fail=self._failed,
        )

    def attendee(self) -> str:
        """Whose page it is (an id)."""
        return self._attendee

    def correct_sheet(self) -> CorrectSheet | None:
        """The sheet for corrections, once it has been opened."""
        return self._correct_sheet

    def household_sheet(self) -> HouseholdSheet | None:
        """The sheet of the household, once it has been opened."""
        return self._household_sheet

    def represent_sheet(self) -> RepresentSheet | None:
        """The sheet of who answers for a child, once it has been opened."""
        return self._represent_sheet

    def reserved_sheet(self) -> ReservedSheet | None:
        """The sheet of sensitive answers, once it has been opened."""
        return self._reserved_sheet

    def take_scan(self, scan: Scanned) -> bool:
        """Whether a sheet that is open had a use for what was scanned."""
        for sheet in (self._household_sheet, self._represent_sheet):
            if sheet is not None and sheet.isVisible():
                sheet.take_scan(scan)
                return True
        return False

    def first_focus(self) -> QWidget:
        """The likeliest thing to do."""
        return self.reprint if self.reprint.isEnabled() else self.back

    def _show_nobody(self) -> None:
        self.identity.show_waiting()
        for button in self._buttons()[1:]:
            button.setEnabled(False)

    def _show(self, facts: PersonFacts) -> None:
        focus = self.facts is None and self.isVisible()
        self.facts = facts
        page = facts.page
        self.identity.show_person(facts)
        self.conflicts.say(
            "warn",
            _("Dos equipos corrigieron lo mismo: {fields}.").format(
                fields=", ".join(field_words(name).lower() for name in page.conflicts)
            )
            if page.conflicts
            else "",
            _("Los dos valores están guardados; se muestra el último."),
            _("Pregunte a la persona y corrija si hace falta (F9)."),
        )
        self._tell_shared(facts)
        self._tell_alone(facts)
        self.referrals.show_referrals(page.referrals, facts.names)
        self.slip.show_slips(page.slips)
        self.family.show_family(facts)
        self.reserved.show_person(facts)
        self.timeline.show_moments(page, facts.names, facts.time_zone)
        standing = self.slip.standing() is not None
        self.reprint.setEnabled(standing)
        self.reissue.setEnabled(standing)
        for button in (self.correct, self.household, self.represent, self.refer):
            button.setEnabled(True)
        show_if(may_erase(self._page.place) and not page.fact.anonymous, self.erase)
        self.erase.setEnabled(True)
        if focus:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_alone(self, facts: PersonFacts) -> None:
        """Say that a child came without an adult, to those who must look after her."""
        self.alone.say(
            "warn",
            _("Vino sin una persona adulta: ruta de protección.") if facts.alone else "",
            _("Su ficha lleva solo la letra de la mesa. Esto lo ven supervisión y protección, nadie más."),
            _("Acompáñela a la mesa. Si llega quien responda por ella, anótelo con Alt+R."),
        )
        show_if(facts.alone, self.represent)

    def _tell_shared(self, facts: PersonFacts) -> None:
        """Say who else has a document of hers: nobody was refused for it."""
        others = [
            _("{document} también está registrado a nombre de {name}.").format(
                document=f"{one.type} {one.number}", name=one.name
            )
            for one in facts.shared
        ]
        self.shared.say(
            "warn",
            " ".join(others),
            _("Los dos registros siguen como están."),
            _("Compare el documento y corrija el que esté mal (F9)."),
        )

    def _failed(self, error: Exception) -> None:
        self.back_wanted.emit()
        self._page.trouble.emit(error)

    def _print_again(self) -> None:
        found = self.slip.standing()
        if found is None:
            return
        self._print(found[0], again=True)
        self._page.news.emit(
            _("Copia de la ficha {turn}").format(turn=found[1].turn),
            _("Va a la impresora. La ficha que ya tiene la persona sigue sirviendo."),
        )

    def _issue_anew(self) -> None:
        found = self.slip.standing()
        if found is None or not confirm(
            self.window(),
            _("Ficha nueva para {name}").format(name=found[1].display_name),
            _(
                "La ficha perdida queda anulada y las mesas la rechazarán cuando lo sepan. "
                "El turno {turn} no cambia."
            ).format(turn=found[1].turn),
            _("Anular e imprimir otra"),
        ):
            return
        self._page.ask(reissue_slip, self._page.place, found[0], then=self._reissued)

    def _reissued(self, issued: IssuedSlip) -> None:
        self._print(issued.slip)
        self._page.news.emit(
            _("Ficha nueva {turn}").format(turn=issued.turn), _("La anterior quedó anulada.")
        )
        self._page.announce(_WRITTEN)

    def _open_correct(self) -> None:
        if self.facts is None:
            return
        if self._correct_sheet is None:
            self._correct_sheet = CorrectSheet(self._page)
            self._correct_sheet.corrected.connect(self._corrected)
        self._correct_sheet.open_for(self.facts)

    def _corrected(self) -> None:
        self._page.news.emit(
            _("Datos corregidos"), _("Lo anterior queda en la historia, con quién y cuándo.")
        )
        self._page.announce(_WRITTEN)

    def _open_refer(self) -> None:
        if self.facts is None:
            return
        if self._refer_sheet is None:
            self._refer_sheet = ReferSheet(self._page)
            self._refer_sheet.referred.connect(self._referred)
        self._refer_sheet.open_for(self.facts)

    def _referred(self, done: Registered) -> None:
        self._print(done.slip.slip)
        self._page.news.emit(
            _("Turno {turn}").format(turn=done.slip.turn),
            _("Los servicios quedaron pedidos; la ficha va a la impresora."),
        )
        self._page.announce(_WRITTEN)

    def _open_erase(self) -> None:
        if self.facts is None:
            return
        if self._erase_sheet is None:
            self._erase_sheet = EraseSheet(self._page)
            self._erase_sheet.erased.connect(self.back_wanted)
        fact = self.facts.page.fact
        self._erase_sheet.open_for(self._attendee, f"{fact.given_names} {fact.first_surname}".strip())

    def erase_sheet(self) -> EraseSheet | None:
        """The sheet for erasing, once it has been opened."""
        return self._erase_sheet

    def _open_household(self) -> None:
        if self.facts is None:
            return
        if self._household_sheet is None:
            self._household_sheet = HouseholdSheet(self._page)
            self._household_sheet.done_with.connect(self._rearranged)
        self._household_sheet.open_for(self.facts)

    def _open_represent(self) -> None:
        if self.facts is None:
            return
        if self._represent_sheet is None:
            self._represent_sheet = RepresentSheet(self._page)
            self._represent_sheet.represented.connect(
                lambda: self._rearranged(_("Quedó escrito quién responde por ella"))
            )
        self._represent_sheet.open_for(self.facts)

    def _open_reserved(self) -> None:
        if self.facts is None:
            return
        if self._reserved_sheet is None:
            self._reserved_sheet = ReservedSheet(self._page)
            self._reserved_sheet.was_read.connect(self.refresh)
        self._reserved_sheet.open_for(self.facts)

    def _rearranged(self, news: str) -> None:
        self._page.news.emit(news, _("Lo anterior queda en la historia, con quién y cuándo."))
        self._page.announce(_WRITTEN | {"household"})

    def _buttons(self) -> tuple[ActionButton, ...]:
        """All acts, in their order; the way back is the first."""
        return (
            self.back,
            self.reprint,
            self.reissue,
            self.correct,
            self.household,
            self.represent,
            self.refer,
            self.erase,
        )

    def _print(self, slip: str, *, again: bool = False) -> None:
        if self._page.equipment is not None:
            self._page.equipment.printing.print_slips([slip], again=again)

    def _wire(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.reprint.clicked.connect(self._print_again)
        self.reissue.clicked.connect(self._issue_anew)
        self.correct.clicked.connect(self._open_correct)
        self.household.clicked.connect(self._open_household)
        self.represent.clicked.connect(self._open_represent)
        self.refer.clicked.connect(self._open_refer)
        self.erase.clicked.connect(self._open_erase)
        self.family.person_wanted.connect(self.person_wanted)
        self.reserved.look_wanted.connect(self._open_reserved)

    def _lay_out(self) -> None:
        left = QWidget()
        cards = QVBoxLayout(left)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.GAP)
        for card in (self.referrals, self.slip, self.family, self.reserved):
            cards.addWidget(card)
        cards.addStretch(1)
        buttons = QWidget()
        row = Flow(buttons, theme.SNUG)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        for button in self._buttons():
            row.addWidget(button)
        scroll = PageScroll()
        scroll.add(self.identity)
        scroll.add(buttons)
        scroll.add(self.alone)
        scroll.add(self.conflicts)
        scroll.add(self.shared)
        scroll.add(Columns([(left, 1), (self.timeline, 1)], NARROW), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        for banner in (self.alone, self.conflicts, self.shared):
            banner.clear()
        self.represent.hide()
        self.erase.hide()
