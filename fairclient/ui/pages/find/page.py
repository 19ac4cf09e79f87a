"""The Find page: one box for names, documents, telephones and slips, and the person to whom it leads."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fairclient.base.errors import SlipRefused
from fairclient.base.words import N_, _, ngettext
from fairclient.documents.scanned import Scanned, ScannedDocument, ScannedSlip
from fairclient.ui import theme
from fairclient.ui.pages.find.alone import AloneCard, read_alone
from fairclient.ui.pages.find.reads import LIMIT, Search, person_of_slip, search
from fairclient.ui.pages.find.results import PeopleList, PeopleModel
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.pages.person.page import PersonView
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.empty_state import EmptyState
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.scan_box import ScanBox
from fairclient.usecases.workplace import Workplace

_TOKEN = re.compile(r"FR\d:.*", re.IGNORECASE)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}


class FindPage(Page):
    """Type, look, Enter. The latest text wins: an older answer never covers a newer one."""

    NAME = "find"
    TITLE = N_("Buscar")
    KEY = "F3"
    SHOWS = frozenset(
        {
            "attendee",
            "household",
            "authorisation",
            "visit",
            "referral",
            "slip",
            "outcome",
            "service",
            "distinction",
        }
    )

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._job: Job | None = None
        self._shown_text = ""
        self.finder = QWidget()
        self.box = ScanBox(self.finder, keep_text=True)
        self.model = PeopleModel()
        self.results = PeopleList(self.model)
        self.register = ActionButton(_("Registrar a una persona"), "Ctrl+N", icon="register")
        self.empty = EmptyState("find", "", action=self.register)
        self.notice = Banner(closable=False)
        self.alone = AloneCard()
        self.person = PersonView(self)
        self._card = Card(_("Personas"), "↑ ↓  Enter")
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()
        self._invite()

    def refresh(self) -> None:
        """Look again with the same text; a person who is open is read again."""
        self._search(self.box.text())
        if self.shows_person():
            self.person.refresh()
        self.ask(read_alone, self.place, then=self.alone.show_children)

    def receive(self, what: object) -> None:
        """Open the page of a person (by id), or of who has a scanned document."""
        if isinstance(what, str):
            self.open_person(what)
        elif isinstance(what, ScannedDocument):
            self.take_scan(what)

    def take_scan(self, scan: Scanned) -> bool:
        """Open the person of a slip or a document; the results, where several have it or nobody."""
        if self.shows_person() and self.person.take_scan(scan):
            return True
        if isinstance(scan, ScannedSlip):
            self._open_slip(scan.text)
            return True
        self.back_to_search()
        self.box.setText(scan.number)
        self._search(scan.number)
        if self._job is not None:
            self._job.done.connect(self._open_only)
        return True

    def _open_only(self, found: Search) -> None:
        if len(found.people) == 1 and found.people[0].why == "document":
            self.open_person(found.people[0].attendee)

    def first_focus(self) -> QWidget:
        """The box, or the open person."""
        return self.person.first_focus() if self.shows_person() else self.box

    def shows_person(self) -> bool:
        """Whether a person's page is open."""
        return self._stack.currentWidget() is self.person

    def open_person(self, attendee: str) -> None:
        """Open the page of a person."""
        self.person.open(attendee)
        self._stack.setCurrentWidget(self.person)
        self.person.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_search(self) -> None:
        """Go back to the results, with the text as it was."""
        self._stack.setCurrentWidget(self.finder)
        self.box.selectAll()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the box go through the results."""
        if watched is self.box and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step and not self.results.isHidden():
                self.results.step(step)
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self.notice.clear()
        if not _TOKEN.search(text):  # else a scanner is typing
            self._search(text)

    def _search(self, text: str) -> None:
        if self._job is not None:
            self._job.forget()
        self._job = None
        if not text.strip():
            self.model.show_people((), date.min)
            self._invite()
            return
        self._job = self.ask(search, self.place, text, then=self._show)

    def _show(self, found: Search) -> None:
        self._job = None
        before = self.model.person(self.results.currentIndex().row())
        self.model.show_people(found.people, found.today)
        count = len(found.people)
        words = ngettext("{n} persona", "{n} personas", count).format(n=figure(count))
        more = _("Las primeras {n}: escriba más para afinar").format(n=figure(LIMIT))
        self._card.set_title(_("Personas"), more if count == LIMIT else words if count else "")
        self._show_list(bool(count))
        if count:
            # Looked for again because of news, the mark stays on the person who had it.
            ids = [person.attendee for person in found.people]
            same = before is not None and found.text == self._shown_text and before.attendee in ids
            self.results.choose(ids.index(before.attendee) if same and before else 0)
            self._shown_text = found.text
            return
        self.empty.set_words(
            _("Nadie con «{text}» en este equipo").format(text=found.text.strip()[:40]),
            _(
                "Pruebe con menos letras, otro apellido o el número del documento. "
                "Si se registró en otro equipo, sincronice (F6)."
            ),
            "find",
        )

    def _invite(self) -> None:
        self._card.set_title(_("Personas"))
        self._show_list(False)
        self.empty.set_words(
            _("Busque a una persona"),
            _(
                "Por cualquier parte del nombre, el documento, el teléfono o el código de la ficha. "
                "También puede escanear la ficha."
            ),
            "find",
        )

    def _show_list(self, shown: bool) -> None:
        self.results.setVisible(shown)
        self.empty.setVisible(not shown)
        self._card.set_key_hint("↑ ↓  Enter" if shown else "")
        self.register.setVisible(not shown and bool(self.box.text().strip()))

    def _entered(self, text: str) -> None:
        """Enter: the slip that was scanned, or the person with the mark."""
        if token := _TOKEN.search(text):
            self.box.setText("")
            self._open_slip(token[0])
            return
        if self._job is not None:
            # The answer to what was typed last is still on its way: open it when it is here.
            self._job.done.connect(lambda _found: self._open_chosen())
        else:
            self._open_chosen()

    def _open_slip(self, text: str) -> None:
        self.ask(person_of_slip, self.place, text, then=self._show_slip, fail=self._refuse)

    def _open_chosen(self) -> None:
        person = self.model.person(self.results.currentIndex().row())
        if person is not None and not self.results.isHidden():
            self.open_person(person.attendee)

    def _show_slip(self, attendee: str | None) -> None:
        if attendee is not None:
            self.open_person(attendee)
            return
        self.notice.say(
            "warn",
            _("La ficha es auténtica, pero esta persona no ha llegado a este equipo."),
            _("La ficha sirve en las mesas."),
            _("Búsquela en el equipo que la imprimió, o sincronice (F6)."),
        )

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, SlipRefused):
            self.notice.say("warn", error.what, error.safe, error.do)
        else:
            self.trouble.emit(error)

    def _wire(self) -> None:
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._typed)
        self.box.entered.connect(self._entered)
        self.results.activated.connect(lambda _index: self._open_chosen())
        self.register.clicked.connect(lambda: self.go.emit("register", self.box.text().strip()))
        self.person.back_wanted.connect(self.back_to_search)
        self.person.person_wanted.connect(self.open_person)
        self.alone.person_wanted.connect(self.open_person)

    def _lay_out(self) -> None:
        self.box.setPlaceholderText(_("Nombre, documento, teléfono o código de la ficha"))
        self.box.setAccessibleName(_("Buscar personas"))
        card = self._card
        card.add(self.results, 1)
        card.add(self.empty, 1)
        column = QVBoxLayout(self.finder)
        column.setContentsMargins(theme.ROOMY, theme.ROOMY, theme.ROOMY, theme.ROOMY)
        column.setSpacing(theme.GAP)
        column.addWidget(self.box)
        column.addWidget(self.notice)
        column.addWidget(self.alone)
        column.addWidget(card, 1)
        self.notice.clear()
        self._stack.addWidget(self.finder)
        self._stack.addWidget(self.person)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
