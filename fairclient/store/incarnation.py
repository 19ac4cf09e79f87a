"""A restored or cloned store begins a new incarnation: two histories never share a number.

A copy of the file lies elsewhere on the disk, or on another computer (``machine.tag``). An older state of the
same file has been opened less often than the mark beside it says. What neither shows (the image of a whole
disk) is seen when the server turns out to know more of this station's journal than the station does.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from fairclient.base.files import write_whole
from fairclient.base.home import Home
from fairclient.store import journal, machine, meta
from fairclient.store.identity import StationIdentity
from fairclient.store.projection import Subject, project
from fairclient.store.tables.journal import place
from sync.wire.entry import Entry, digest
from sync.wire.journal import MAX_INCARNATION

# Two copies of one file must not choose the same next number, and can't ask each other.
_STEP: Final = 1 << 20
_log = logging.getLogger(__name__)


def count_opening(connection: Connection, home: Home) -> bool:
    """Count one more opening in the file; gives whether the file is a copy or an older state of itself."""
    counted = int(meta.get(connection, meta.OPENED) or 0)
    marked = marked_openings(home)
    here = machine.tag(home)
    kept = meta.get(connection, meta.DEVICE)
    meta.put(connection, meta.OPENED, str(max(counted, marked) + 1))
    meta.put(connection, meta.DEVICE, here)
    return counted < marked or kept not in (None, here)


def write_mark(connection: Connection, home: Home) -> None:
    """Write beside the file what it counts; after the commit, so that the file is never the older one."""
    write_whole(home.mark, (meta.get(connection, meta.OPENED) or "0").encode())


def marked_openings(home: Home) -> int:
    """What the mark beside the file says; 0 where there is none."""
    try:
        with home.mark.open("rb") as file:
            return int(file.read(24))
    except (OSError, ValueError):
        return 0


def begin_new(connection: Connection, identity: StationIdentity) -> StationIdentity:
    """The same station in a new incarnation, kept in the file."""
    greatest = connection.exec_driver_sql(
        "SELECT max(incarnation) FROM journal WHERE station = ?", (identity.station,)
    ).scalar()
    after = max(identity.incarnation, greatest or 0)
    number = min(after + 1 + secrets.randbelow(_STEP), MAX_INCARNATION)
    renewed = replace(identity, incarnation=number)
    meta.put(connection, meta.IDENTITY, renewed.to_text())
    _log.warning("this store is a copy or was restored: incarnation %d follows %d", number, after)
    return renewed


def move_forked(connection: Connection, old: StationIdentity, new: StationIdentity) -> int:
    """Write what no server has acknowledged of the old journal again in the new one; gives how many entries.

    For a clone whose journal was overtaken by its twin's under the same numbers: the server holds the twin's
    entries there, so ours would never be taken. Nothing is lost: authors, clocks and bodies stay.
    """
    at = journal.head(connection, old.journal)
    if at is None:
        return 0
    acknowledged = connection.exec_driver_sql(
        "SELECT max(at_centre, at_hub) FROM journal WHERE number = ?", (at.number,)
    ).scalar_one()
    tail = journal.between(connection, at, acknowledged, limits=(at.seq, 1 << 40))
    if not tail:
        return 0
    behind = journal.begin(connection, new.journal, own=True)
    moved: list[tuple[Entry, bytes]] = []
    previous = behind.digest
    for seq, (entry, _digest) in enumerate(tail, start=behind.seq + 1):
        header = entry.header._replace(journal=new.journal, seq=seq)
        previous = digest(previous, header, entry.body_digest)
        moved.append((Entry(header, entry.body, entry.body_digest), previous))
    _cut(connection, at.number, acknowledged, journal.digest_at(connection, at, acknowledged))
    journal.append(connection, behind, moved)
    project(connection, {Subject(entry.header.kind, entry.header.subject) for entry, _digest in moved})
    return len(moved)


def _cut(connection: Connection, number: int, seq: int, last: bytes | None) -> None:
    beyond = (place(number, seq), place(number + 1, 0))
    connection.exec_driver_sql("DELETE FROM entry WHERE place > ? AND place < ?", beyond)
    connection.exec_driver_sql("DELETE FROM verdict WHERE place > ? AND place < ?", beyond)
    connection.exec_driver_sql("DELETE FROM seal WHERE journal = ? AND seq > ?", (number, seq))
    connection.exec_driver_sql("UPDATE stick_range SET last = min(last, ?) WHERE journal = ?", (seq, number))
    connection.exec_driver_sql("UPDATE journal SET seq = ?, digest = ? WHERE number = ?", (seq, last, number))
