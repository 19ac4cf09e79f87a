"""The store as the sync engine sees it: journals that can be compared, sent, received and acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from fairclient.store import custody, erasing, hub_link, journal, rulings
from fairclient.store.database import Store
from fairclient.store.journal import Head
from fairclient.store.queries import holding, reference
from sync.wire import signing
from sync.wire.batch import MAX_BYTES, MAX_ENTRIES, Batch
from sync.wire.entry import Entry
from sync.wire.heads import Heads
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt


class StoreReplica:
    """A `sync.client.ports.Replica` on an open store. Each call is whole or not at all, from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def centre(self) -> str:
        """The centre that this station was enrolled at."""
        return self._store.identity.server

    def heads(self) -> Heads:
        """How far each journal is held here."""
        with self._store.read() as session:
            return journal.heads(session)

    def own_journals(self) -> Sequence[JournalId]:
        """The journals that this store wrote, of all its incarnations; it writes the last one now."""
        identity = self._store.identity
        with self._store.read() as session:
            rows = session.connection().exec_driver_sql(
                "SELECT station, incarnation, fair FROM journal WHERE own ORDER BY incarnation"
            )
            written = [JournalId(*row) for row in rows]
        return [name for name in written if name != identity.journal] + [identity.journal]

    def next_batch(self, name: JournalId, after: int, limit: int = MAX_ENTRIES) -> Batch | None:
        """The sealed batch that follows entry ``after``, at most ``limit`` entries; None at the end."""
        with self._store.read() as session:
            connection = session.connection()
            at = journal.head(connection, name)
            if at is None or not 0 <= after < at.seq:
                return None
            if after < custody.purged_upto(connection, at.number):
                raise WireError("not-found", "What follows was purged here after the centre's receipt.")
            most = (min(limit, MAX_ENTRIES), MAX_BYTES)
            if name.station == self._store.identity.station:
                return self._sealed(connection, at, after, most)
            return _as_sealed(connection, at, after, most)

    def receive(self, batch: Batch) -> None:
        """Take in a batch after checking its seal: journal and rows in one transaction.

        Raises WireError: ``unknown-station``, ``bad-signature``, ``gap``, ``fork`` or ``bad-digest``.
        """
        key = self.public_key_of(batch.journal.station)
        if key is None:
            raise WireError("unknown-station")
        batch.check_seal(key)
        self._store.receive(batch)

    def save_receipt(self, receipt: Receipt) -> None:
        """Keep a receipt for ever after proving it; the same one again changes nothing.

        Raises WireError: ``bad-signature``, ``unknown-journal`` or ``fork``.
        """
        key = self._server_key(receipt.server)
        if key is None:
            raise WireError("bad-signature", "The receipt is from a server that this station does not know.")
        self._store.save_receipt(receipt, key)

    def _server_key(self, server: str) -> bytes | None:
        """The key that signs the receipts of the centre, or of the hub that was joined; None of others."""
        if server == self._store.identity.server:
            return self._store.identity.server_public_key
        with self._store.read() as session:
            link = hub_link.read(session.connection())
        return link.key if link is not None and link.hub == server else None

    def public_key_of(self, station: str) -> bytes | None:
        """The key that seals the journals of a station or of the centre; None if unknown."""
        identity = self._store.identity
        if station == identity.server:
            return identity.server_public_key
        if station == identity.station:
            return signing.public_bytes(identity.private_key)
        with self._store.read() as session:
            known = dict(reference.stations(session)).get(station)
        return bytes.fromhex(known.public_key) if known is not None else None

    def acknowledged(self, name: JournalId) -> int:
        """The greatest number that a centre's receipt covers; 0 for none."""
        with self._store.read() as session:
            found = session.connection().exec_driver_sql(
                "SELECT at_centre FROM journal WHERE station = ? AND incarnation = ? AND fair = ?",
                tuple(name),
            )
            return int(found.scalar() or 0)

    def acknowledgements(self) -> Mapping[str, int]:
        """How far the centre's receipts go, for each journal of which there is one."""
        with self._store.read() as session:
            found = session.connection().exec_driver_sql(
                "SELECT station, incarnation, fair, at_centre FROM journal WHERE at_centre > 0"
            )
            return {str(JournalId(*name)): seq for *name, seq in found}

    def receipts_beyond(self, known: Mapping[str, int], limit: int) -> Sequence[Receipt]:
        """The centre's receipts kept here that go beyond ``known``, the lowest of each journal first."""
        with self._store.read() as session:
            connection = session.connection()
            journals = connection.exec_driver_sql(
                "SELECT number, station, incarnation, fair FROM journal WHERE at_centre > 0 ORDER BY number"
            ).all()
            kept: list[str] = []
            for number, *name in journals:
                asked = known.get(str(JournalId(*name)), 0)
                kept += connection.exec_driver_sql(
                    "SELECT content FROM receipt WHERE journal = ? AND tier = 'centre' AND server = ? "
                    "AND seq > ? ORDER BY seq LIMIT ?",
                    (number, self.centre, asked, limit - len(kept)),
                ).scalars()
        return [Receipt.model_validate_json(one) for one in kept]

    def lacking(self) -> Sequence[tuple[JournalId, int]]:
        """Entries that count and whose bodies were withheld from here while they were in quarantine."""
        identity = self._store.identity
        with self._store.read() as session:
            return rulings.lacking(session.connection(), identity.station, identity.scope)

    def is_whole(self, batch: Batch) -> bool:
        """Whether a batch from here lacks no body but those that were erased by law."""
        lacking = {entry.header.subject for entry in batch.entries if entry.body is None}
        if not lacking:
            return True
        with self._store.read() as session:
            return lacking <= erasing.erased_among(session.connection(), lacking)

    def sendable(self, name: JournalId) -> int:
        """How far a journal may go to the centre now; what the centre itself wrote always may."""
        with self._store.read() as session:
            at = journal.head(session.connection(), name)
            if at is None or name.station == self._store.identity.server:
                return 0 if at is None else at.seq
            return holding.released(session, name, at.seq)

    def left(self) -> int:
        """How many of our own entries have no centre's receipt."""
        with self._store.read() as session:
            return journal.unacknowledged(session)

    def _sealed(self, connection: Connection, at: Head, after: int, most: tuple[int, int]) -> Batch:
        """A range of our own, sealed now: Ed25519 gives the same seal for the same range each time."""
        found = journal.between(connection, at, after, limits=most)
        last, digest = found[-1]
        key = self._store.identity.private_key
        return _batch(connection, at, found, signing.seal(key, at.journal, last.header.seq, digest))


