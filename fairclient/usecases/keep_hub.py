"""What the laptop of a hub does where no window does it: its own passes with the hub, and the centre's."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final

from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, DATA_SPENT, Settings
from fairclient.usecases import data_limit
from fairclient.usecases.synchronise import synchronise, synchronise_with_hub, wait_for_news
from fairclient.usecases.workplace import Workplace
from sync.client.backoff import Backoff
from sync.client.lessons import Lessons
from sync.client.report import SyncReport
from sync.client.trouble import Trouble

CENTRE_EVERY_S: Final = 30.0
"""Between good passes with the centre, as in the window."""

OnPass = Callable[[SyncReport], None]


class HubKeeper:
    """Gives the hub of this laptop what is here, takes what others brought, carries both to the centre.

    Passes with the centre are made where the laptop's settings let it synchronise by itself, and cost no more
    than the day's limit of data. Not for two threads.
    """

    def __init__(
        self,
        place: Workplace,
        on_pass: OnPass,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``on_pass`` hears the report of each pass; ``now`` and ``sleep`` are in seconds."""
        self._place = place
        self._on_pass = on_pass
        self._now = now
        self._sleep = sleep
        self._settings = Settings(place.home.settings)
        self._hub = Backoff(now, random.random)
        self._centre = Backoff(now, random.random)
        self._hub_lessons, self._centre_lessons = Lessons(), Lessons()
        self._rested = -CENTRE_EVERY_S + now()
        self._mark = ""

    def turn(self) -> None:
        """Make the passes that are due: the hub's now, the centre's at its time."""
        self._with_hub()
        if self._is_due() and self._with_centre():
            self._with_hub()

    def wait(self) -> None:
        """Wait until the hub has news, or some seconds are over; one that fails is left alone awhile."""
        if self._hub.failures:
            self._sleep(self._hub.wait_s())
            return
        try:
            wait_for_news(self._place, self._mark, lambda _line: None)
        except Trouble as trouble:
            self._sleep(self._hub.failed(trouble.retry_after))

    def _with_hub(self) -> None:
        report = synchronise_with_hub(self._place, lessons=self._hub_lessons)
        self._mark = report.mark
        _note(self._hub, report)
        self._on_pass(report)

    def _is_due(self) -> bool:
        if not self._place.identity.server_url or not self._settings.get(AUTO_SYNC):
            return False
        return self._centre.wait_s() == 0 and self._now() - self._rested >= CENTRE_EVERY_S

    def _with_centre(self) -> bool:
        """Make a pass; say whether it changed what the hub should know."""
        day = self._place.clock.today("America/Bogota")
        spent = data_limit.spent_on(self._settings.get(DATA_SPENT), day)
        traffic = data_limit.traffic(self._settings.get(DATA_LIMIT_MB), spent)
        report = synchronise(self._place, lessons=self._centre_lessons, traffic=traffic)
        self._settings.set(DATA_SPENT, data_limit.written(day, spent + traffic.carried))
        if _note(self._centre, report):
            self._rested = self._now()
        self._on_pass(report)
        return bool(report.acknowledged or report.received or report.carried)


def _note(line: Backoff, report: SyncReport) -> bool:
    """Take note of how a pass went; one journal's trouble is not the line's."""
    problem = report.problem
    if problem is not None and not problem.journal:
        line.failed(problem.retry_after)
        return False
    line.reset()
    return True
