"""Looks after the open store while people work: each minute, on a thread that nobody waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fairclient.ui.runner import Job, Runner

if TYPE_CHECKING:  # the window that waits for a passphrase starts without the store
    from fairclient.store.database import Store
    from fairclient.usecases.purge import Purged

EVERY_MS = 60_000


class Tending(QObject):
    """Writes the store's log back and copies the file when it is time, also behind a locked screen.

    The waits at the desks are counted here, so that no save has to.

    Once a day it looks whether the fair's data may go, and takes them off this laptop when they may.

    Signals:
        failed(object): the exception of a round (a full disk); the same one is not told again each minute.
        purged(object): the fair's data have gone from here (a Purged).
    """

    failed = Signal(object)
    purged = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._store: Store | None = None
        self._job: Job | None = None
        self._told: type[Exception] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tend)

    def start(self, store: Store) -> None:
        """Look after ``store`` from now on."""
        self._store = store
        self._timer.start()

    def stop(self) -> None:
        """Begin no further round."""
        self._timer.stop()

    def tend(self) -> None:
        """Begin a round, unless one is under way."""
        if self._job is not None or self._store is None:
            return
        self._job = self._runner.network(_round, self._store)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)

    def _done(self, purged: object) -> None:
        self._job = None
        self._told = None
        if purged is not None:
            self.purged.emit(purged)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if type(error) is not self._told:
            self._told = type(error)
            self.failed.emit(error)


def _round(store: Store) -> Purged | None:
    """What a round does, on the runner's thread."""
    # The gate starts without the store.
    from fairclient.usecases.purge import purge_when_due  # noqa: PLC0415
    from fairclient.usecases.walk import keep_counting  # noqa: PLC0415

    purged = purge_when_due(store, store.clock)
    keep_counting(store)
    store.tend()
    return purged
