"""Taking in what others wrote: batches of journals, whole or not at all."""

from __future__ import annotations

from sqlalchemy import Connection

from fairclient.store import erasing, journal
from fairclient.store.journal import Head
from fairclient.store.projection import Subject, project
from sync.wire.batch import Batch
from sync.wire.entry import Entry, body_digest, chain
from sync.wire.problem import WireError


def receive(connection: Connection, batch: Batch) -> frozenset[str]:
    """Append what is new in ``batch`` and project it; gives the kinds of entries that were new.

    A batch that is here already changes nothing. The caller has checked the seal.

    Raises WireError: ``gap`` where entries are missing before it, ``fork`` where another history with the
    same numbers is here, ``bad-digest`` where its entries aren't what it names.
    """
    at = journal.begin(connection, batch.journal)
    fresh = erasing.without_bodies(connection, _fresh(connection, at, batch))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO seal (journal, seq, signature) VALUES (?, ?, ?)",
        (at.number, batch.last, batch.signature),
    )
    if not fresh:
        return frozenset()
    journal.append(connection, at, fresh)
    project(connection, {_subject(entry) for entry, _digest in fresh if entry.body is not None})
    return frozenset(entry.header.kind for entry, _digest in fresh)


def _fresh(connection: Connection, at: Head, batch: Batch) -> list[tuple[Entry, bytes]]:
    """The entries behind the head, after checking that all before them are the ones that are here."""
    before = journal.digest_at(connection, at, batch.first - 1)
    if before is None:
        raise WireError("gap", f"Entries {at.seq + 1} to {batch.first - 1} of a journal are missing.")
    digests = _digests(batch)
    both = min(at.seq, batch.last)
    here = journal.digest_at(connection, at, both)
    named = digests[both - batch.first] if both >= batch.first else before
    if before != batch.before or here != named:
        raise WireError("fork")
    pairs = list(zip(batch.entries, digests, strict=True))
    return pairs[both - batch.first + 1 :]


def _digests(batch: Batch) -> list[bytes]:
    expected = range(batch.first, batch.last + 1)
    if [entry.header.seq for entry in batch.entries] != list(expected):
        raise WireError("garbled", "The batch does not hold the entries that it names.")
    if any(
        entry.header.journal != batch.journal
        or (entry.body is not None and body_digest(entry.body) != entry.body_digest)
        for entry in batch.entries
    ):
        raise WireError("bad-digest")
    digests = chain(batch.before, batch.entries)
    if not digests or digests[-1] != batch.after:
        raise WireError("bad-digest")
    return digests


def _subject(entry: Entry) -> Subject:
    return Subject(entry.header.kind, entry.header.subject)