def _as_sealed(connection: Connection, at: Head, after: int, most: tuple[int, int]) -> Batch | None:
    """A range of another's journal, which ends where its station sealed it, beyond ``most`` if it has to."""
    ends = connection.exec_driver_sql(
        "SELECT seq, signature FROM seal WHERE journal = ? AND seq > ? ORDER BY seq LIMIT 2000",
        (at.number, after),
    ).all()
    if not ends:
        return None
    found = journal.between(connection, at, after, limits=most)
    reached = [end for end in ends if end[0] <= found[-1][0].header.seq]
    seq, signature = reached[-1] if reached else ends[0]
    if not reached:
        found = journal.between(connection, at, after, seq, limits=(MAX_ENTRIES, 1 << 40))
    return _batch(connection, at, [pair for pair in found if pair[0].header.seq <= seq], signature)


def _batch(connection: Connection, at: Head, found: Sequence[tuple[Entry, bytes]], signature: bytes) -> Batch:
    first, last = found[0][0].header.seq, found[-1][0].header.seq
    before = journal.digest_at(connection, at, first - 1)
    if before is None:
        raise WireError("gap", "The entry before the range is not here.")
    entries = tuple(entry for entry, _digest in found)
    return Batch(at.journal, first, last, before, found[-1][1], signature, entries)
