"""The cards of the registration page as one draft: shown, read, and checked as far as fields were reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fairclient.domain.anonymous import ASKED
from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding
from fairclient.domain.questions import of_section
from fairclient.domain.rules import check
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.alike import AlikeCard
from fairclient.ui.pages.register.anonymous import AnonymousCard, RefusalStrip
from fairclient.ui.pages.register.authorisation import AuthorisationCard
from fairclient.ui.pages.register.draft import Draft, root
from fairclient.ui.pages.register.family import FamilyStrip
from fairclient.ui.pages.register.more import MoreCard
from fairclient.ui.pages.register.person import PersonCard
from fairclient.ui.pages.register.remarks import Remarks
from fairclient.ui.pages.register.services import ServicesCard
from fairclient.ui.widgets.showing import show_if


class RegisterForm(QObject):
    """Everything that is answered on the page. ``draft`` is what it says, ``findings`` what is said of it.

    Signals:
        changed(): the draft is another one now.
        shown(): another draft is on the page.
    """

    changed = Signal()
    shown = Signal()

    def __init__(self, page: Page, today: date) -> None:
        super().__init__(page)
        self.today = today
        self.draft = Draft()
        self.findings: list[Finding] = []
        self._touched: set[str] = set()
        self._where = ""
        self.family = FamilyStrip()
        self.person = PersonCard(of_section("person"), today)
        self.services = ServicesCard()
        self.authorisation = AuthorisationCard(page)
        self.more = MoreCard(page, today)
        self.anonymous = AnonymousCard(today)
        self.refusal = RefusalStrip()
        self.alike = AlikeCard(page.place, page.runner)
        self.remarks = Remarks(page)
        self._wire()

    def collect(self) -> Draft:
        """What is on the page now."""
        form = self.person.fields.read() | self.more.read()
        if self.draft.anonymous:
            form = self.anonymous.fields.read()
        return replace(
            self.draft, form=form, services=self.services.chosen(), consent=self.authorisation.consent()
        )

    def show(self, draft: Draft) -> None:
        """Show a draft; nothing is said of it before its fields are reached."""
        self.draft = draft
        self._touched.clear()
        self.remarks.forget()
        show_if(draft.anonymous, self.anonymous)
        show_if(not draft.anonymous, self.person)
        self.anonymous.fields.show_form(draft.form if draft.anonymous else {})
        self.person.show_draft(replace(draft, form={}) if draft.anonymous else draft)
        self.more.show_form({} if draft.anonymous else draft.form)
        self.services.set_chosen(draft.services)
        self.authorisation.set_consent(draft.consent)
        self.family.show_family(draft.family, joined=draft.joined)
        self.tell([])
        self.answers_changed()
        self.shown.emit()

    def fill(self, form: Mapping[str, str]) -> None:
        """Write these answers over those that are there, as a person or a scanner would."""
        draft = self.collect()
        self.show(replace(draft, form={**draft.form, **form}))

    def answers_changed(self) -> None:
        """Ask what applies to the person now, and look for people like her."""
        draft = self.collect()
        refused = draft.consent.general is False and draft.returning is None
        show_if(refused and not draft.anonymous, self.refusal)
        show_if(not refused, self.more)  # nothing more is asked of who refuses
        answers = Answers(draft.form, self.today)
        allowed = bool(draft.consent.sensitive)
        self.person.fields.fit(answers, sensitive_allowed=allowed)
        self.more.fit(answers, sensitive_allowed=allowed)
        self.authorisation.set_minor(answers.is_minor, draft.family if draft.joined else None)
        if draft.returning is None:
            typing = self.person.fields.key_of(QApplication.focusWidget()) or ""
            self.alike.set_off(draft.anonymous)
            self.alike.look_for({} if draft.anonymous else draft.form, typing, draft.apart)
        self._keep()

    def touch(self, keys: Iterable[str]) -> None:
        """Say what there is to say of these fields, and of those that were reached before."""
        self._touched.update(keys)
        draft = self.collect()
        if draft.anonymous:
            return
        findings = check(draft.asked, self.today)
        self.tell([finding for finding in findings if root(finding.field) in self._touched])
        self.remarks.look_at(draft.form, draft.returning or "")

    def forget_touched(self) -> None:
        """Say nothing: no field of the draft on the page has been reached yet."""
        self._touched.clear()
        self.tell([])

    def touch_everything(self, findings: list[Finding]) -> None:
        """Say all these, as when somebody wants to save."""
        self._touched.update(self.person.fields.fields)
        self.tell(findings)

    def tell(self, findings: list[Finding]) -> None:
        """Say these beneath their fields, with what is said of scans and of other people's numbers."""
        self.findings = findings
        # The first one of a field is the one that is read: what can't be saved, then what is unusual.
        said = sorted([*self.remarks.findings(), *findings], key=lambda finding: finding.level != "refuse")
        self.person.fields.tell(said)
        self.more.tell(said)
        self.anonymous.fields.tell(said)

    def go_to(self, key: str) -> None:
        """Put the focus on a question, wherever it is asked."""
        if self.draft.anonymous:
            self.anonymous.fields.go_to(key)
        elif not self.person.fields.go_to(key):
            self.more.go_to(key)

    def whereabouts(self) -> str:
        """Where the focus was last while the page could be seen, in words of its own; see ``return_to``."""
        return self._where

    def return_to(self, where: str) -> None:
        """Put the focus where ``whereabouts`` said it was."""
        if where == "services":
            self.services.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        elif where == "authorisation":
            self.authorisation.general.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.draft.anonymous:
            self.anonymous.fields.return_to(where)
        elif not self.person.fields.return_to(where):
            self.more.go_to(where)

    def left(self, old: QWidget | None, new: QWidget | None) -> None:
        """The focus moved: a field that is left is checked."""
        self._where = self._place_of(new) or self._where
        key = self.person.fields.key_of(old)
        if key is not None and self.person.fields.key_of(new) != key:
            self.touch([key])

    def _place_of(self, widget: QWidget | None) -> str:
        cards = {"services": self.services, "authorisation": self.authorisation}
        card = next((name for name, card in cards.items() if widget and card.isAncestorOf(widget)), "")
        fields = self.anonymous.fields if self.draft.anonymous else self.person.fields
        return card or fields.place_of(widget) or self.more.key_of(widget)

    def _wire(self) -> None:
        self.person.fields.edited.connect(self._edited)
        self.more.edited.connect(self._edited)
        self.anonymous.fields.edited.connect(self._edited)
        self.authorisation.changed.connect(self._authorised)
        self.anonymous.back.clicked.connect(lambda: self.show(self.collect().with_name()))
        self.refusal.go_on.clicked.connect(self.forget_name)
        self.services.changed.connect(self._keep)
        self.remarks.changed.connect(lambda: self.tell(self.findings))

    def forget_name(self) -> None:
        """Go on without a name: what was typed before the refusal is gone, here and on the disk."""
        self.show(self.collect().without_name(self.today))
        open_ones = (asked.key for asked in ASKED if not self.draft.form.get(asked.key))
        key = next(open_ones, None)
        if key is None:
            self.services.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.anonymous.fields.go_to(key)

    def _authorised(self) -> None:
        """An answer to the authorisation; who allows it after all is asked who she is."""
        draft = self.collect()
        if draft.anonymous and draft.consent.general:
            self.show(replace(draft.with_name(), consent=draft.consent))
            self.person.fields.go_to("documents")
        self.answers_changed()

    def _edited(self, key: str) -> None:
        self.remarks.forget(key)
        self.tell([finding for finding in self.findings if root(finding.field) != key])
        self.answers_changed()

    def _keep(self) -> None:
        self.draft = self.collect()
        self.changed.emit()
