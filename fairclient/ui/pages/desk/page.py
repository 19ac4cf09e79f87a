"""The desk page: a slip is scanned, the screen says who and what is owed, one key records what was done."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fairclient.base.settings import DESK, Settings
from fairclient.base.words import N_, _
from fairclient.ui import theme
from fairclient.ui.pages.desk import words as desk_words
from fairclient.ui.pages.desk.at_hand import SlipAtHand
from fairclient.ui.pages.desk.choice import DeskChoice
from fairclient.ui.pages.desk.facts import DeskFacts, read_facts
from fairclient.ui.pages.desk.panel import DeskPanel
from fairclient.ui.pages.desk.recent import RecentCard
from fairclient.ui.pages.page import Announce, Page
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.figures import figure
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.ui.widgets.scan_box import ScanBox
from fairclient.ui.widgets.text import Text
from fairclient.usecases.call_next import Called, call_next
from fairclient.usecases.read_at_desk import ANY_DESK
from fairclient.usecases.workplace import Workplace

if TYPE_CHECKING:
    from fairclient.ui.board import BoardWindow

NARROW = 860
"""Logical pixels of width under which the list of the last slips goes beneath the answer."""

PROMPT = N_("Escanee la ficha, o escriba su código y Enter")

LOW = 460
"""Logical pixels of height under which the answer's band takes less."""


