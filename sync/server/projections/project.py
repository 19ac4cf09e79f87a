"""How entries become rows: plain creates straight away, the rest by folding the subject's entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from sync.server.database import bulk, direct
from sync.server.database.pipeline import Question
from sync.server.database.writes import Writes
from sync.server.projections.catalogue import SHAPES
from sync.server.projections.row import Origin, Plain
from sync.wire.body import Body
from sync.wire.entry import Entry, Header
from sync.wire.fact import Fact
from sync.wire.journal import JournalId
from sync.wire.merge import Folded, fold
from sync.wire.receipt import Verdict

Key = tuple[str, str]
"""A kind and a subject."""


class Place(NamedTuple):
    """Where an entry stands."""

    journal: JournalId
    seq: int


_KNOWN: Final = (
    "SELECT e.kind, e.subject, COUNT(*) FROM {wanted} CROSS JOIN entry e CROSS JOIN journal j "
    "WHERE e.subject = wanted.value AND j.id = e.journal AND j.fair = ? AND NOT e.quarantined "
    "GROUP BY e.kind, e.subject"
)
_ENTRIES: Final = (
    "SELECT j.station, j.incarnation, e.seq, e.hlc, e.author, e.kind, e.subject, e.wire_version, e.body "
    "FROM {wanted} CROSS JOIN entry e CROSS JOIN journal j WHERE e.subject = wanted.value "
    "AND j.id = e.journal AND j.fair = ? AND NOT e.quarantined AND e.body IS NOT NULL"
)


class Accepted(NamedTuple):
    """An entry with its body read and found valid."""

    entry: Entry
    body: Body

    @property
    def key(self) -> Key:
        """The kind and the subject."""
        return self.entry.header.kind, self.entry.header.subject

    @property
    def place(self) -> Place:
        """The journal and the number."""
        return Place(self.entry.header.journal, self.entry.header.seq)


def known(connection: Connection, fair: str, accepted: Collection[Accepted]) -> dict[Key, int]:
    """Return how many entries the subjects have already; ask before the new ones are written."""
    if not accepted:
        return {}
    subjects = {item.entry.header.subject for item in accepted}
    found = direct.rows(connection, *known_asked(connection, fair, subjects))
    return {(kind, subject): int(count) for kind, subject, count in found}


def known_asked(connection: Connection, fair: str, subjects: Collection[str]) -> Question:
    """Return what `known` asks of entries about these subjects."""
    return direct.each_asked(connection, _KNOWN, subjects, fair)


def project(
    writes: Writes, fair: str, accepted: Sequence[Accepted], prior: Collection[Key]
) -> dict[Place, Verdict]:
    """Write the rows that entries, written or waiting in `writes`, give; `prior` had entries before.

    Returns:
        A verdict for each entry that was merged with others or said what was said before.
    """
    times: defaultdict[Key, int] = defaultdict(int)
    for item in accepted:
        times[item.key] += 1
    fresh: defaultdict[str, list[tuple[Plain, ...]]] = defaultdict(list)
    touched: list[Accepted] = []
    for item in accepted:
        if item.body.fact is None or item.key in prior or times[item.key] > 1:
            touched.append(item)
        else:
            fresh[item.entry.header.kind].append(_fresh_row(item.entry, item.body.fact))
    _insert(writes, fresh)
    return _refold(writes, fair, touched) if touched else {}


def _fresh_row(entry: Entry, fact: Fact) -> tuple[Plain, ...]:
    header = entry.header
    revision = entry.body_digest[:8].hex()
    station, _, fair = header.journal
    origin = Origin(fair, header.subject, station, header.hlc, header.hlc, revision, header.author, False)
    return SHAPES[header.kind].row(origin, fact)


def _insert(writes: Writes, rows: Mapping[str, list[tuple[Plain, ...]]]) -> None:
    for kind, values in rows.items():
        shape = SHAPES[kind]
        writes.insert(shape.table, shape.columns, values)


def _refold(writes: Writes, fair: str, touched: Sequence[Accepted]) -> dict[Place, Verdict]:
    """Work the touched subjects out anew, and say what became of each entry."""
    folded = rewrite(writes, fair, {item.key for item in touched})
    verdicts = ((item.place, _verdict(item, folded[item.key])) for item in touched)
    return {place: verdict for place, verdict in verdicts if verdict is not None}


def rewrite(writes: Writes, fair: str, keys: Collection[Key]) -> dict[Key, Folded | None]:
    """Work subjects out anew from all their entries, and replace their rows; returns their states."""
    writes.flush()
    connection = writes.connection
    entries = _entries_of(connection, fair, keys)
    folded = {key: fold(key[0], entries[key]) for key in keys}
    rows: defaultdict[str, list[tuple[Plain, ...]]] = defaultdict(list)
    stale: defaultdict[str, list[str]] = defaultdict(list)
    for (kind, subject), state in folded.items():
        stale[kind].append(subject)
        if state is not None:
            rows[kind].append(_folded_row(fair, subject, state, entries[kind, subject]))
    for kind, subjects in stale.items():
        bulk.delete_subjects(connection, SHAPES[kind].table, fair, subjects)
    _insert(writes, rows)
    return folded


def _entries_of(
    connection: Connection, fair: str, keys: Collection[Key]
) -> defaultdict[Key, list[tuple[Header, bytes]]]:
    entries: defaultdict[Key, list[tuple[Header, bytes]]] = defaultdict(list)
    found = direct.each(connection, _ENTRIES, {subject for _, subject in keys}, fair)
    for station, incarnation, seq, hlc, author, kind, subject, wire_version, body in found:
        if (kind, subject) in keys:
            journal = JournalId(station, incarnation, fair)
            header = Header(journal, seq, hlc, author, kind, subject, wire_version)
            entries[kind, subject].append((header, bytes(body)))
    return entries


def _folded_row(
    fair: str, subject: str, state: Folded, entries: Sequence[tuple[Header, bytes]]
) -> tuple[Plain, ...]:
    headers = [
        header for header, _ in entries if header.hlc == state.created and header.author == state.author
    ]
    station = min(header.journal.station for header in headers)
    origin = Origin(
        fair,
        subject,
        station,
        state.created,
        state.updated,
        state.revision,
        state.author,
        bool(state.conflicts),
    )
    return SHAPES[state.fact.KIND].row(origin, state.fact)


def _verdict(item: Accepted, state: Folded | None) -> Verdict | None:
    header = item.entry.header
    if state is None:
        return None
    if item.body.fact is not None and header.hlc > state.created:
        return Verdict(seq=header.seq, verdict="duplicate")
    touches = item.body.change or {}
    if any(conflict.field in touches for conflict in state.conflicts):
        return Verdict(seq=header.seq, verdict="merged")
    return None
