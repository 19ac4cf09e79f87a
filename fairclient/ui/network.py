"""Keeps trying to bring what is only here to the centre, and knows how the network is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.truth_pill import BUSY, OFFLINE, ONLINE, TROUBLE
from fairclient.usecases.synchronise import synchronise
from fairclient.usecases.workplace import Workplace

AGAIN_MS = 30_000
"""Between the end of a pass and the next. A network that heals empties the queue within a minute."""

_NO_NETWORK = {"offline", "refused", "timeout", "interrupted"}
_RECEIVED = frozenset(
    {"attendee", "household", "authorisation", "visit", "referral", "slip", "outcome", "fair", "service"}
    | {"desk", "operator", "station", "day_closed"}
)


class Network(QObject):
    """Synchronises by itself from ``start`` on, and at once when asked; one pass at a time.

    A practice fair has no centre: ``has_centre`` is False and no pass is ever made.

    Signals:
        state_changed(str): a word of ``widgets.truth_pill``.
        progressed(object): how far the pass is (a Progress of the engine).
        finished(object): the SyncReport of a pass.
        brought(object): the kinds of facts that a pass may have changed here.
        failed(object): the exception of a pass that a bug of ours, or the disk, ended.
    """

    state_changed = Signal(str)
    progressed = Signal(object)
    finished = Signal(object)
    brought = Signal(object)
    failed = Signal(object)

    def __init__(self, place: Workplace, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._runner = runner
        self._job: Job | None = None
        self._cancelled = False
        self.state = OFFLINE
        self.report: Any = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.sync_now)

    @property
    def has_centre(self) -> bool:
        """Whether there is a server to synchronise with."""
        return bool(self._place.identity.server_url)

    def start(self) -> None:
        """Make a pass now, and again from time to time."""
        self.sync_now()

    def stop(self) -> None:
        """Make no further pass; one that is under way ends at the next batch."""
        self._timer.stop()
        self.cancel()

    def sync_now(self) -> None:
        """Begin a pass, unless one is under way."""
        if self._job is not None or not self.has_centre:
            return
        self._timer.stop()
        self._cancelled = False
        self._set_state(BUSY)
        self._job = self._runner.network(
            synchronise, self._place, self.progressed.emit, lambda: self._cancelled
        )
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)

    def cancel(self) -> None:
        """End the pass that is under way; what has been sent stays sent."""
        self._cancelled = True

    def _done(self, report: Any) -> None:
        self._settle(_state_of(report))
        self.report = report
        self.brought.emit(_RECEIVED | {"receipt"} if report.received else {"receipt"})
        self.finished.emit(report)

    def _failed(self, error: Exception) -> None:
        self._settle(TROUBLE)
        self.failed.emit(error)

    def _settle(self, state: str) -> None:
        self._job = None
        self._set_state(state)
        self._timer.start()

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _state_of(report: Any) -> str:
    if report.problem is None:
        return ONLINE
    return OFFLINE if report.problem.code in _NO_NETWORK else TROUBLE
