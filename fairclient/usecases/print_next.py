"""Prints what has waited longest, so that a death at any step prints it once or asks, and never twice.

Before the first byte goes out the job is written down as "sent"; so a job that waits has printed nothing.
What became of it is written down afterwards. A death between the two leaves it "sent":
``print_queue.take_up`` finds it, and a person says whether it came out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from fairclient.base import log
from fairclient.base.errors import BadInput
from fairclient.printers import trouble
from fairclient.printers.trouble import PrinterTrouble
from fairclient.printers.way import Handed, Way
from fairclient.slips.layout import SlipContent
from fairclient.store import print_jobs
from fairclient.store.print_jobs import PrintJob
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.workplace import Workplace


@dataclass(frozen=True)
class PrintWith:
    """The printer for the next slips: its address as text, how to open it and what it takes.

    ``make`` gives the bytes of some slips, at most ``together`` on one sheet; ``open`` raises PrinterTrouble.
    """

    address: str
    open: Callable[[], Way]
    make: Callable[[Sequence[SlipContent]], bytes]
    together: int = 1


@dataclass(frozen=True)
class Step:
    """What happened: the slips that went to the printer, and why nothing more can go there now.

    ``warning`` is a code of ``printers.trouble`` ("near-end"), "" for none.
    """

    slips: tuple[str, ...] = ()
    trouble: PrinterTrouble | None = None
    warning: str = ""


def print_next(place: Workplace, printer: PrintWith) -> Step | None:
    """Print the next of the queue; None where nothing waits.

    Takes as long as the printer's patience; call it where nobody waits. Raises DiskFull before anything is
    sent.
    """
    with place.store.read() as session:
        waiting = print_jobs.next_waiting(session.connection(), printer.together)
    if not waiting:
        return None
    good = _contents(place, waiting)
    try:
        data = printer.make([content for _job, content in good]) if good else b""
    except Exception as error:  # a fault of ours in one slip must not keep all others from paper
        log.bug(error)
        _settle(place, [job for job, _content in good], print_jobs.FAILED, trouble.NOT_MADE)
        return Step()
    return _hand_over(place, printer, [job for job, _content in good], data) if good else Step()


def _contents(place: Workplace, jobs: Sequence[PrintJob]) -> list[tuple[PrintJob, SlipContent]]:
    """What stands on each slip; one that can't be printed any more is set apart and stops no other."""
    good = []
    for job in jobs:
        try:
            good.append((job, slip_content(place, job.slip, again=job.again)))
        except BadInput as refused:
            _settle(place, [job], print_jobs.FAILED, refused.code)
    return good


def _hand_over(place: Workplace, printer: PrintWith, jobs: list[PrintJob], data: bytes) -> Step:
    sending: list[PrintJob] = []
    try:
        with closing(printer.open()) as way:
            found = way.look()
            sending = _claim(place, jobs, printer.address)
            if len(sending) != len(jobs):  # somebody forgot one of them meanwhile
                _settle(place, sending, print_jobs.WAITING, "")
                return Step()
            handed = way.send(data, " ".join(f"ficha {job.number}" for job in jobs))
    except PrinterTrouble as error:
        _settle(place, sending or jobs, print_jobs.FAILED if error.begun else print_jobs.WAITING, error.code)
        return Step(trouble=error)
    except Exception:  # a fault of ours: whatever was begun is asked about, and the next one goes on
        _settle(place, sending, print_jobs.FAILED, trouble.CUT_OFF)
        raise
    _done(place, jobs, handed)
    return Step(tuple(job.slip for job in jobs), warning=found.warning)


def _claim(place: Workplace, jobs: Sequence[PrintJob], address: str) -> list[PrintJob]:
    at_ms = place.clock.now_ms()
    with place.store.transaction() as connection:
        return [job for job in jobs if print_jobs.claim(connection, job.number, address, at_ms)]


def _done(place: Workplace, jobs: Sequence[PrintJob], handed: Handed) -> None:
    state = print_jobs.PRINTED if handed.printed else print_jobs.SENT
    _settle(place, jobs, state, "", handed.ref)


def _settle(place: Workplace, jobs: Sequence[PrintJob], state: str, reason: str, ref: str = "") -> None:
    at_ms = place.clock.now_ms()
    with place.store.transaction() as connection:
        for job in jobs:
            print_jobs.settle(connection, job.number, state, reason=reason, ref=ref, at_ms=at_ms)
