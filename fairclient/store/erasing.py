"""Erasing people (supresión, Ley 1581 de 2012 art. 8): bodies go, headers and digests stay, nothing returns.

What an erasure clears is decided entry by entry (``sync.wire.erasing``), so it is the same in whatever order
entries arrive: those that are here lose their bodies, those that come later are stored without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from fairclient.base.ids import random_bytes
from fairclient.store import cards, meta
from fairclient.store.pieces import in_pieces
from sync.wire import signing
from sync.wire.body import decode
from sync.wire.entry import Entry
from sync.wire.erasing import ERASABLE, goes
from sync.wire.erasure import Erasure
from sync.wire.problem import WireError

Pair = tuple[str, str]
"""A kind and a subject."""

_KINDS: Final = ",".join(f"'{kind}'" for kind in sorted(ERASABLE))
_ERASURES: Final = (
    "SELECT j.station, j.own, e.author, e.body FROM entry e JOIN journal j ON j.number = e.place >> 40 "
    "WHERE e.subject = ? AND e.kind = 'erasure' AND e.body IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM verdict v WHERE v.place = e.place AND v.tier = 'centre' AND v.verdict = 'quarantined')"
)
_KEYS: Final = (
    "SELECT public_key FROM operator WHERE subject = ? AND public_key <> '' "
    "UNION SELECT public_key FROM operator_key WHERE operator = ? AND NOT withdrawn"
)
"""Also keys that were withdrawn since: what they signed stays signed."""
_WHOM: Final = "IN (SELECT attendee FROM erasure)"
_STRAYS: Final = f"""
SELECT 'authorisation', subject FROM authorisation WHERE attendee {_WHOM}
UNION SELECT 'slip', subject FROM slip WHERE attendee {_WHOM} AND display_name <> ''
UNION SELECT 'draft', subject FROM draft WHERE attendee {_WHOM}
UNION SELECT 'distinction', subject FROM distinction WHERE attendee {_WHOM} OR other {_WHOM}
UNION SELECT 'sealed', s.subject FROM sealed s CROSS JOIN referral r ON r.subject = s.about
  WHERE r.attendee {_WHOM}
"""
_LEADING: Final = frozenset(
    {"erasure", "authorisation", "slip", "draft", "distinction", "sealed", "referral"}
)
"""Kinds whose arrival may show that something of somebody erased is here."""


def any_erased(connection: Connection) -> bool:
    """Whether anybody was ever erased at this fair."""
    return connection.exec_driver_sql("SELECT 1 FROM erased LIMIT 1").first() is not None


def erased_among(connection: Connection, subjects: Collection[str]) -> set[str]:
    """Those of ``subjects`` whose data went."""
    found: set[str] = set()
    for marks, some in in_pieces(sorted(subjects)):
        rows = connection.exec_driver_sql(f"SELECT subject FROM erased WHERE subject IN ({marks})", some)
        found.update(rows.scalars())
    return found


def refused(connection: Connection, kind: str, subject: str, body: bytes) -> bool:
    """Whether an entry of ours would write anew what was erased."""
    return kind in ERASABLE and bool(erased_among(connection, (subject,))) and goes(kind, body)


def without_bodies(connection: Connection, fresh: Sequence[tuple[Entry, bytes]]) -> list[tuple[Entry, bytes]]:
    """Entries that arrive, with their digests: those of erased subjects without what told of them."""
    gone = erased_among(connection, {entry.header.subject for entry, _digest in fresh})
    if not gone:
        return list(fresh)
    return [
        (entry._replace(body=None), digest) if _must_go(entry, gone) else (entry, digest)
        for entry, digest in fresh
    ]


def _must_go(entry: Entry, gone: Collection[str]) -> bool:
    header, body, _digest = entry
    return body is not None and header.subject in gone and goes(header.kind, body)


def follow(connection: Connection, projected: Iterable[Pair]) -> set[Pair]:
    """Clear what the erasures among ``projected`` name and what is astray of anybody erased.

    Gives the subjects whose rows have to be written anew.
    """
    wanted = set(projected)
    if not any(kind in _LEADING for kind, _subject in wanted):
        return set()
    gone = {subject for kind, named in wanted if kind == "erasure" for subject in _named(connection, named)}
    if not gone and not any_erased(connection):
        return set()
    cards.drop(connection, gone)
    gone |= {subject for _kind, subject in connection.exec_driver_sql(_STRAYS)}
    _mark(connection, gone)
    return _clear(connection, gone)


def _named(connection: Connection, erasure: str) -> set[str]:
    """The subjects that an erasure names, where it was signed by whoever it says."""
    subjects: set[str] = set()
    for station, own, author, raw in connection.exec_driver_sql(_ERASURES, (erasure,)):
        try:
            fact = decode("erasure", raw).fact
        except WireError:
            continue
        if isinstance(fact, Erasure) and _is_signed(connection, fact, station, author, own=bool(own)):
            subjects.update((fact.attendee, *fact.subjects))
    return subjects


def _is_signed(connection: Connection, fact: Erasure, station: str, author: str, *, own: bool) -> bool:
    """Whether an erasure is its author's own act: her role was looked at where it was accepted."""
    if own or station == meta.get(connection, meta.SERVER):
        return True
    keys = connection.exec_driver_sql(_KEYS, (author, author)).scalars().all()
    message = fact.signed_part()
    return not keys or any(
        signing.check(bytes.fromhex(key), bytes.fromhex(fact.signature), message) for key in keys
    )


def _mark(connection: Connection, subjects: Collection[str]) -> None:
    if subjects:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO erased (subject) VALUES (?)", [(subject,) for subject in sorted(subjects)]
        )


def _clear(connection: Connection, subjects: Collection[str]) -> set[Pair]:
    """Empty the bodies of some subjects' entries; gives the kinds and subjects that lost one."""
    cleared: list[tuple[int, Pair]] = []
    for marks, some in in_pieces(sorted(subjects)):
        rows: Iterable[Any] = connection.exec_driver_sql(
            f"SELECT place, kind, subject, body FROM entry WHERE subject IN ({marks}) "
            f"AND kind IN ({_KINDS}) AND body IS NOT NULL",
            some,
        ).all()
        cleared += [(place, (kind, subject)) for place, kind, subject, raw in rows if goes(kind, raw)]
    if cleared:
        places = [(place,) for place, _pair in cleared]
        connection.exec_driver_sql("UPDATE entry SET body = NULL WHERE place = ?", places)
        connection.exec_driver_sql("DELETE FROM verdict WHERE place = ?", places)
        _drop_work(connection, [(subject,) for _place, (_kind, subject) in cleared])
        meta.put(connection, meta.TO_SCRUB, random_bytes(8).hex())
    return {pair for _place, pair in cleared}


def overlook(connection: Connection, places: Sequence[int]) -> None:
    """Forget what a server said of entries that came without bodies before it heard of the erasure."""
    connection.exec_driver_sql(
        "DELETE FROM verdict WHERE place = ? AND EXISTS (SELECT 1 FROM entry e "
        "JOIN erased x ON x.subject = e.subject WHERE e.place = verdict.place AND e.body IS NULL)",
        [(where,) for where in places],
    )


def _drop_work(connection: Connection, subjects: list[tuple[str]]) -> None:
    """Half-filled forms that name somebody erased go as well, and her slips that wait for paper."""
    connection.exec_driver_sql("DELETE FROM open_form WHERE instr(content, ?) > 0", subjects)
    connection.exec_driver_sql("DELETE FROM print_job WHERE slip = ?", subjects)
