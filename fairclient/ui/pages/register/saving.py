"""Saving what is on the registration page: what stands in the way is said, what was saved is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from fairclient.base.errors import SayError
from fairclient.base.words import _
from fairclient.domain.anonymous import read_anonymous
from fairclient.domain.findings import Finding
from fairclient.domain.form import FormRead, read_form
from fairclient.domain.rules import refused
from fairclient.domain.short_name import display_name
from fairclient.slips.code import pretty
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.bar import RegisterBar
from fairclient.ui.pages.register.draft import Draft, following, grown, registration, root
from fairclient.ui.pages.register.form import RegisterForm
from fairclient.ui.pages.register.kept import KeptForm, write
from fairclient.usecases.keep_form import OpenForm
from fairclient.usecases.park_registration import OVER
from fairclient.usecases.places import STILL_OPEN, full_words
from fairclient.usecases.register_attendee import Registered, register_attendee

WRITES = frozenset({"attendee", "household", "authorisation", "visit", "referral", "slip"})


class Saving(QObject):
    """One save at a time. ``show`` brings a widget into sight.

    Signals:
        saved(object): a person was saved; what comes on the page next is this draft.
        failed(): nobody was saved; everything is still on the page.
    """

    saved = Signal(object)
    failed = Signal()

    def __init__(
        self, page: Page, form: RegisterForm, bar: RegisterBar, show: Callable[[QWidget], None]
    ) -> None:
        super().__init__(page)
        self._next = Draft()
        self._name = ""
        self._page = page
        self._form = form
        self._bar = bar
        self._show = show
        self.under_way = False
        self._insisted = ""

    def save(self, *, then_next: bool) -> None:
        """Save the person, print her slip; ``then_next`` goes on with the same family."""
        if self.under_way:
            return
        self._form.person.fields.settle()
        draft = self._form.collect()
        read = self._read(draft)
        if draft.returning is None and self._in_the_way(draft, read):
            return
        self._form.draft = draft
        self.under_way = True
        self._bar.save.set_busy(_("Guardando…"))
        self._page.ask(
            register_attendee,
            self._page.place,
            replace(
                registration(draft, read), again=bool(draft.returning) and draft.returning == self._insisted
            ),
            partial(self._leaves, draft, then_next),
            then=self._done,
            fail=self._not_saved,
        )

    def _read(self, draft: Draft) -> FormRead:
        if draft.anonymous:
            return read_anonymous(draft.form, draft.consent.language)
        return read_form(draft.asked, self._form.today)

    def _in_the_way(self, draft: Draft, read: FormRead) -> bool:
        """Whether something has to be answered first; it is said, and the focus goes there."""
        self._form.touch_everything(read.findings)
        if refused(read.findings):
            self._stop_at(read.findings[0])
            return True
        if draft.anonymous:
            return False
        if self._form.authorisation.missing():
            self._show(self._form.authorisation)
            self._sound("attention")
            return True
        if not draft.consent.general and not draft.consent.alone:
            self.stop_at_authorisation()
            return True
        return False

    def _stop_at(self, finding: Finding) -> None:
        self._form.go_to(root(finding.field))
        self._sound("attention")

    def stop_at_authorisation(self) -> None:
        """Say that the authorisation has to be answered first, and put the focus there."""
        refusal = self._form.collect().consent.general is False
        self._form.authorisation.complain(
            _("No autoriza. Con Alt+I se atiende sin nombre; se olvida lo escrito de ella.")
            if refusal
            else _("Falta leerle la autorización y marcar su respuesta.")
        )
        self._form.authorisation.general.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(self._form.authorisation)
        self._sound("attention")

    def _done(self, done: Registered) -> None:
        self._ready_again()
        name = self._name or _("Sin nombre")
        self._bar.say_saved(done.slip.slip, name, done.slip.turn)
        self._page.news.emit(
            _("{name} · turno {turn}").format(name=name, turn=done.slip.turn),
            _("Guardado. Código de la ficha: {code}.").format(code=pretty(done.slip.code)),
        )
        if self._page.equipment is not None:
            self._page.equipment.printing.print_slips([done.slip.slip])
        self._insisted = ""
        ended = {"draft"} if self._form.draft.parked else set()
        if done.full:
            self._page.ask(full_words, self._page.place, done.full, then=self._say_full)
        self._sound("done")
        self.saved.emit(self._next)
        self._page.announce(WRITES | ended)

    def _say_full(self, words: str) -> None:
        self._page.news.emit(_("Sin cupo"), words)
        self._sound("attention")

    def _leaves(self, draft: Draft, then_next: bool, done: Registered) -> OpenForm:
        """What comes on the page after this person, kept with her. Runs on the database's lane."""
        family = grown(draft, done, self._form.today)
        self._next = following(family) if then_next else Draft(family=family)
        self._name = display_name(draft.form.get("given_names", ""), draft.form.get("first_surname", ""))
        return OpenForm(self._page.NAME, write(KeptForm(self._next)))

    def _not_saved(self, error: Exception) -> None:
        self._ready_again()
        if isinstance(error, SayError) and error.code in OVER:
            # It may still be somebody else: whoever saves again saves her for herself.
            self._form.draft = replace(self._form.draft, parked="")
        # Somebody who waits for the same already: whoever saves again means it.
        still_open = isinstance(error, SayError) and error.code == STILL_OPEN
        self._insisted = (self._form.draft.returning or "") if still_open else ""
        self.failed.emit()
        self._page.trouble.emit(error)

    def _ready_again(self) -> None:
        self.under_way = False
        self._bar.save.set_busy("")

    def _sound(self, name: str) -> None:
        if self._page.equipment is not None:
            self._page.equipment.sounds.play(name)
