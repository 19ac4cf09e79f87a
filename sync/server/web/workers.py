"""Several processes that answer on one address: each with its own connections to one PostgreSQL.

Sessions are signed texts and all else stands in the database, so it does not matter which of them a laptop
reaches. The first process only listens, starts the others, starts those anew that die, and ends them.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import MutableSequence
from contextlib import suppress
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final, NamedTuple

from sync.server import opening
from sync.server.web import listening, logs
from sync.server.web.listening import Tls
from sync.server.web.metrics import Metrics
from sync.server.words import Refusal

MOST: Final = 32
_SOON_S: Final = 5.0
"""A worker that dies so soon after its start can't work at all; after three such deaths all is ended."""
_DEATHS: Final = 3
_context: Final = multiprocessing.get_context("spawn")


class Job(NamedTuple):
    """What every worker is told."""

    database: str
    listening: socket.socket
    tls: Tls | None
    counters: MutableSequence[float]
    log: str


class _Worker:
    """One process and the line to it; it says when it is ready, and stops when the line ends."""

    def __init__(self, job: Job, number: int) -> None:
        self.line, theirs = _context.Pipe()
        self.number = number
        self.is_ready = False
        self.started = time.monotonic()
        self.process: SpawnProcess = _context.Process(target=_work, args=(job, number, theirs))
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        """Tell it to finish what is under way and end."""
        with suppress(OSError):
            self.line.send("stop")

    def end(self, seconds: float) -> None:
        """Wait for its end, but not for ever."""
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.line.close()


def run(database: str, listen: str, tls: Tls | None, count: int, log: str) -> None:
    """Serve with `count` processes until told to stop.

    Raises:
        Refusal: for SQLite, when the address can't be listened on, or when the workers can't start.
    """
    _check(database, count)
    with listening.bound(*listening.host_and_port(listen)) as bound:
        counters: Any = _context.Array("d", Metrics.size() * count, lock=False)
        _Crew(Job(database, bound, tls, counters, log), count).run()


def _check(database: str, count: int) -> None:
    if not 1 <= count <= MOST:
        raise Refusal(f"There can be 1 to {MOST} workers.")
    node = opening.open_node(database)
    is_sqlite = node.database.is_sqlite
    node.database.close()
    if is_sqlite:
        raise Refusal("SQLite has one writer at a time: several workers need PostgreSQL.")


class _Crew:
    """All workers of a server."""

    def __init__(self, job: Job, count: int) -> None:
        self._job = job
        self._stopping = threading.Event()
        self._deaths = 0
        for number in listening.SIGNALS:
            signal.signal(number, lambda *_: self._stopping.set())
        self._workers = [_Worker(job, number) for number in range(count)]

    def run(self) -> None:
        """Look after the workers until the end."""
        said = False
        try:
            while not self._stopping.is_set():
                self._listen()
                if not said and all(worker.is_ready for worker in self._workers):
                    said = True
                    host, port = self._job.listening.getsockname()[:2]
                    listening.say_where("https" if self._job.tls else "http", host, port, lambda: None)
        finally:
            for worker in self._workers:
                worker.stop()
            for worker in self._workers:
                worker.end(listening.GRACE_SECONDS + 5)

    def _listen(self) -> None:
        lines = {worker.line: worker for worker in self._workers if not worker.is_ready}
        ends = {worker.process.sentinel: worker for worker in self._workers}
        for what in connection.wait([*lines, *ends], timeout=0.5):
            if isinstance(what, int):
                self._replace(ends[what])
            elif isinstance(what, Connection):
                with suppress(EOFError, OSError):
                    lines[what].is_ready = what.recv() == "ready"

    def _replace(self, worker: _Worker) -> None:
        if self._stopping.is_set():
            return
        worker.end(0)
        self._deaths = self._deaths + 1 if time.monotonic() - worker.started < _SOON_S else 0
        if self._deaths >= _DEATHS:
            raise Refusal("The workers end as soon as they start. The log above says why.")
        self._workers[worker.number] = _Worker(self._job, worker.number)


def _work(job: Job, number: int, line: Connection) -> None:
    """Be a worker: the target of its process."""
    logs.set_up(requests=job.log == "requests")
    node = opening.open_node(job.database)
    try:
        listening.serve_on(
            node,
            job.listening,
            job.tls,
            lambda _scheme, _host, _port, stop: _ready(line, stop),
            Metrics(job.counters, number),
        )
    finally:
        node.database.close()


def _ready(line: Connection, stop: Any) -> None:
    """Say so, and stop when told or when the first process is gone."""

    def wait() -> None:
        with suppress(EOFError, OSError):
            line.recv()
        stop()

    line.send("ready")
    threading.Thread(target=wait, daemon=True).start()
