"""The registration page: who, what for, already here, done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fairclient.base.words import N_, _
from fairclient.documents.scanned import Scanned
from fairclient.domain.form import write_form
from fairclient.store.queries.person import PersonPage
from fairclient.ui.equipment import Equipment
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.pages.register.bar import RegisterBar
from fairclient.ui.pages.register.columns import RegisterColumns
from fairclient.ui.pages.register.draft import Draft, Family, following
from fairclient.ui.pages.register.focus import FocusWatch, go_on
from fairclient.ui.pages.register.form import RegisterForm
from fairclient.ui.pages.register.keeping import Keeping
from fairclient.ui.pages.register.kept import KeptForm
from fairclient.ui.pages.register.paper import PaperCard
from fairclient.ui.pages.register.parking import Parking
from fairclient.ui.pages.register.reads import fair_and_services, known_person
from fairclient.ui.pages.register.saving import Saving
from fairclient.ui.pages.register.scan import ScanIntake, first_missing
from fairclient.ui.runner import Runner
from fairclient.ui.scanning.scan_undo import Undo
from fairclient.usecases.known_people import card_form
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair
from sync.wire.people import Card
from sync.wire.service import Service


class RegisterPage(Page):
    """One person at a time, family by family. Signals: those of Page."""

    NAME = "register"
    TITLE = N_("Registrar")
    KEY = "F2"
    SHOWS = frozenset({"fair", "service", "draft"})
    SHEETS_KEEP = True

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self.form = RegisterForm(self, place.clock.today())
        self.bar = RegisterBar()
        form = self.form
        self.family, self.person, self.services = form.family, form.person, form.services
        self.authorisation, self.more, self.alike = form.authorisation, form.more, form.alike
        self.paper = PaperCard(self, form)
        self._columns = RegisterColumns(
            [self.family, form.anonymous, self.person],
            [self.paper, self.services, self.authorisation, form.refusal, self.more],
            [self.alike],
        )
        self.saving = Saving(self, form, self.bar, self._columns.bring_into_sight)
        self.parking = Parking(self, form)
        self._scans = ScanIntake(
            self,
            form.remarks,
            form.collect,
            self._fill_in,
            self.take_returning,
            self.parking.find,
            self.paper.take,
        )
        self._focus = FocusWatch(self, self._focus_moved)
        self._keeping = Keeping(self, form, lambda: self.saving.under_way)
        self._lay_out()
        self._wire()
        self.form.show(Draft())

    # -- the window's side

    def equip(self, equipment: Equipment) -> None:
        """Follow the printer."""
        super().equip(equipment)
        equipment.printing.printed.connect(lambda _slip: self.bar.say_printer(""))
        equipment.printing.waiting.connect(lambda count, why: self.bar.say_printer(why))

    def refresh(self) -> None:
        """Read the fair's services again; the first time, what was left half-filled too."""
        self.ask(fair_and_services, self.place, then=self._show_fair)
        self._keeping.look(self.take_up)
        self.parking.look()

    def receive(self, what: object) -> None:
        """Begin with a name that was looked for and not found."""
        if isinstance(what, str) and self.form.collect().blank:
            self.fill({"given_names": what})

    def first_focus(self) -> QWidget | None:
        """The document comes first."""
        return self.person.fields.answers["documents"].widget

    def take_scan(self, scan: Scanned) -> bool:
        """Fill in the document that was scanned, or open who holds the slip."""
        self._scans.take(scan)
        return True

    def hold(self) -> Undo:
        """The way back to the answers as they are now."""
        return partial(self._put_back, self.form.collect())

    def draft(self) -> object | None:
        """What is half-filled."""
        draft = self.form.collect()
        return None if draft.blank and draft.family is None else draft

    def restore(self, draft: object) -> None:
        """Fill in again what was half-filled."""
        if isinstance(draft, Draft):
            self._keeping.settled()
            self.form.show(draft)

    def put_down(self) -> None:
        """Keep what is half-filled."""
        self._keeping.put_down()

    # -- what the registrar does

    def save(self) -> None:
        """Save the person, print her slip, and be ready for somebody else (Ctrl+Enter)."""
        self.saving.save(then_next=False)

    def next_of_family(self) -> None:
        """Save what there is, and go on with the next of the family (Ctrl+N)."""
        draft = self.form.collect()
        if draft.blank:
            self._begin(following(draft.family))
        else:
            self.saving.save(then_next=True)

    def new_family(self) -> None:
        """Begin with another family, and leave what was not saved (Ctrl+Shift+N)."""
        self._begin(Draft())

    def fill(self, form: Mapping[str, str]) -> None:
        """Write these answers over those that are there, as a person or a scanner would."""
        self.form.fill(form)

    def take_returning(self, attendee: str) -> None:
        """Go on with somebody who is known already."""
        self.ask(known_person, self.place, attendee, then=self._show_returning)

    # -- inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._columns, 1)
        column.addWidget(self.bar)

    def _wire(self) -> None:
        form = self.form
        form.changed.connect(lambda: self.bar.say_draft(kept=not form.draft.blank))
        form.refusal.shown.connect(partial(self._come_into_sight, form.refusal))
        self.authorisation.represent.changed.connect(
            partial(self._come_into_sight, self.authorisation.represent)
        )
        self.family.joined.connect(self._join)
        self.family.member_wanted.connect(lambda attendee: self.go.emit("find", attendee))
        self.alike.picked.connect(self.take_returning)
        self.alike.set_aside.connect(self._set_aside)
        self.person.dropped.connect(self._drop_returning)
        self.saving.saved.connect(self._begin)
        self.saving.failed.connect(self._keeping.keep)
        self.parking.parked.connect(self._begin)
        self.parking.taken_up.connect(lambda draft: self.take_up(KeptForm(draft)))
        self.parking.unauthorised.connect(self.saving.stop_at_authorisation)
        self.parking.waiting.connect(self.bar.say_parked)
        self.bar.park.clicked.connect(self.parking.park)
        self.bar.parked.clicked.connect(self.parking.show_list)
        self.bar.list_paused.activated.connect(self.parking.show_list)
        self.bar.save.clicked.connect(self.save)
        self.bar.next.clicked.connect(self.next_of_family)
        self.bar.fresh.clicked.connect(self.new_family)
        self.bar.reprint.clicked.connect(self._reprint)

    def _begin(self, draft: Draft) -> None:
        """Show a draft from its first field."""
        self.form.show(draft)
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.forget_touched()

    def take_up(self, kept: KeptForm) -> None:
        """Go on with what was half-filled when the laptop was locked, or the power went."""
        draft = kept.draft
        if draft.returning is not None:
            self.form.show(replace(draft, form={}, returning=None))
            self.take_returning(draft.returning)
            return
        self.form.show(draft)
        if kept.focus:
            self.form.return_to(kept.focus)
        else:
            self._go_on()

    def _show_fair(self, found: tuple[Fair, list[Service], date]) -> None:
        fair, services, self.form.today = found
        self.services.show_services(services)
        self.authorisation.sheet.set_fair(fair)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A field that is left is checked; the one that is entered is brought into sight."""
        self.form.left(old, new)
        self._keeping.keep()
        if new is not None:
            self._columns.bring_into_sight(new)

    def _come_into_sight(self, part: QWidget) -> None:
        """Scroll to what has just grown, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._columns.bring_into_sight(part))

    def _fill_in(self, form: Mapping[str, str], answered: tuple[str, ...]) -> None:
        """Fill in a scanned document, say what the rules say of it, and go to what is missing."""
        self.fill(form)
        filled = self.form.draft.form
        self.form.touch(key for key in answered if key == "documents" or filled.get(key))
        self._go_on()

    def _go_on(self) -> None:
        """Put the focus on the first question that is still to be asked; on the services after the last."""
        missing = first_missing(self.form.draft.form)
        if missing is not None:
            self.person.fields.go_to(missing)
        else:
            self.services.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, draft: Draft) -> None:
        if self.form.collect() != draft:
            self.form.show(draft)

    def _join(self, joined: bool) -> None:
        draft = self.form.collect()
        shared = dict(draft.family.shared) if joined and draft.family else {}
        consent = draft.consent
        if not joined:
            consent = replace(consent, representative=None, relation="")
        self.form.show(replace(draft, joined=joined, form={**shared, **dict(draft.form)}, consent=consent))

    def _show_returning(self, page: PersonPage | Card | None) -> None:
        if page is None:
            return
        if isinstance(page, Card):
            self._show_card(page)
            return
        self.form.show(
            replace(
                self.form.collect(),
                form=write_form(page.fact),
                returning=page.attendee,
                known=page.fact,
                family=Family(page.fact.household) if page.fact.household else None,
                joined=False,
            )
        )
        self.services.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_aside(self, attendee: str) -> None:
        """She looks like the one who stands here and is somebody else: written when this one is saved."""
        draft = self.form.collect()
        self.form.draft = replace(draft, apart=(*draft.apart, attendee))
        self.form.answers_changed()

    def _show_card(self, card: Card) -> None:
        """Take over what another fair knew of her; the rest is asked, as of anybody new."""
        draft = self.form.collect()
        form = {**draft.form, **card_form(card)}
        self.form.show(replace(draft, form=form, card=card.subject, apart=(*draft.apart, card.subject)))
        self.news.emit(_("Conocida de una feria anterior"), _("Revise sus datos y complete lo que falta."))
        self._go_on()

    def _drop_returning(self) -> None:
        self._begin(replace(self.form.collect(), form={}, returning=None, known=None))

    def _reprint(self) -> None:
        if self.equipment is not None and self.bar.last_slip:
            self.equipment.printing.print_slips([self.bar.last_slip], again=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number pad's Enter goes from field to field, too."""
        cards = (self.person, self.form.anonymous, self.services, self.authorisation)
        if not go_on(event, self, cards):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The page goes out of sight, by a lock or for another page: the field under way counts as left."""
        super().hideEvent(event)
        self._keeping.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less on the bar in a narrow window, and show who is here already only when somebody is."""
        super().resizeEvent(event)
        self.bar.fit(self.width())
        self.alike.set_folded(self._columns.columns_for(self.width()) < 3)
