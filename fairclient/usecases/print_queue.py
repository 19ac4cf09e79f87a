"""Slips that wait for paper: a file without content for each, named by the slip's id, in the spool."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fairclient.base.files import in_words
from fairclient.base.home import Home

_ENDING, _COPY_ENDING = ".wait", ".copy"


class QueuedSlip(NamedTuple):
    """A slip that waits; `again` where it has been on paper before, and the paper says so."""

    slip: str
    again: bool


def queue_slips(home: Home, slip_ids: Iterable[str], *, again: bool = False) -> None:
    """Put slips at the end of the queue, which outlives the program. Raises HomeNotWritable or DiskFull."""
    with in_words(home.dir):
        for slip_id in slip_ids:
            (home.spool / f"{slip_id}{_COPY_ENDING if again else _ENDING}").touch()


def slips_waiting(home: Home) -> list[QueuedSlip]:
    """Return the slips that wait, the oldest first (ids sort by the time of their making)."""
    found = [QueuedSlip(path.stem, again=False) for path in home.spool.glob(f"*{_ENDING}")]
    found += [QueuedSlip(path.stem, again=True) for path in home.spool.glob(f"*{_COPY_ENDING}")]
    return sorted(found)


def off_the_queue(home: Home, queued: QueuedSlip) -> None:
    """Take a slip off the queue: it has been printed, or never can be."""
    (home.spool / f"{queued.slip}{_COPY_ENDING if queued.again else _ENDING}").unlink(missing_ok=True)
