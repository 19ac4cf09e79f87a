"""Rows from entries: what the journals say about a subject, folded and written to its table.

Every row is a function of the entries about its subject, so it doesn't matter in which order journals arrive.
An entry that can't be read is kept as it is and marked as quarantined here; the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection

from fairclient.store import cards, erasing, likeness, meta, rulings
from fairclient.store.search_keys import keys_of
from fairclient.store.shapes import shape, to_json
from fairclient.store.tables.catalogue import ROWS
from sync.wire.attendee import Attendee
from sync.wire.body import Body, decode, revision_id
from sync.wire.catalogue import REFERENCE
from sync.wire.entry import Header
from sync.wire.journal import JournalId
from sync.wire.merge import Folded, fold
from sync.wire.problem import WireError

T = TypeVar("T")
CHUNK: Final = 400

_ENTRIES: Final = """
SELECT e.place, j.station, j.incarnation, j.fair, e.place & 1099511627775,
       e.hlc, e.author, e.kind, e.subject, e.wire_version, e.body
FROM entry e JOIN journal j ON j.number = e.place >> 40
WHERE e.subject IN ({marks}) AND e.body IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM verdict v WHERE v.place = e.place AND v.tier = 'centre' AND v.verdict = 'quarantined')
"""


class Subject(NamedTuple):
    """What entries are about."""

    kind: str
    id: str


class Written(NamedTuple):
    """An entry that has been read: where it stands, its header, its bytes and what they say."""

    place: int
    header: Header
    raw: bytes
    body: Body


class State(NamedTuple):
    """A subject's state, and the header of the entry that created it."""

    origin: Header
    folded: Folded


def project(connection: Connection, subjects: Iterable[Subject]) -> None:
    """Write the rows of ``subjects`` anew; do what rulings and erasures among them say."""
    wanted = sorted(set(subjects))
    _project(connection, wanted)
    released = sorted(Subject(*pair) for pair in rulings.follow(connection, wanted))
    _project(connection, released)
    _project(connection, sorted(Subject(*pair) for pair in erasing.follow(connection, wanted + released)))


def _project(connection: Connection, subjects: Sequence[Subject]) -> None:
    for chunk in _chunks(subjects, CHUNK):
        found = _entries_of(connection, chunk)
        states = {subject: state_of(subject.kind, found.get(subject, ())) for subject in chunk}
        _forget(connection, chunk)
        _write(connection, states)


def project_new(connection: Connection, written: Sequence[Written]) -> None:
    """Write the rows of subjects that nobody has heard of before, each from its only entry."""
    states = {
        Subject(entry.header.kind, entry.header.subject): state_of(entry.header.kind, (entry,))
        for entry in written
    }
    _write(connection, states)
    _project(connection, sorted(Subject(*pair) for pair in erasing.follow(connection, states)))


def rebuild(connection: Connection) -> None:
    """Empty every projected table and fill it again from the journals."""
    for table in (*ROWS, "conflict", "search_key", *likeness.TABLES):
        connection.exec_driver_sql(f'DELETE FROM "{table}"')
    connection.exec_driver_sql("DELETE FROM verdict WHERE tier = 'here'")
    last = ""
    while chunk := _subjects_after(connection, last):
        project(connection, chunk)
        last = chunk[-1].id
    cards.index_all(connection)


def take_up(connection: Connection) -> None:
    """Write the rows of entries of kinds that an earlier version of this program did not know."""
    unknown = connection.exec_driver_sql(
        "SELECT v.place, e.kind, e.subject FROM verdict v JOIN entry e ON e.place = v.place "
        "WHERE v.tier = 'here' AND v.code = 'unknown-kind'"
    ).all()
    known = [(place, Subject(kind, subject)) for place, kind, subject in unknown if kind in ROWS]
    _many(connection, "DELETE FROM verdict WHERE place = ? AND tier = 'here'", [(at,) for at, _ in known])
    project(connection, {subject for _, subject in known})


def state_of(kind: str, entries: Sequence[Written]) -> State | None:
    """What ``entries`` about one subject give, or None while its first fact is missing."""
    facts = [entry for entry in entries if entry.body.fact is not None]
    if not facts:
        return None
    origin = min(facts, key=_order).header
    if len(entries) == 1:
        (only,) = entries
        fact = only.body.fact
        assert fact is not None  # it is the one in `facts`
        return State(origin, Folded(fact, revision_id(only.raw), origin.hlc, origin.hlc, origin.author, ()))
    folded = fold(kind, [(entry.header, entry.raw) for entry in entries])
    return None if folded is None else State(origin, folded)


