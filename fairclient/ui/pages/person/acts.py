"""What can be done for a person from her page: the buttons with their keys, and the sheets they open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.documents.scanned import Scanned
from fairclient.ui import theme
from fairclient.ui.dialogs import confirm
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.person.correct import CorrectSheet
from fairclient.ui.pages.person.decide import DecideSheet
from fairclient.ui.pages.person.erase import EraseSheet
from fairclient.ui.pages.person.export import ExportSheet
from fairclient.ui.pages.person.facts import PersonFacts
from fairclient.ui.pages.person.household import HouseholdSheet
from fairclient.ui.pages.person.refer import ReferSheet
from fairclient.ui.pages.person.represent import RepresentSheet
from fairclient.ui.pages.person.reserved import ReservedSheet
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.showing import show_if
from fairclient.usecases.erase_person import MAY_ERASE
from fairclient.usecases.export_person import MAY_EXPORT
from fairclient.usecases.issue_slip import IssuedSlip
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.tell_apart import tell_apart
from sync.wire.slip import Slip

S = TypeVar("S", bound=Sheet)

WRITTEN = frozenset({"attendee", "household", "visit", "referral", "slip", "outcome", "distinction"})


class PersonActs(QWidget):
    """The row of buttons. Each does something for the person who was shown last.

    Signals:
        back_wanted(): back to the search.
        reread_wanted(): something of this laptop alone changed; read the page again.
    """

    back_wanted = Signal()
    reread_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._facts: PersonFacts | None = None
        self._slip: tuple[str, Slip] | None = None
        self._sheets: dict[type[Sheet], Sheet] = {}
        self.back = ActionButton(_("Volver"), "Esc")
        self.reprint = ActionButton(_("Reimprimir ficha"), "R", icon="printer")
        self.reissue = ActionButton(_("Ficha nueva"), "Ctrl+R", icon="slip")
        self.correct = ActionButton(_("Corregir"), "F9", icon="register")
        self.household = ActionButton(_("Hogar"), "F7", icon="family")
        self.represent = ActionButton(_("Llegó quien responde"), "Alt+R", icon="shield")
        self.decide = ActionButton(_("Elegir el valor"), "Alt+D", icon="warn")
        self.refer = ActionButton(_("Pedir más servicios"), "F8", primary=True, icon="plus")
        self.export = ActionButton(_("Mis datos"), "Alt+X", icon="document")
        self.erase = ActionButton(_("Suprimir datos"), "Ctrl+Del", danger=True)
        self._lay_out()
        self._wire()
        self.show_nobody()

    def show_nobody(self) -> None:
        """Nobody is on the page yet: only the way back is open."""
        self._facts = self._slip = None
        for button in self._buttons()[1:]:
            button.setEnabled(False)
        show_if(False, self.represent, self.decide, self.export, self.erase)

    def show_person(self, facts: PersonFacts, slip: tuple[str, Slip] | None) -> None:
        """Offer what can be done for this person; ``slip`` is the one that stands."""
        self._facts, self._slip = facts, slip
        place = self._page.place
        for button in self._buttons()[1:]:
            button.setEnabled(True)
        for button in (self.reprint, self.reissue):
            button.setEnabled(slip is not None)
        # Of somebody without a name nothing is kept that could be corrected, and nobody lives with her.
        named = not facts.page.fact.anonymous
        self.correct.setEnabled(named)
        self.household.setEnabled(named)
        show_if(facts.alone, self.represent)
        show_if(bool(facts.page.conflicts), self.decide)
        show_if(named and place.may(*MAY_EXPORT), self.export)
        show_if(named and place.may(*MAY_ERASE), self.erase)

    def first_focus(self) -> QWidget:
        """The likeliest thing to do."""
        return self.reprint if self.reprint.isEnabled() else self.back

    def sheet(self, kind: type[S]) -> S | None:
        """A sheet, once it has been opened."""
        return cast("S | None", self._sheets.get(kind))

    def take_scan(self, scan: Scanned) -> bool:
        """Whether a sheet that is open had a use for what was scanned."""
        for kind in (HouseholdSheet, RepresentSheet):
            sheet = self.sheet(kind)
            if isinstance(sheet, HouseholdSheet | RepresentSheet) and sheet.isVisible():
                sheet.take_scan(scan)
                return True
        return False

    def look_at_reserved(self) -> None:
        """Open what is sensitive, for a focal point."""
        self._open(ReservedSheet, lambda sheet: sheet.was_read.connect(self.reread_wanted))

    def tell_apart(self, other: str, same: bool) -> None:
        """Write that somebody is, or isn't, the same person."""
        if self._facts is None:
            return
        said = _("Anotado: es la misma persona") if same else _("Anotado: no es la misma persona")
        verb = partial(tell_apart, same=same)
        mine = self._facts.page.attendee
        self._page.ask(verb, self._page.place, mine, other, then=lambda _id: self._written(said))

    def _open(self, kind: type[S], wire: Callable[[S], object]) -> None:
        if self._facts is None:
            return
        sheet = self.sheet(kind)
        if sheet is None:
            make = cast("Callable[[Page], S]", kind)
            sheet = make(self._page)
            self._sheets[kind] = sheet
            wire(sheet)
        sheet.open_for(self._facts)  # type: ignore[attr-defined]  # every sheet of this page has it

    def _written(self, news: str) -> None:
        self._page.news.emit(news, _("Lo anterior queda en la historia, con quién y cuándo."))
        self._page.announce(WRITTEN)

    def _print_again(self) -> None:
        if self._slip is None:
            return
        self._print(self._slip[0], again=True)
        self._page.news.emit(
            _("Copia de la ficha {turn}").format(turn=self._slip[1].turn),
            _("Va a la impresora. La ficha que ya tiene la persona sigue sirviendo."),
        )

    def _issue_anew(self) -> None:
        if self._slip is None or not confirm(
            self.window(),
            _("Ficha nueva para {name}").format(name=self._slip[1].display_name),
            _(
                "La ficha perdida queda anulada y las mesas la rechazarán cuando lo sepan. "
                "El turno {turn} no cambia."
            ).format(turn=self._slip[1].turn),
            _("Anular e imprimir otra"),
        ):
            return
        self._page.ask(reissue_slip, self._page.place, self._slip[0], then=self._reissued)

    def _reissued(self, issued: IssuedSlip) -> None:
        self._print(issued.slip)
        self._page.news.emit(
            _("Ficha nueva {turn}").format(turn=issued.turn), _("La anterior quedó anulada.")
        )
        self._page.announce(WRITTEN)

    def _referred(self, done: Registered) -> None:
        self._print(done.slip.slip)
        self._page.news.emit(
            _("Turno {turn}").format(turn=done.slip.turn),
            _("Los servicios quedaron pedidos; la ficha va a la impresora."),
        )
        self._page.announce(WRITTEN)

    def _exported(self, news: str) -> None:
        self._page.news.emit(news, _("Entréguelo solo a la persona, y borre la copia de este equipo."))
        self.reread_wanted.emit()

    def _print(self, slip: str, *, again: bool = False) -> None:
        if self._page.equipment is not None:
            self._page.equipment.printing.print_slips([slip], again=again)

    def _buttons(self) -> tuple[ActionButton, ...]:
        """All acts, in their order; the way back is the first."""
        return (
            self.back,
            self.reprint,
            self.reissue,
            self.refer,
            self.correct,
            self.household,
            self.represent,
            self.decide,
            self.export,
            self.erase,
        )

    def _wire(self) -> None:
        done = _("Datos corregidos")
        chosen = _("Quedó el valor elegido")
        answers = _("Quedó escrito quién responde por ella")
        self.back.clicked.connect(self.back_wanted)
        self.reprint.clicked.connect(self._print_again)
        self.reissue.clicked.connect(self._issue_anew)
        self.correct.clicked.connect(
            lambda: self._open(CorrectSheet, lambda s: s.corrected.connect(lambda: self._written(done)))
        )
        self.household.clicked.connect(
            lambda: self._open(HouseholdSheet, lambda s: s.done_with.connect(self._written))
        )
        self.represent.clicked.connect(
            lambda: self._open(
                RepresentSheet, lambda s: s.represented.connect(lambda: self._written(answers))
            )
        )
        self.decide.clicked.connect(
            lambda: self._open(DecideSheet, lambda s: s.decided.connect(lambda: self._written(chosen)))
        )
        self.refer.clicked.connect(
            lambda: self._open(ReferSheet, lambda s: s.referred.connect(self._referred))
        )
        self.export.clicked.connect(
            lambda: self._open(ExportSheet, lambda s: s.written.connect(self._exported))
        )
        self.erase.clicked.connect(
            lambda: self._open(EraseSheet, lambda s: s.erased.connect(self.back_wanted))
        )

    def _lay_out(self) -> None:
        row = Flow(self, theme.SNUG)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for button in self._buttons():
            button.setAutoDefault(True)  # Enter presses the one with the focus
            row.addWidget(button)
