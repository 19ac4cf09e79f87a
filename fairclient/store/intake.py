"""Taking in what others wrote: batches of journals, whole or not at all."""

from __future__ import annotations

from sqlalchemy import Connection

from fairclient.store import erasing, journal, rulings
from fairclient.store.identity import StationIdentity
from fairclient.store.journal import Head
from fairclient.store.projection import Subject, project
from sync.wire.batch import Batch
from sync.wire.entry import Entry, body_digest, chain
from sync.wire.problem import WireError


def receive(connection: Connection, batch: Batch, identity: StationIdentity) -> frozenset[str]:
    """Append what is new in ``batch`` and project it; gives the kinds of entries that were new.

    Of what is here already only bodies are taken that are lacking (``rulings.lacking``); a second time
    changes nothing. The caller has checked the seal; ``identity`` is our own.

    Raises WireError: ``gap`` where entries are missing before it, ``fork`` where another history with the
    same numbers is here, ``bad-digest`` where its entries aren't what it names.
    """
    at = journal.begin(connection, batch.journal)
    fresh = erasing.without_bodies(connection, _fresh(connection, at, batch))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO seal (journal, seq, signature) VALUES (?, ?, ?)",
        (at.number, batch.last, batch.signature),
    )
    late = _late(connection, at, batch, identity) if batch.first <= at.seq else []
    if fresh:
        journal.append(connection, at, fresh)
    told = [*late, *(entry for entry, _digest in fresh)]
    project(connection, {_subject(entry) for entry in told if entry.body is not None})
    return frozenset(entry.header.kind for entry, _digest in fresh)


def _late(connection: Connection, at: Head, batch: Batch, identity: StationIdentity) -> list[Entry]:
    """Put the bodies that are lacking to the headers that are here; gives what has one now.

    That the chain is the same proves them: it covers their digests.
    """
    lacking = rulings.lacking(connection, identity.station, identity.scope)
    wanted = {seq for name, seq in lacking if name == at.journal}
    late = [
        entry
        for entry in batch.entries
        if entry.header.seq in wanted and entry.header.seq <= at.seq and entry.body is not None
    ]
    if late:
        rulings.fill(connection, at.number, [(entry.header.seq, entry.body or b"") for entry in late])
    return late


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
