"""What the Sync page does about hubs: start, show, stop, join, leave; each where nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from fairclient.base.words import _
from fairclient.ui.hosting import hosting
from fairclient.ui.network.network import Network
from fairclient.ui.pages.synchronise.hub import HubCard
from fairclient.ui.pages.synchronise.invitation import InvitationSheet, JoinSheet
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.sheet import Sheet
from fairclient.usecases.join_hub import join_hub, leave_hub
from fairclient.usecases.run_hub import RunningHub, start_hub
from fairclient.usecases.workplace import Workplace
from sync.wire.invitation import Invitation


class Tent(QObject):
    """Does what the hub's card asks for.

    Signals:
        changed(): another hub, or none, is joined now.
        joined(str): the name of the hub that let us in.
        trouble(object): an exception, for the banner.
    """

    changed = Signal()
    joined = Signal(str)
    trouble = Signal(object)

    def __init__(self, place: Workplace, runner: Runner, card: HubCard, page: Any) -> None:
        super().__init__(page)
        self._place = place
        self._runner = runner
        self._card = card
        self._page = page
        self._sheet: Sheet | None = None
        self.network: Network | None = None
        self.hosting = hosting()
        card.set_may_host(not place.operator.roles.isdisjoint({"supervisor", "administrator"}))
        card.start_wanted.connect(self.start)
        card.show_wanted.connect(self.show_invitation)
        card.end_wanted.connect(self.end)
        card.join_wanted.connect(self.ask_to_join)
        card.leave_wanted.connect(self.leave)
        self.hosting.changed.connect(self.changed)

    def start(self) -> None:
        """Make this laptop the hub, and show how to join it."""
        self._card.start.set_busy(_("Empezando…"))
        self._do(self._card.start, self._started, start_hub, self._place)

    def show_invitation(self) -> None:
        """Show a QR that is good now."""
        hub = self.hosting.hub
        if hub is not None:
            self._do(self._card.show_code, self._show, hub.invitation)

    def end(self) -> None:
        """Be the hub no longer; another laptop may take over."""
        hub = self.hosting.give_up()
        if hub is not None:
            self._runner.waiting(hub.stop)
        self.leave()

    def ask_to_join(self) -> None:
        """Open the sheet that takes an invitation."""
        sheet = JoinSheet(self._page)
        sheet.given.connect(self.join)
        self._open(sheet)
        sheet.open(sheet.text)

    def join(self, text: str) -> None:
        """Join by the text of an invitation, scanned or pasted."""
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._card.join.set_busy(_("Uniéndose…"))
        self._do(self._card.join, self._let_in, join_hub, self._place, text)

    def leave(self) -> None:
        """Leave the hub."""
        self._do(self._card.leave, self._left, leave_hub, self._place)

    def _do(
        self, button: ActionButton, then: Callable[[Any], None], act: Callable[..., Any], *given: Any
    ) -> Job:
        job = self._runner.network(act, *given)
        job.done.connect(then)
        job.failed.connect(self.trouble)
        job.settled.connect(button.set_busy)
        return job

    def _started(self, hub: RunningHub) -> None:
        self.hosting.hold(hub)
        self._look()
        self.show_invitation()

    def _show(self, given: Invitation) -> None:
        sheet = self._sheet
        if not isinstance(sheet, InvitationSheet) or not sheet.isVisible():
            sheet = InvitationSheet(self._page)
            sheet.code_wanted.connect(self.show_invitation)
            self._open(sheet)
            sheet.open()
        sheet.show_invitation(given)

    def _let_in(self, report: Any) -> None:
        self.joined.emit(report.server)
        self._look()

    def _left(self, _nothing: object) -> None:
        self._look()

    def _look(self) -> None:
        if self.network is not None:
            self.network.look_for_hub()
        self.changed.emit()

    def _open(self, sheet: Sheet) -> None:
        if self._sheet is not None:
            self._sheet.setParent(None)  # its keys are gone at once: the next sheet hushes those of the page
            self._sheet.deleteLater()
        self._sheet = sheet
