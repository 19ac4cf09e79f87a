"""The hub on the Sync page: whether this laptop is it, which one it has joined, and how that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fairclient.base.words import _
from fairclient.store.hub_link import HubLink
from fairclient.ui.pages.synchronise.headline import LOST, NO_HUB, OWN, WELL
from fairclient.ui.pages.synchronise.words import WEATHER, RowWords
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.showing import show_if
from fairclient.ui.widgets.text import Text
from fairclient.usecases.sync_words import refusal

if TYPE_CHECKING:
    from sync.client.trouble import SyncProblem


class HubCard(Card):
    """What there is of a hub, and what can be done about it.

    Signals:
        start_wanted(), show_wanted(), end_wanted(): about the hub on this laptop.
        join_wanted(), leave_wanted(): about another's.
    """

    start_wanted = Signal()
    show_wanted = Signal()
    end_wanted = Signal()
    join_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Concentrador de la carpa"), parent=parent)
        self._may_host = False
        self._standing = NO_HUB
        self._told: list[RowWords] = []
        self._about = Text(
            _("Sin internet, un equipo de la carpa recoge lo de todos: lo que escribe uno lo ven los demás."),
            "soft",
            wrap=True,
        )
        self._rows = NoteList()
        self.join = ActionButton(_("Unirse"), "Ctrl+J", icon="hub")
        self.start = ActionButton(_("Ser el concentrador"), "Ctrl+H", icon="play")
        self.show_code = ActionButton(_("Mostrar el código"), "Ctrl+H", icon="hub")
        self.end = ActionButton(_("Dejar de recoger"), icon="cross")
        self.leave = ActionButton(_("Salir del concentrador"), icon="cross")
        for part in (self._about, self._rows):
            self.add(part)
        for button, signal in (
            (self.join, self.join_wanted),
            (self.start, self.start_wanted),
            (self.show_code, self.show_wanted),
            (self.end, self.end_wanted),
            (self.leave, self.leave_wanted),
        ):
            button.setAutoDefault(True)  # Enter presses it too
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(signal)
            self.add(button)
        self.show_state(None, hosts=False, report=None, time="")

    def set_may_host(self, may: bool) -> None:
        """Whether whoever is at work may make this laptop the hub."""
        self._may_host = may

    def set_practice(self) -> None:
        """A practice fair has nobody to exchange with."""
        self.hide()

    def show_state(self, link: HubLink | None, *, hosts: bool, report: Any, time: str) -> None:
        """Show the hub that is joined (or none), whether it runs here, and how the last pass with it went."""
        problem = report.problem if report is not None else None
        self._standing = _standing(link, hosts, problem)
        rows: list[RowWords] = [] if link is None else [_row(link, hosts, time if report is not None else "")]
        if link is not None and problem is not None:
            rows.append(("warn", "warn_ink", *self._trouble(link, problem), ""))
        if rows != self._told:  # every pass tells; rows that stay don't flicker
            self._told = rows
            self._rows.show_rows([NoteRow(*row) for row in rows])
        show_if(bool(rows), self._rows)
        show_if(not rows, self._about)
        # a hub that is gone can be joined anew, or another laptop takes over
        is_needed = not hosts and (link is None or problem is not None)
        show_if(is_needed, self.join)
        show_if(is_needed and self._may_host, self.start)
        show_if(hosts, self.show_code, self.end)
        show_if(link is not None and not hosts, self.leave)

    def standing(self) -> str:
        """How it stands with the hub, in a word of `synchronise_headline`."""
        return self._standing

    def _trouble(self, link: HubLink, problem: SyncProblem) -> tuple[str, str]:
        if problem.code not in WEATHER:
            said = refusal(problem)
            return said.what, said.do
        if link.own:
            return _("El concentrador de este equipo se detuvo."), _(
                "Empiécelo otra vez: recoge de nuevo lo de todos."
            )
        do = (
            _("Siga trabajando. Si no vuelve solo, pulse «Ser el concentrador» y los demás se unen a este.")
            if self._may_host
            else _("Siga trabajando. Si no vuelve solo, únase al equipo que tome su lugar.")
        )
        return _("El concentrador no responde"), do

    def words(self) -> list[str]:
        """What the rows say."""
        return self._rows.words()


def _row(link: HubLink, hosts: bool, time: str) -> RowWords:
    if hosts:
        what = _("Este equipo recoge lo de la carpa")
        return ("hub", "done_ink", what, _("No lo apague ni lo cierre mientras dure la feria."), time)
    if link.own:
        return ("hub", "ink_soft", _("Este equipo era el concentrador"), "", time)
    where = link.address.removeprefix("https://")
    return ("hub", "accent_ink", _("Unido a {name}").format(name=link.name), where, time)


def _standing(link: HubLink | None, hosts: bool, problem: SyncProblem | None) -> str:
    if hosts:
        return OWN
    if link is None:
        return NO_HUB
    return WELL if problem is None else LOST
