"""The centre's rulings: what it took out of quarantine counts here too, and what it withheld is asked for.

A ruling (``sync.wire.ruling``) stands above every verdict of a receipt on the entry that it names, whichever
of the two, or the entry itself, comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from fairclient.store.tables.journal import place
from sync.wire.catalogue import PERSONAL
from sync.wire.journal import JournalId
from sync.wire.ruling import Ruling

Pair = tuple[str, str]
"""A kind and a subject."""

_RULED: Final = (
    "FROM ruling r JOIN journal j ON j.station || '/' || j.incarnation || '/' || j.fair = r.journal "
    "JOIN entry e ON e.place = ((j.number << 40) | r.seq) "
    "WHERE r.verdict = 'accepted' AND lower(hex(e.digest)) = r.digest"
)
_APART: Final = (
    f"SELECT e.place, e.kind, e.subject {_RULED} AND EXISTS (SELECT 1 FROM verdict v "
    "WHERE v.place = e.place AND v.tier <> 'here' AND v.verdict = 'quarantined')"
)
_LACKING: Final = (
    f"SELECT j.station, j.incarnation, j.fair, r.seq, e.kind {_RULED} AND e.body IS NULL "
    "AND e.subject NOT IN (SELECT subject FROM erased) "
    "AND NOT EXISTS (SELECT 1 FROM purged p WHERE p.journal = j.number AND p.last >= r.seq) "
    "ORDER BY j.number, r.seq"
)


def follow(connection: Connection, projected: Iterable[Pair]) -> set[Pair]:
    """Take back what servers said of entries, where there are rulings among ``projected``.

    Gives the subjects whose rows have to be written anew.
    """
    if not any(kind == Ruling.KIND for kind, _subject in projected):
        return set()
    return _take_back(connection)


def overlook(connection: Connection) -> None:
    """Take back what a receipt says that came after the ruling."""
    _take_back(connection)


def _take_back(connection: Connection) -> set[Pair]:
    apart = connection.exec_driver_sql(_APART).all()
    if apart:
        connection.exec_driver_sql(
            "DELETE FROM verdict WHERE place = ? AND tier <> 'here' AND verdict = 'quarantined'",
            [(where,) for where, _kind, _subject in apart],
        )
    return {(kind, subject) for _where, kind, subject in apart}


def lacking(connection: Connection, station: str, scope: str) -> list[tuple[JournalId, int]]:
    """Entries that count and whose bodies were withheld from here while they did not.

    Left out is what may not come: what was erased, what was purged here, and at a laptop of ``scope`` desk
    the personal kinds that another ``station`` wrote.
    """
    return [
        (JournalId(*name), seq)
        for *name, seq, kind in connection.exec_driver_sql(_LACKING)
        if scope == "fair" or kind not in PERSONAL or name[0] == station
    ]


def fill(connection: Connection, number: int, bodies: Sequence[tuple[int, bytes]]) -> None:
    """Put bodies (by seq), whose digests were compared, to the headers of a journal (its number here)."""
    connection.exec_driver_sql(
        "UPDATE entry SET body = ? WHERE place = ? AND body IS NULL",
        [(body, place(number, seq)) for seq, body in bodies],
    )
