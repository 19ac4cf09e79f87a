"""Taking back, within a minute, what a desk recorded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fairclient.base.words import _
from fairclient.ui.pages.desk.recent import Done, RecentCard
from fairclient.ui.pages.page import Page
from fairclient.usecases.record_outcome import undo_outcome
from fairclient.usecases.refer_on import ReferredOn, undo_refer_on


class Undoing(QObject):
    """Remembers what a referral brought with it, so that all of it is taken back; each by a later entry.

    Signals:
        undone(object): this ``Done`` has been taken back.
    """

    undone = Signal(object)

    def __init__(self, page: Page, recent: RecentCard) -> None:
        super().__init__(page)
        self._page, self._recent = page, recent
        self._referred: dict[str, ReferredOn] = {}
        recent.undo_wanted.connect(self._undo)

    def remember(self, done: ReferredOn) -> None:
        """This was referred on."""
        self._referred[done.outcome] = done

    def _undo(self, done: Done) -> None:
        referred = self._referred.get(done.outcome)
        act, what = (undo_refer_on, referred) if referred else (undo_outcome, done.outcome)
        self._page.ask(act, self._page.place, what, then=lambda _result: self._undone(done))

    def _undone(self, done: Done) -> None:
        self._recent.mark_undone(done)
        self._page.news.emit(
            _("Se deshizo"),
            _("{turn}: {service} vuelve a estar por atender.").format(turn=done.turn, service=done.service),
        )
        self._page.announce({"outcome", "referral", "slip"})
        self.undone.emit(done)
