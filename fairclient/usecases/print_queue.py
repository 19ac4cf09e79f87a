"""Slips that wait for paper: a file without content for each, named by the slip's id, in the spool."""

from __future__ import annotations

from collections.abc import Iterable

from fairclient.base.files import in_words
from fairclient.base.home import Home

_ENDING = ".wait"


def queue_slips(home: Home, slip_ids: Iterable[str]) -> None:
    """Put slips at the end of the queue, which outlives the program. Raises HomeNotWritable or DiskFull."""
    with in_words(home.dir):
        for slip_id in slip_ids:
            (home.spool / f"{slip_id}{_ENDING}").touch()


def slips_waiting(home: Home) -> list[str]:
    """Return the ids of the slips that wait, the oldest first (ids sort by the time of their making)."""
    return sorted(path.name.removesuffix(_ENDING) for path in home.spool.glob(f"*{_ENDING}"))


def off_the_queue(home: Home, slip_id: str) -> None:
    """Take a slip off the queue: it has been printed, or never can be."""
    (home.spool / f"{slip_id}{_ENDING}").unlink(missing_ok=True)
