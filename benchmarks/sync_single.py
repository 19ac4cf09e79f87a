"""One attendee a batch alone, on PostgreSQL: `python -m benchmarks.sync_single`, in half a minute.

Beside the rate it tells the processor time of an exchange: where other work goes on, too, that says more than
the clock. All servers and PostgreSQLs of the machine are counted. Linux only, as it reads /proc.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import fair, sync, sync_load
from benchmarks.sync_laptops import ENTRIES_EACH, Laptop, crowd
from benchmarks.sync_served import served

_TICK_MS = 1e3 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.0


def main() -> None:
    """Print both rates and what an exchange costs."""
    with tempfile.TemporaryDirectory() as name, sync._keys_in(Path(name)), sync._postgres() as address:
        place = sync._new_database(address, "single")
        node, fair_id = fair.set_up_centre(place)
        one = crowd(node, fair_id, 1, sync_load.ONE_LINE)
        four = crowd(node, fair_id, 4, sync_load.FOUR_LINES)
        with served(place) as web:
            for laptops in (one, four):
                print(_told(web, laptops))
        node.database.close()


def _told(web: str, laptops: Sequence[Laptop]) -> str:
    before = _used("sync.server"), _used("postgres")
    rate = sync_load._rate(web, laptops, 1)
    exchanges = sum(laptop.acknowledged(laptop.journal) for laptop in laptops) / ENTRIES_EACH
    server, postgres = (
        (after - since) / exchanges
        for after, since in zip((_used("sync.server"), _used("postgres")), before, strict=True)
    )
    return (
        f"{len(laptops)} on the line: {rate:,.0f} attendees a second; "
        f"an exchange costs the server {server:.2f} ms, PostgreSQL {postgres:.2f} ms"
    )


def _used(words: str) -> float:
    """Return the processor time in ms of all processes whose command line, or name, has these words."""
    return sum(
        _milliseconds(entry, words.encode()) for entry in Path("/proc").iterdir() if entry.name.isdigit()
    )


def _milliseconds(process: Path, words: bytes) -> float:
    try:
        if words not in (process / "cmdline").read_bytes():
            return 0.0
        spent = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0  # it has just ended
    return (int(spent[11]) + int(spent[12])) * _TICK_MS


if __name__ == "__main__":
    main()
