"""The only threads of the window: serial lanes for the database and for paper, a free one for the network."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaMethod, QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_THREADS = {"database": 1, "network": 2, "paper": 1, "waiting": 1}


class Job(QObject):
    """Something that is being done on another thread. Its signals come on the thread of the window.

    Signals:
        done(object): the result.
        failed(object): the exception.
        settled(): after either of them, and after being forgotten.
    """

    done = Signal(object)
    failed = Signal(object)
    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forgotten = False
        self.future: Future[Any] | None = None

    def forget(self) -> None:
        """Nobody wants the result any more: it isn't delivered, and not begun if there is still time."""
        self.forgotten = True
        if self.future is not None:
            self.future.cancel()

    def has_answer_for_failure(self) -> bool:
        """Whether somebody listens to ``failed``."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.failed))


class Runner(QObject):
    """Owns the threads. Results and exceptions come back on the thread of the window, in order of arrival.

    Use it as a context manager, or call ``close``: what is under way is finished, what waits is dropped, and
    the threads are joined.

    Signals:
        unanswered(object): the exception of a job whose ``failed`` nobody listens to.
        idle(): the last job that was under way has been settled.
    """

    unanswered = Signal(object)
    idle = Signal()
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._jobs: set[Job] = set()
        self._closed = False
        self._finished.connect(self._deliver)  # emitted on a lane, delivered on the thread of the window

    def database(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Job:
        """Run ``fn`` after everything that the database was asked before."""
        return self._start("database", fn, args, kwargs)

    def network(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Job:
        """Run ``fn`` beside the database's lane: what waits for others must not stop the work here."""
        return self._start("network", fn, args, kwargs)

    def waiting(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Job:
        """Run ``fn``, which only waits for news from elsewhere, where it keeps nothing else waiting."""
        return self._start("waiting", fn, args, kwargs)

    def paper(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Job:
        """Run ``fn`` after everything that the printer was asked before; nobody else waits for a printer."""
        return self._start("paper", fn, args, kwargs)

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._jobs

    def close(self) -> None:
        """Finish what is under way, drop what waits, join the threads. Nothing is delivered afterwards."""
        self._closed = True
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lane(self, name: str) -> ThreadPoolExecutor:
        """The threads of a lane; they are made for its first job."""
        # The window takes its first key before it asks for anything.
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        if name not in self._lanes:
            self._lanes[name] = ThreadPoolExecutor(_THREADS[name], thread_name_prefix=name)
        return self._lanes[name]

    def _start(self, lane: str, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Job:
        job = Job(self)
        if self._closed:  # the window is going: a timer that still fires starts nothing
            job.forgotten = True
            return job
        self._jobs.add(job)
        job.future = self._lane(lane).submit(self._work, job, fn, args, kwargs)
        job.future.add_done_callback(lambda future: self._give_up(job) if future.cancelled() else None)
        return job

    def _work(self, job: Job, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Runs on a lane; only the queued signal crosses over to the window's thread."""
        result, error = None, None
        try:
            result = fn(*args, **kwargs)
        except Exception as raised:  # whatever it is, it is told on the window's thread
            error = raised
        if not self._closed:
            self._finished.emit(job, result, error)

    def _give_up(self, job: Job) -> None:
        if not self._closed:
            self._finished.emit(job, None, None)

    def _deliver(self, job: Job, result: object, error: Exception | None) -> None:
        if self._closed or job not in self._jobs:
            return
        self._jobs.discard(job)
        if not job.forgotten:
            self._tell(job, result, error)
        job.settled.emit()
        job.deleteLater()
        if not self._jobs:
            self.idle.emit()

    def _tell(self, job: Job, result: object, error: Exception | None) -> None:
        if error is None:
            job.done.emit(result)
        elif job.has_answer_for_failure():
            job.failed.emit(error)
        else:
            self.unanswered.emit(error)
