"""The print queue with what a person needs to recognise each slip."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from fairclient.store import print_jobs
from fairclient.store.print_jobs import PrintJob
from fairclient.store.queries import drafts, slips


@dataclass(frozen=True)
class QueuedSlip:
    """A job that isn't done, and its slip's turn, first name with initial, and code ("": it isn't here)."""

    job: PrintJob
    turn: str = ""
    display_name: str = ""
    code: str = ""


@dataclass(frozen=True)
class QueueCount:
    """How many slips wait, how many need a person to look, and why the oldest waits ("" or a code)."""

    waiting: int = 0
    failed: int = 0
    reason: str = ""


def queue(session: Session, most: int = 200) -> list[QueuedSlip]:
    """What isn't done, the oldest first."""
    return [_with_slip(session, job) for job in print_jobs.open_jobs(session.connection())[:most]]


def count(session: Session) -> QueueCount:
    """The queue in figures. What a queue of the system still holds counts as waiting."""
    jobs = print_jobs.open_jobs(session.connection())
    failed = [job for job in jobs if job.state == print_jobs.FAILED]
    waiting = [job for job in jobs if job.state != print_jobs.FAILED]
    reasons = (job.reason for job in (*waiting, *failed))
    reason = next((one for one in reasons if one not in ("", print_jobs.SENDING)), "")
    return QueueCount(len(waiting), len(failed), reason)


def _with_slip(session: Session, job: PrintJob) -> QueuedSlip:
    found = slips.by_id(session, job.slip)
    if found is None:
        parked = drafts.by_id(session, job.slip)
        return QueuedSlip(job, code=parked.fact.code if parked else "")
    slip, _revision = found
    return QueuedSlip(job, slip.turn, slip.display_name, slip.code)