def _order(entry: Written) -> tuple[str, str, int, int]:
    journal = entry.header.journal
    return entry.header.hlc, journal.station, journal.incarnation, entry.header.seq


def _entries_of(connection: Connection, subjects: Sequence[Subject]) -> dict[Subject, list[Written]]:
    found: dict[Subject, list[Written]] = defaultdict(list)
    refused: list[tuple[int, str]] = []
    wanted = set(subjects)
    marks = ",".join("?" * len(subjects))
    ids = tuple(subject.id for subject in subjects)
    for place, station, incarnation, fair, *parts, raw in connection.exec_driver_sql(
        _ENTRIES.format(marks=marks), ids
    ):
        header = Header(JournalId(station, incarnation, fair), *parts)
        if (subject := Subject(header.kind, header.subject)) not in wanted:
            continue
        try:
            _refuse_foreign(connection, header)
            found[subject].append(Written(place, header, raw, decode(header.kind, raw)))
        except WireError as error:
            refused.append((place, error.code))
    if refused:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO verdict (place, tier, verdict, code) "
            "VALUES (?, 'here', 'quarantined', ?)",
            refused,
        )
    return found


def _refuse_foreign(connection: Connection, header: Header) -> None:
    """Reference data come from the server's own journal: no laptop makes itself a supervisor."""
    if header.kind in REFERENCE and header.journal.station != meta.get(connection, meta.SERVER):
        raise WireError("forbidden", "Only the centre writes the reference data of a fair.")


def _forget(connection: Connection, subjects: Sequence[Subject]) -> None:
    """Drop the rows, keys and conflicts that these subjects have so far."""
    by_kind: dict[str, list[tuple[str]]] = defaultdict(list)
    for subject in subjects:
        if subject.kind in ROWS:
            by_kind[subject.kind].append((subject.id,))
    people = [person for (person,) in by_kind.get("attendee", ())]
    for person in people:
        _forget_looks(connection, person)
    for kind, ids in by_kind.items():
        _many(connection, shape(kind).drop, ids)
    _many(connection, "DELETE FROM conflict WHERE kind = ? AND subject = ?", [tuple(s) for s in subjects])


def _forget_looks(connection: Connection, person: str) -> None:
    """Take a person out of both indexes, as the row that is about to go says she stands there."""
    lie = shape("attendee")
    row = connection.exec_driver_sql(f"{lie.read} WHERE subject = ?", (person,)).mappings().first()
    fact = None if row is None else lie.fact_of(dict(row))
    if isinstance(fact, Attendee):
        stale = [(key, person) for key in keys_of(fact)]
        _many(connection, "DELETE FROM search_key WHERE key = ? AND subject = ?", stale)
        likeness.remove(connection, person, fact)


def _write(connection: Connection, states: dict[Subject, State | None]) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    keys: list[tuple[str, str]] = []
    looks: list[tuple[str, Attendee]] = []
    conflicts: list[tuple[str, str, str, str]] = []
    for subject, state in states.items():
        if state is None:
            continue
        fact = state.folded.fact
        rows[subject.kind].append(_row(subject, state))
        conflicts += [(*subject, field, to_json(values)) for field, values in state.folded.conflicts]
        if isinstance(fact, Attendee):
            keys += [(key, subject.id) for key in sorted(keys_of(fact))]
            looks += [(subject.id, fact)] if not fact.anonymous else []
    for kind, values in rows.items():
        _many(connection, shape(kind).put, values)
    _many(connection, "INSERT INTO search_key (key, subject) VALUES (?, ?)", keys)
    cards.drop(connection, [subject for subject, _fact in looks])
    likeness.add(connection, looks)
    _many(connection, "INSERT INTO conflict (kind, subject, field, choices) VALUES (?, ?, ?, ?)", conflicts)


def _row(subject: Subject, state: State) -> tuple[Any, ...]:
    origin, folded = state
    return (
        subject.id,
        origin.journal.fair,
        origin.journal.station,
        folded.author,
        folded.created,
        folded.updated,
        folded.revision,
        bool(folded.conflicts),
        *shape(subject.kind).values(folded.fact),
    )


def _many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def _subjects_after(connection: Connection, last: str) -> list[Subject]:
    """The next subjects in order; all kinds of the last id are in, however many they are."""
    ids = connection.exec_driver_sql(
        "SELECT DISTINCT subject FROM entry WHERE subject > ? ORDER BY subject LIMIT ?", (last, CHUNK)
    ).scalars()
    marks = tuple(ids)
    if not marks:
        return []
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT kind, subject FROM entry WHERE subject IN ({','.join('?' * len(marks))}) "
        "ORDER BY subject, kind",
        marks,
    )
    return [Subject(kind, subject) for kind, subject in found]


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
