"""The registration page: who, what for, already here, done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fairclient.base.words import N_, _
from fairclient.documents.scanned import Scanned
from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding
from fairclient.domain.form import read_form, write_form
from fairclient.domain.questions import of_section
from fairclient.domain.rules import check, refused
from fairclient.slips.code import pretty
from fairclient.store.queries.person import PersonPage
from fairclient.ui.equipment import Equipment
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.pages.register_alike import AlikeCard
from fairclient.ui.pages.register_authorisation import AuthorisationCard
from fairclient.ui.pages.register_bar import RegisterBar
from fairclient.ui.pages.register_columns import RegisterColumns
from fairclient.ui.pages.register_draft import Consent, Draft, Family, following, grown, registration, root
from fairclient.ui.pages.register_family import FamilyStrip
from fairclient.ui.pages.register_more import MoreCard
from fairclient.ui.pages.register_person import PersonCard
from fairclient.ui.pages.register_reads import fair_and_services, known_person
from fairclient.ui.pages.register_remarks import Remarks
from fairclient.ui.pages.register_scan import ScanIntake, first_missing
from fairclient.ui.pages.register_services import ServicesCard
from fairclient.ui.runner import Runner
from fairclient.ui.scan_undo import Undo
from fairclient.usecases.register_attendee import Registered, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair
from sync.wire.service import Service

WRITES = frozenset({"attendee", "household", "authorisation", "visit", "referral", "slip"})


class RegisterPage(Page):
    """One person at a time, family by family. Signals: those of Page."""

    NAME = "register"
    TITLE = N_("Registrar")
    KEY = "F2"
    SHOWS = frozenset({"fair", "service"})
    SHEETS_KEEP = True

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._today = place.clock.today()
        self._draft = Draft()
        self._touched: set[str] = set()
        self._saving = False
        self._then_next = False
        self.family = FamilyStrip()
        self.person = PersonCard(of_section("person"), self._today)
        self.services = ServicesCard()
        self.authorisation = AuthorisationCard(self)
        self.more = MoreCard(self, self._today)
        self.alike = AlikeCard(place, runner)
        self.bar = RegisterBar()
        self.remarks = Remarks(self)
        self._findings: list[Finding] = []
        self._scans = ScanIntake(self, self.remarks, self._collect, self._fill_in, self.take_returning)
        self._columns = RegisterColumns(
            [self.family, self.person], [self.services, self.authorisation, self.more], [self.alike]
        )
        self._lay_out()
        self._wire()
        self._show_draft(Draft())

    # -- the window's side

    def equip(self, equipment: Equipment) -> None:
        """Follow the printer."""
        super().equip(equipment)
        equipment.printing.printed.connect(lambda _slip: self.bar.say_printer(""))
        equipment.printing.waiting.connect(lambda count, why: self.bar.say_printer(why))

    def refresh(self) -> None:
        """Read the fair's services again."""
        self.ask(fair_and_services, self.place, then=self._show_fair)

    def receive(self, what: object) -> None:
        """Begin with a name that was looked for and not found."""
        if isinstance(what, str) and self._collect().blank:
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
        return partial(self._put_back, self._collect())

    def draft(self) -> object | None:
        """What is half-filled."""
        draft = self._collect()
        return None if draft.blank and draft.family is None else draft

    def restore(self, draft: object) -> None:
        """Fill in again what was half-filled."""
        if isinstance(draft, Draft):
            self._show_draft(draft)

    # -- what the registrar does

    def save(self) -> None:
        """Save the person, print her slip, and be ready for somebody else (Ctrl+Enter)."""
        self._save(then_next=False)

    def next_of_family(self) -> None:
        """Save what there is, and go on with the next of the family (Ctrl+N)."""
        draft = self._collect()
        if draft.blank:
            self._show_draft(following(draft.family))
            self._focus_first()
        else:
            self._save(then_next=True)

    def new_family(self) -> None:
        """Begin with another family, and leave what was not saved (Ctrl+Shift+N)."""
        self._show_draft(Draft())
        self._focus_first()

    def fill(self, form: Mapping[str, str]) -> None:
        """Write these answers over those that are there, as a person or a scanner would."""
        self._show_draft(replace(self._collect(), form={**self._collect().form, **form}))
        self._answers_changed()

    def _fill_in(self, form: Mapping[str, str], answered: tuple[str, ...]) -> None:
        """Fill in a scanned document, say what the rules say of it, and go to what is missing."""
        self.fill(form)
        self._touched.update(key for key in answered if key == "documents" or self._draft.form.get(key))
        self._check_touched()
        missing = first_missing(self._draft.form)
        if missing is not None:
            self.person.fields.go_to(missing)
        else:
            self.services.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, draft: Draft) -> None:
        if self._collect() != draft:
            self._show_draft(draft)

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
        self.person.fields.edited.connect(self._edited)
        self.more.edited.connect(self._edited)
        self.authorisation.changed.connect(self._answers_changed)
        self.services.changed.connect(self._keep)
        self.remarks.changed.connect(lambda: self._tell(self._findings))
        self.family.joined.connect(self._join)
        self.family.member_wanted.connect(lambda attendee: self.go.emit("find", attendee))
        self.alike.picked.connect(self.take_returning)
        self.alike.set_aside.connect(self._set_aside)
        self.person.dropped.connect(self._drop_returning)
        self.bar.save.clicked.connect(self.save)
        self.bar.next.clicked.connect(self.next_of_family)
        self.bar.fresh.clicked.connect(self.new_family)
        self.bar.reprint.clicked.connect(self._reprint)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # it runs

    def _collect(self) -> Draft:
        """What is on the page now."""
        form = self.person.fields.read() | self.more.read()
        return replace(
            self._draft, form=form, services=self.services.chosen(), consent=self.authorisation.consent()
        )

    def _show_draft(self, draft: Draft) -> None:
        self._draft = draft
        self._touched.clear()
        self.remarks.forget()
        self.person.show_draft(draft)
        self.more.show_form(draft.form)
        self.services.set_chosen(draft.services)
        self.authorisation.set_consent(draft.consent)
        self.family.show_family(draft.family, joined=draft.joined)
        self._tell([])
        self._answers_changed()

    def _show_fair(self, found: tuple[Fair, list[Service], date]) -> None:
        fair, services, self._today = found
        self.services.show_services(services)
        self.authorisation.sheet.set_fair(fair)

    def _edited(self, key: str) -> None:
        self.remarks.forget(key)
        self._tell([finding for finding in self._findings if root(finding.field) != key])
        self._answers_changed()

    def _answers_changed(self) -> None:
        draft = self._collect()
        answers = Answers(draft.form, self._today)
        allowed = bool(draft.consent.sensitive)
        members = draft.family.members if draft.family and draft.joined else ()
        self.person.fields.fit(answers, sensitive_allowed=allowed)
        self.more.fit(answers, sensitive_allowed=allowed)
        self.authorisation.set_minor(answers.is_minor, members)
        if draft.returning is None:
            typing = self.person.fields.key_of(QApplication.focusWidget()) or ""
            self.alike.look_for(draft.form, typing, draft.apart)
        self._keep()

    def _keep(self) -> None:
        self._draft = self._collect()
        self.bar.say_draft(kept=not self._draft.blank)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A field that is left is checked; the one that is entered is brought into sight."""
        if not self.isVisible():
            return
        key = self.person.fields.key_of(old)
        if key is not None and self.person.fields.key_of(new) != key:
            self._touched.add(key)
            self._check_touched()
        if new is not None:
            self._columns.bring_into_sight(new)

    def _check_touched(self) -> None:
        """Say what there is to say of the fields that were reached."""
        draft = self._collect()
        findings = check(draft.asked, self._today)
        self._tell([finding for finding in findings if root(finding.field) in self._touched])
        self.remarks.look_at(draft.form, draft.returning or "")

    def _tell(self, findings: list[Finding]) -> None:
        self._findings = findings
        # The first one of a field is the one that is read: what can't be saved, then what is unusual.
        said = sorted([*self.remarks.findings(), *findings], key=lambda finding: finding.level != "refuse")
        self.person.fields.tell(said)
        self.more.tell(said)

    def _save(self, *, then_next: bool) -> None:
        if self._saving:
            return
        self.person.fields.settle()
        draft = self._collect()
        read = read_form(draft.asked, self._today)
        if draft.returning is None:
            self._touched.update(self.person.fields.fields)
            self._tell(read.findings)
            if refused(read.findings):
                self._stop_at(read.findings[0])
                return
            if not draft.consent.general:
                self._stop_at_authorisation(draft.consent)
                return
        self._draft = draft
        self._saving, self._then_next = True, then_next
        self.bar.save.set_busy(_("Guardando…"))
        self.ask(
            register_attendee,
            self.place,
            registration(draft, read),
            then=self._saved,
            fail=self._not_saved,
        )

    def _stop_at(self, finding: Finding) -> None:
        key = root(finding.field)
        if not self.person.fields.go_to(key):
            self.more.go_to(key)
        self._sound("attention")

    def _stop_at_authorisation(self, consent: Consent) -> None:
        refusal = consent.general is False
        self.authorisation.complain(
            _("No autoriza: no se guarda nada de ella. Oriéntela sin ficha.")
            if refusal
            else _("Falta leerle la autorización y marcar su respuesta.")
        )
        self.authorisation.general.setFocus(Qt.FocusReason.OtherFocusReason)
        self._columns.bring_into_sight(self.authorisation)
        self._sound("attention")

    def _saved(self, done: Registered) -> None:
        self._ready_again()
        family = grown(self._draft, done, self._today)
        name = family.members[-1].name
        self.bar.say_saved(done.slip.slip, name, done.slip.turn)
        self.news.emit(
            _("{name} · turno {turn}").format(name=name, turn=done.slip.turn),
            _("Guardado. Código de la ficha: {code}.").format(code=pretty(done.slip.code)),
        )
        if self.equipment is not None:
            self.equipment.printing.print_slips([done.slip.slip])
        self._sound("done")
        self._show_draft(following(family) if self._then_next else Draft(family=family))
        self._focus_first()
        self.announce(WRITES)

    def _not_saved(self, error: Exception) -> None:
        self._ready_again()
        self.trouble.emit(error)

    def _ready_again(self) -> None:
        self._saving = False
        self.bar.save.set_busy("")

    def _join(self, joined: bool) -> None:
        draft = self._collect()
        shared = dict(draft.family.shared) if joined and draft.family else {}
        consent = draft.consent
        if not joined:
            consent = replace(consent, representative=None, relation="")
        self._show_draft(replace(draft, joined=joined, form={**shared, **dict(draft.form)}, consent=consent))

    def _show_returning(self, page: PersonPage | None) -> None:
        if page is None:
            return
        self._show_draft(
            replace(
                self._collect(),
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
        draft = self._collect()
        self._draft = replace(draft, apart=(*draft.apart, attendee))
        self._answers_changed()

    def _drop_returning(self) -> None:
        self._show_draft(replace(self._collect(), form={}, returning=None, known=None))
        self._focus_first()

    def _reprint(self) -> None:
        if self.equipment is not None and self.bar.last_slip:
            self.equipment.printing.print_slips([self.bar.last_slip], again=True)

    def _focus_first(self) -> None:
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sound(self, name: str) -> None:
        if self.equipment is not None:
            self.equipment.sounds.play(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less on the bar in a narrow window, and show who is here already only when somebody is."""
        super().resizeEvent(event)
        self.bar.fit(self.width())
        self.alike.set_folded(self._columns.columns_for(self.width()) < 3)
