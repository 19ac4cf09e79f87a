"""One line to one server: a pass at a time, begun again by itself, each time later while it fails."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from fairclient.ui.runner import Job
from sync.client.backoff import Backoff
from sync.client.lessons import Lessons

SECOND_MS = 1000


class NetworkLine(QObject):
    """Makes passes with one server. What one pass teaches about the line, the next one knows.

    Signals:
        begun(): a pass has begun.
        done(object): its report; by then the next one has its time.
        failed(object): the exception of a pass that a bug of ours, or the disk, ended.
    """

    begun = Signal()
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, pass_: Callable[[], Job], rest_ms: int, parent: QObject) -> None:
        """``pass_`` begins a pass; ``rest_ms`` lie between a good one and the next (0: none by itself)."""
        super().__init__(parent)
        self._pass = pass_
        self._rest_ms = rest_ms
        self._job: Job | None = None
        self._once_more = False
        self.cancelled = False
        self.lessons = Lessons()
        self.backoff = Backoff(time.monotonic, random.random)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may take a twentieth more
        self._timer.timeout.connect(self.go)

    @property
    def is_busy(self) -> bool:
        """Whether a pass is under way."""
        return self._job is not None

    @property
    def is_failing(self) -> bool:
        """Whether the last pass failed."""
        return self.backoff.failures > 0

    def next_ms(self) -> int:
        """In how many milliseconds the next pass begins by itself; -1 where none will."""
        return self._timer.remainingTime() if self._timer.isActive() else -1

    def go(self) -> None:
        """Begin a pass now. While one is under way, make another right after it: there is news."""
        self._timer.stop()
        if self._job is not None:
            self._once_more = True
            return
        self._once_more = False
        self.cancelled = False
        self._job = self._pass()
        self._job.done.connect(self._done)
        self._job.failed.connect(self._broke)
        self.begun.emit()

    def soon(self, wait_ms: int) -> None:
        """Begin a pass in ``wait_ms`` at the latest; a failing line is left to its own time."""
        if not self.is_failing and not 0 <= self.next_ms() <= wait_ms:
            self._timer.start(wait_ms)

    def hurry(self) -> None:
        """Begin now, whatever failed before: somebody pressed the key, or the network is another one."""
        self.backoff.reset()
        self.go()

    def cancel(self) -> None:
        """End the pass that is under way at the next batch; what has been sent stays sent."""
        self.cancelled = True
        self._once_more = False

    def stop(self) -> None:
        """Begin no further pass by itself."""
        self._timer.stop()
        self.cancel()

    def rest(self) -> None:
        """Begin no further pass by itself, and let one that is under way end well."""
        self._timer.stop()

    def _done(self, report: Any) -> None:
        self._job = None
        problem = report.problem
        if problem is None or problem.journal:  # one journal's trouble is not the line's
            self.backoff.reset()
            self._after(self._rest_ms)
        else:
            self._after(round(self.backoff.failed(problem.retry_after) * SECOND_MS))
        self.done.emit(report)

    def _broke(self, error: Exception) -> None:
        self._job = None
        self._after(round(self.backoff.failed() * SECOND_MS))
        self.failed.emit(error)

    def _after(self, wait_ms: int) -> None:
        if self._once_more and not self.is_failing:
            self.go()
        elif wait_ms and not self.cancelled:
            self._timer.start(wait_ms)
        elif self._rest_ms and self.cancelled:
            self._timer.start(self._rest_ms)
