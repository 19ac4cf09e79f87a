"""Brings what is only here to the tent's hub and to the centre by itself, and knows how the network is."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, DATA_SPENT, Settings
from fairclient.ui.network.change import NetworkChange
from fairclient.ui.network.line import NetworkLine
from fairclient.ui.runner import Job, Runner
from fairclient.ui.widgets.truth_pill import BUSY, OFFLINE, ONLINE, TROUBLE
from fairclient.usecases import data_limit
from fairclient.usecases.synchronise import joined, synchronise, synchronise_with_hub, wait_for_news
from fairclient.usecases.workplace import Workplace

AGAIN_MS = 30_000
"""Between the end of a pass and the next. A network that heals empties the queue within a minute."""

SOON_MS = 150
"""After something was written here, until the hub hears of it: a save makes several announcements."""

_NO_NETWORK = {"offline", "refused", "timeout", "interrupted"}
_RECEIVED = frozenset(
    {"attendee", "household", "authorisation", "visit", "referral", "slip", "outcome", "fair", "service"}
    | {"desk", "operator", "station", "day_closed", "draft", "sealed", "erasure", "distinction"}
    | {"operator_key"}
)


class Network(QObject):
    """Synchronises by itself from ``start`` on, and at once when asked; one pass with each server at a time.

    A practice fair has no centre: ``has_centre`` is False and no pass is ever made.

    Signals:
        state_changed(str): a word of ``widgets.truth_pill``.
        progressed(object): how far the pass with the centre is (a Progress of the engine).
        finished(object): the SyncReport of a pass with the centre.
        hub_finished(object): that of a pass with the hub.
        brought(object): the kinds of facts that a pass may have changed here.
        failed(object): the exception of a pass that a bug of ours, or the disk, ended.
    """

    state_changed = Signal(str)
    progressed = Signal(object)
    finished = Signal(object)
    hub_finished = Signal(object)
    brought = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        place: Workplace,
        runner: Runner,
        parent: QObject | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._runner = runner
        self._settings = settings or Settings(place.home.settings)
        self._has_hub = False
        self._stopped = True
        self._waiting: Job | None = None
        self._mark = ""
        self._wait_line: Any = None
        self.state = OFFLINE
        self.report: Any = None
        self.hub_report: Any = None
        self.centre = NetworkLine(self._centre_pass, AGAIN_MS, self)
        self.hub = NetworkLine(self._hub_pass, AGAIN_MS, self)
        self.centre.begun.connect(lambda: self._set_state(BUSY))
        self.centre.done.connect(self._done)
        self.hub.done.connect(self._hub_done)
        for line in (self.centre, self.hub):
            line.failed.connect(partial(self._failed, line))
        self._change = NetworkChange(self)
        self._change.changed.connect(self._another_network)

    @property
    def has_centre(self) -> bool:
        """Whether there is a server to synchronise with."""
        return bool(self._place.identity.server_url)

    @property
    def is_automatic(self) -> bool:
        """Whether passes with the centre begin by themselves."""
        return self._settings.get(AUTO_SYNC)

    def start(self) -> None:
        """Make a pass now, and again from time to time; look for the hub that was joined."""
        self._stopped = False
        if self.has_centre and self.is_automatic:
            self.centre.go()
        self.look_for_hub()

    def stop(self) -> None:
        """Make no further pass; one that is under way ends at the next batch."""
        self._stopped = True
        for line in (self.centre, self.hub):
            line.stop()
        self._end_waiting()

    def sync_now(self) -> None:
        """Begin a pass with each server, unless one is under way: somebody asked for it."""
        self._stopped = False
        if self.has_centre and not self.centre.is_busy:
            self.centre.hurry()
        if self._has_hub and not self.hub.is_busy:
            self.hub.hurry()

    def cancel(self) -> None:
        """End the pass that is under way; what has been sent stays sent."""
        self.centre.cancel()

    def written(self) -> None:
        """Something was written here: the hub, where there is one, hears of it soon."""
        if self._has_hub and not self._stopped:
            self.hub.soon(SOON_MS)

    def look_for_hub(self) -> None:
        """Exchange with the hub that is joined now, if any; how it went with another is past."""
        self.hub_report = None
        job = self._runner.network(joined, self._place)
        job.done.connect(self._know_hub)

    def set_automatic(self, wanted: bool) -> None:
        """Keep whether passes with the centre begin by themselves, and begin or let be."""
        self._settings.set(AUTO_SYNC, wanted)
        if wanted and self.has_centre and not self.centre.is_busy:
            self.centre.hurry()
        elif not wanted:
            self.centre.rest()

    def _know_hub(self, link: object) -> None:
        self._has_hub = link is not None
        self._end_waiting()
        if self._has_hub and not self._stopped:
            self.hub.hurry()
        else:
            self.hub.rest()

    def _another_network(self) -> None:
        """What failed before may be well now; who waits in the old network waits for nothing."""
        if self._stopped:
            return
        self._end_waiting()
        if self.has_centre and self.is_automatic:
            self.centre.hurry()
        if self._has_hub:
            self.hub.hurry()

    def _centre_pass(self) -> Job:
        limit = self._settings.get(DATA_LIMIT_MB)
        day = self._place.clock.today("America/Bogota")
        spent = data_limit.spent_on(self._settings.get(DATA_SPENT), day)
        traffic = data_limit.traffic(limit, spent)
        job = self._runner.network(
            synchronise,
            self._place,
            self.progressed.emit,
            lambda: self.centre.cancelled,
            lessons=self.centre.lessons,
            traffic=traffic,
        )
        job.settled.connect(
            lambda: self._settings.set(DATA_SPENT, data_limit.written(day, spent + traffic.carried))
        )
        return job

    def _hub_pass(self) -> Job:
        return self._runner.network(
            synchronise_with_hub,
            self._place,
            None,
            lambda: self.hub.cancelled,
            lessons=self.hub.lessons,
        )

    def _done(self, report: Any) -> None:
        self._set_state(_state_of(report))
        self.report = report
        if not self.is_automatic or self._stopped:
            self.centre.rest()
        if self._has_hub and report.problem is None:
            self.written()  # receipts for others go on through the hub
        self.brought.emit(_RECEIVED | {"receipt"} if report.received else {"receipt"})
        self.finished.emit(report)

    def _hub_done(self, report: Any) -> None:
        self.hub_report = report
        if self._stopped:
            self.hub.rest()
        elif report.mark and not self.hub.is_failing:
            self._mark = report.mark
            self._wait()
        if report.received or report.acknowledged or report.sent:
            self.brought.emit(_RECEIVED | {"receipt"} if report.received else {"receipt"})
        self.hub_finished.emit(report)

    def _wait(self) -> None:
        """Listen for news at the hub; one ear is enough."""
        if self._waiting is not None or self._stopped:
            return
        job = self._runner.waiting(wait_for_news, self._place, self._mark, self._keep_line)
        self._waiting = job
        job.done.connect(partial(self._heard, job))
        job.failed.connect(lambda _error: self._heard(job, ""))

    def _keep_line(self, line: Any) -> None:
        """Runs on the waiting lane; the line is only ever cut from elsewhere."""
        self._wait_line = line
        if self._stopped:
            line.cut()

    def _heard(self, job: Job, mark: str) -> None:
        if job is not self._waiting:
            return
        self._waiting = None
        if self._stopped:
            return
        if mark == self._mark:
            self._wait()
        else:
            self.hub.soon(0 if mark else SOON_MS)

    def _end_waiting(self) -> None:
        line, self._wait_line = self._wait_line, None
        self._waiting = None
        if line is not None:
            line.cut()

    def _failed(self, line: NetworkLine, error: Exception) -> None:
        if self._stopped or (line is self.centre and not self.is_automatic):
            line.rest()
        self._set_state(TROUBLE)
        self.failed.emit(error)

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _state_of(report: Any) -> str:
    if report.problem is None:
        return ONLINE
    return OFFLINE if report.problem.code in _NO_NETWORK else TROUBLE
