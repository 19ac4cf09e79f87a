"""The queue of slips for paper: ask, look again, forget. Saving never waits for it."""

from __future__ import annotations

from collections.abc import Iterable

from fairclient.printers.trouble import DOUBTFUL, INTERRUPTED
from fairclient.store import print_jobs
from fairclient.store.queries import print_jobs as queued
from fairclient.store.queries.print_jobs import QueueCount, QueuedSlip
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.workplace import Workplace


def ask_for_paper(place: Workplace, slips: Iterable[str], *, again: bool = False) -> QueueCount:
    """Put slips at the end of the queue, ``again`` as copies; asking twice for a first print asks once.

    Raises DiskFull.
    """
    with place.store.transaction() as connection:
        for slip in slips:
            print_jobs.add(connection, slip, again=again, at_ms=place.clock.now_ms())
    return queue_count(place)


def ask_within(place: Workplace, work: UnitOfWork, slip: str) -> None:
    """Ask for a new slip on paper in the transaction that writes it: after a power cut both are there."""
    print_jobs.add(work.session.connection(), slip, again=False, at_ms=place.clock.now_ms())


def take_up(place: Workplace) -> QueueCount:
    """Begin where the program ended: what was being printed then is set apart for somebody to look at.

    Call it where nothing is being sent. Raises DiskFull.
    """
    with place.store.transaction() as connection:
        print_jobs.interrupted(connection, INTERRUPTED, place.clock.now_ms())
    return queue_count(place)


def print_queue(place: Workplace) -> list[QueuedSlip]:
    """What isn't on paper yet, the oldest first."""
    with place.store.read() as session:
        return queued.queue(session)


def queue_count(place: Workplace) -> QueueCount:
    """The queue in figures."""
    with place.store.read() as session:
        return queued.count(session)


def try_again(place: Workplace, numbers: Iterable[int]) -> None:
    """Let jobs wait once more; one that may have been printed goes out as a copy. Raises DiskFull."""
    with place.store.transaction() as connection:
        for number in numbers:
            job = print_jobs.by_number(connection, number)
            if job is not None and job.state in (print_jobs.FAILED, print_jobs.WAITING, print_jobs.SENT):
                doubtful = job.reason in DOUBTFUL or job.state == print_jobs.SENT
                at_ms = place.clock.now_ms()
                print_jobs.wait_again(connection, number, again=doubtful, at_ms=at_ms)


def forget(place: Workplace, numbers: Iterable[int]) -> None:
    """Take jobs off the queue: they came out after all, or nobody wants them. The slips stay good.

    Raises DiskFull.
    """
    with place.store.transaction() as connection:
        for number in numbers:
            print_jobs.settle(connection, number, print_jobs.FORGOTTEN, at_ms=place.clock.now_ms())