class DeskPage(Page):
    """Scan anywhere; one key for each thing that a desk does; a minute to take it back."""

    NAME = "desk"
    TITLE = N_("Mesa")
    KEY = "F4"
    SHOWS = frozenset({"desk", "service", "slip", "referral", "outcome"})

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__(place, runner, announce)
        self._facts: DeskFacts | None = None
        self._letter = ""
        self._pending = ""
        self.box = ScanBox(self, self._claim)
        self.box.setAccessibleName(_("Ficha"))
        self.choice = DeskChoice()
        self.panel = DeskPanel()
        self.recent = RecentCard()
        self.change_desk = ActionButton(_("Elegir mesa"), "Ctrl+M", icon="desk")
        self.call = ActionButton(_("Llamar al siguiente"), "F9", icon="voice")
        self.show_board = ActionButton(_("Pantalla de turnos"), "F8", icon="eye")
        self.board: BoardWindow | None = None
        self._waiting = Text("", "soft")
        self._slip = SlipAtHand(self, self.panel, self.recent)
        self._lay_out()
        self._wire()
        self._prompt()
        self._slip.put_away()

    def refresh(self) -> None:
        """Read the fair's desks again, and how many wait."""
        letter = self._settings().get(DESK)
        everything = self.place.may("supervisor")
        self._letter = "" if letter == ANY_DESK and not everything else letter
        self.ask(read_facts, self.place, self._letter, then=self._show_facts)

    def receive(self, what: object) -> None:
        """Take a slip's code from another page."""
        if isinstance(what, str):
            self.read(what)

    def first_focus(self) -> QWidget:
        """The tiles while a desk is being chosen, the actions while somebody stands here, else the box."""
        if not self.choice.isHidden():
            return self.choice
        return self.box if self.panel.serve.isHidden() else self.panel.serve

    def heed(self, changed: Set[str]) -> None:
        """Follow what changed, on the board too, which others look at while another page is open here."""
        super().heed(changed)
        if self.board is not None and self.SHOWS & changed:
            self.board.refresh()

    def waiting_words(self) -> str:
        """How many wait at this desk."""
        return self._waiting.text()

    def read(self, text: str) -> None:
        """Read a slip; without a desk it waits until one has been chosen."""
        if not self._letter:
            self._pending = text
            self.news.emit(_("Primero diga en qué mesa está"), _("La ficha leída espera."))
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.box.setPlaceholderText(_("Leyendo la ficha…"))
        self._slip.read(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the answer and its actions in sight on a small screen."""
        super().resizeEvent(event)
        low = event.size().height() < theme.scaled(LOW)
        self.panel.band.set_compact(low)
        self._waiting.setVisible(not low)
        self._fold()

    def _show_facts(self, facts: DeskFacts) -> None:
        self._facts = self._slip.facts = facts
        self._slip.letter = self._letter
        self.choice.show_desks(facts.desks, self._letter, everything=facts.everything)
        self.call.setEnabled(self._letter not in ("", ANY_DESK) and facts.waiting > 0)
        self._say_where()
        if not self._letter:
            self._choosing(True)
        elif self.panel.band.level() == "wait":
            self.panel.show_answer(desk_words.ready(self._letter))

    def _say_where(self) -> None:
        assert self._facts is not None
        names = {desk.letter: desk.name for desk in self._facts.desks}
        name = names.get(self._letter, _("Mesa {letter}").format(letter=self._letter))
        if self._letter in ("", ANY_DESK):
            name = _("Todas las mesas") if self._letter else _("Elegir mesa")
        self.change_desk.set_words(name)
        self._fold()
        self._waiting.setText(desk_words.waiting_words(self._facts, self._letter))

    def _fold(self) -> None:
        """Say less on the buttons where the box for the code would not have room for its words."""
        letter = _("Mesa {letter}").format(letter=self._letter) if self._letter else _("Mesa")
        short = {self.call: _("Llamar"), self.show_board: _("Turnos"), self.change_desk: letter}
        for button in short:
            button.set_short("")
            button.set_folded(False)
        for button, words in short.items():
            if self._box_has_room():
                return
            button.set_short(words)
        if not self._box_has_room():
            for button, words in short.items():
                button.set_folded(True, words)

    def _box_has_room(self) -> bool:
        """Whether what stands in the empty box could be read whole."""
        buttons = (self.call, self.change_desk, self.show_board)
        taken = sum(button.sizeHint().width() + theme.GAP for button in buttons) + 2 * theme.ROOMY
        words = self.box.fontMetrics().horizontalAdvance(_(PROMPT))
        return self.width() - taken >= words + theme.scaled(2 * theme.GAP)

    def _choosing(self, choosing: bool) -> None:
        self.choice.setVisible(choosing)
        self.panel.setVisible(not choosing)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_desk(self, letter: str) -> None:
        self._settings().set(DESK, letter)
        if letter != self._letter:
            self.recent.clear()
        self._letter = self._slip.letter = letter
        self._slip.put_away()
        self._choosing(False)
        self.refresh()
        if self._pending:
            pending, self._pending = self._pending, ""
            self.read(pending)

    def _call_next(self) -> None:
        self.call.set_busy(_("Llamando…"))
        self.ask(call_next, self.place, self._letter, then=self._called, fail=self._not_called)

    def _called(self, called: Called) -> None:
        self.call.set_busy()
        self.announce({"outcome"})
        self.news.emit(
            _("Llame al turno {turn}").format(turn=called.turn),
            _("Quedan {n} en espera de esta mesa.").format(n=figure(called.left)),
        )
        self.read(called.code)

    def _not_called(self, error: Exception) -> None:
        self.call.set_busy()
        self.trouble.emit(error)

    def _toggle_board(self) -> None:
        """Show the board of turns on the second screen, or put it away."""
        # Loaded when somebody wants it: most laptops have one screen.
        from fairclient.ui.board import BoardWindow  # noqa: PLC0415

        if self.board is not None:
            self.board.close()
            return
        self.board = BoardWindow(self)
        self.board.rang.connect(self._play)
        self.board.gone.connect(self._board_gone)
        self.board.show_where_people_look(self.window())

    def _board_gone(self) -> None:
        self.board = None

    def _claim(self, text: str) -> bool:
        """While a desk is being chosen, a letter goes to its tile."""
        return not self.choice.isHidden() and self.choice.go_to(text)

    def _prompt(self) -> None:
        self.box.setPlaceholderText(_(PROMPT))

    def _rest(self) -> None:
        if self.isVisible() and self.choice.isHidden():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_choice(self) -> None:
        self._choosing(self.choice.isHidden() or not self._letter)

    def _play(self, sound: str) -> None:
        if self.equipment is not None:
            self.equipment.sounds.play(sound)

    def _settings(self) -> Settings:
        return self.equipment.settings if self.equipment else Settings(self.place.home.settings)

    def _wire(self) -> None:
        self.box.entered.connect(self.read)
        self.choice.chosen.connect(self._choose_desk)
        self.box.confirmed.connect(self._slip.confirm)
        self.change_desk.clicked.connect(self._toggle_choice)
        self.call.clicked.connect(self._call_next)
        self.show_board.clicked.connect(self._toggle_board)
        self._slip.read_ended.connect(self._prompt)
        self._slip.read_ended.connect(lambda: self._scroll.verticalScrollBar().setValue(0))
        self._slip.rested.connect(self._rest)
        self._slip.heard.connect(self._play)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self.box, 1)
        top.addWidget(self.call)
        top.addWidget(self.change_desk)
        top.addWidget(self.show_board)
        self.recent.setMinimumWidth(theme.scaled(280))
        scroll = self._scroll = PageScroll(self)
        scroll.add(top)
        scroll.add(self._waiting)
        main = QWidget()
        both = QHBoxLayout(main)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.choice)
        both.addWidget(self.panel)
        self.choice.hide()
        scroll.add(Columns([(main, 3), (self.recent, 1)], NARROW), 1)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
