"""Asks the system's queues what became of slips that they still held."""

from __future__ import annotations

from collections.abc import Callable

from fairclient.base.errors import BadInput
from fairclient.printers import address, cups, trouble
from fairclient.printers.address import Address
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Patience
from fairclient.store import print_jobs
from fairclient.store.print_jobs import PrintJob
from fairclient.usecases.workplace import Workplace

Ask = Callable[[Address, str], str]


def follow_print_jobs(place: Workplace, ask: Ask | None = None) -> tuple[str, ...]:
    """Look at what the system's queues hold; gives the slips that are on paper now.

    A slip that a queue lost is set apart for a person. Takes some seconds where CUPS doesn't answer.
    """
    with place.store.read() as session:
        held = [job for job in print_jobs.open_jobs(session.connection()) if job.ref]
    printed = []
    for job in held:
        found = (ask or _ask)(_address(job), job.ref)
        if found == "waiting":
            continue
        state, reason = (print_jobs.PRINTED, "") if found == "printed" else _DROPPED
        with place.store.transaction() as connection:
            print_jobs.settle(connection, job.number, state, reason=reason, at_ms=place.clock.now_ms())
        if found == "printed":
            printed.append(job.slip)
    return tuple(printed)


def take_back(place: Workplace, number: int) -> bool:
    """Take a slip out of the system's queue, so that another printer can have it.

    False where it is too late: then it may be on paper. Raises DiskFull.
    """
    with place.store.read() as session:
        job = print_jobs.by_number(session.connection(), number)
    if job is None or not job.ref:
        return False
    try:
        back = cups.recall(_address(job).where, job.ref, Patience())
    except PrinterTrouble:
        return False
    if back:
        with place.store.transaction() as connection:
            print_jobs.settle(connection, number, print_jobs.WAITING, at_ms=place.clock.now_ms())
    return back


_DROPPED = (print_jobs.FAILED, trouble.QUEUE_DROPPED)


def _address(job: PrintJob) -> Address:
    try:
        return address.read(job.printer)
    except BadInput:
        return Address(address.QUEUE, "")


def _ask(to: Address, ref: str) -> str:
    try:
        return cups.follow(to.where, ref, Patience())
    except PrinterTrouble:
        return "waiting"
