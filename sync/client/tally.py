"""The running account of one pass: counts, problems, progress, and when to give the whole pass up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sync.client.lessons import Lessons
from sync.client.ports import Cancelled, OnProgress
from sync.client.report import Phase, Progress
from sync.client.trouble import JOURNAL_ONLY, SHAKY, SyncProblem, Trouble
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

SHAKY_IN_A_ROW = 3


class Tally:
    """What a pass has done so far."""

    def __init__(self, lessons: Lessons, on_progress: OnProgress | None, cancelled: Cancelled | None) -> None:
        self.lessons = lessons
        self.sent = 0
        self.acknowledged = 0
        self.received = 0
        self.quarantined = 0
        self.given_again = 0
        self.carried = 0
        self.mark = ""
        self.problems: list[SyncProblem] = []
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._progress = Progress("greeting")
        self._shaky = 0

    def begin(self, phase: Phase, total: int) -> None:
        """Start a phase of `total` entries."""
        self._shaky = 0
        self._show(Progress(phase, 0, total))

    def advance(self, entries: int) -> None:
        """Take note of entries done; more may come up than were counted at the start."""
        self._shaky = 0
        done = self._progress.done + entries
        self._show(Progress(self._progress.phase, done, max(done, self._progress.total)))

    def breathe(self) -> None:
        """Give the person a chance to end the pass; called before each request.

        Raises:
            Trouble: `cancelled`.
        """
        if self._cancelled is not None and self._cancelled():
            raise Trouble("cancelled")

    @contextmanager
    def only(self, journal: JournalId) -> Iterator[None]:
        """Keep what goes wrong with one journal from stopping the others, unless the whole line is bad.

        Raises:
            Trouble: what ends the pass.
        """
        try:
            yield
        except Trouble as trouble:
            self._sort(journal, trouble)
        except WireError as error:
            self._sort(journal, Trouble(error.code, error.detail))
        else:
            self.lessons.went_well(journal)

    def _sort(self, journal: JournalId, trouble: Trouble) -> None:
        self.lessons.troubled(journal)
        if trouble.code in SHAKY:
            self._shaky += 1
        if trouble.code not in JOURNAL_ONLY and (trouble.code not in SHAKY or self._shaky >= SHAKY_IN_A_ROW):
            raise trouble
        self.problems.append(trouble.told(str(journal)))

    def _show(self, progress: Progress) -> None:
        self._progress = progress
        if self._on_progress is not None:
            self._on_progress(progress)
