"""One unit of work: entries and the rows that they change, written in one transaction or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from fairclient.base.clock import Clock
from fairclient.base.ids import new_id, random_bytes
from fairclient.store import erasing, journal, projection
from fairclient.store.identity import StationIdentity
from fairclient.store.journal import Head
from fairclient.store.pieces import in_pieces
from fairclient.store.projection import Subject, Written
from fairclient.store.sessions import session_on
from fairclient.store.shapes import shape
from fairclient.store.tables.journal import place
from sync.wire import body, version
from sync.wire.catalogue import REFERENCE
from sync.wire.clock import HybridClock
from sync.wire.entry import Entry, Header, body_digest, digest
from sync.wire.fact import Fact
from sync.wire.problem import WireError


class UnitOfWork:
    """Given by ``Store.write``; everything in it happens when the block ends, or never.

    ``create`` and ``change`` write what a fact of the contract allows and raise WireError otherwise.
    """

    def __init__(
        self,
        connection: Connection,
        identity: StationIdentity,
        author: str,
        clocks: tuple[Clock, HybridClock],
        remembered: dict[Any, Any] | None = None,
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._author = author
        self._clock, self._hybrid = clocks
        self._remembered = remembered
        self._head: Head = journal.begin(connection, identity.journal, own=True)
        self._waiting: list[tuple[Entry, bytes]] = []
        self._created: list[Written] = []
        self._session: Session | None = None
        self.kinds: set[str] = set()

    @property
    def session(self) -> Session:
        """For reading inside the transaction: it sees what was written so far."""
        self.flush()
        if self._session is None:
            self._session = session_on(self._connection, self._identity, self._remembered)
        return self._session

    def create(self, fact: Fact, subject: str | None = None) -> str:
        """State a fact about a new ``subject`` (or the one given), and give its id.

        WireError ``forbidden`` for the reference data of a fair: only the centre writes them.
        """
        if fact.KIND in REFERENCE:
            raise WireError("forbidden", "Only the centre writes the reference data of a fair.")
        subject = subject or new_id(self._clock)
        raw = body.encode_fact(fact, random_bytes(body.SALT_BYTES))
        # What is projected is what every other laptop will read, not what was handed in.
        said = body.decode(fact.KIND, raw)
        header = self._append(fact.KIND, subject, raw)
        self._created.append(Written(place(self._head.number, header.seq), header, raw, said))
        return subject

    def change(self, kind: str, subject: str, changes: Mapping[str, Any], base: str | None = None) -> None:
        """Change some fields of ``subject``, seen at revision ``base`` (the present one unless given)."""
        self.flush()
        if base is None:
            base = self._revision(kind, subject)
        raw = body.encode_change(kind, changes, base, random_bytes(body.SALT_BYTES))
        self._append(kind, subject, raw)
        self.flush()
        projection.project(self._connection, [Subject(kind, subject)])

    def flush(self) -> None:
        """Send what waits to the database, still inside the transaction."""
        if not self._waiting:
            return
        known = self._known([entry.header.subject for entry in self._created])
        self._head = journal.append(self._connection, self._head, self._waiting)
        self._waiting = []
        created, self._created = self._created, []
        projection.project_new(
            self._connection, [entry for entry in created if entry.header.subject not in known]
        )
        projection.project(
            self._connection,
            [Subject(*entry.header[4:6]) for entry in created if entry.header.subject in known],
        )
        if self._session is not None:
            self._session.expire_all()

    def close(self) -> None:
        """Let go of the session."""
        if self._session is not None:
            self._session.close()

    def _append(self, kind: str, subject: str, raw: bytes) -> Header:
        if erasing.refused(self._connection, kind, subject, raw):
            raise WireError("forbidden", "What was erased may not be written anew.")
        seq, previous = self._head.seq + 1, self._head.digest
        if self._waiting:
            waiting, previous = self._waiting[-1]
            seq = waiting.header.seq + 1
        header = Header(
            self._head.journal, seq, self._hybrid.tick(), self._author, kind, subject, version.MAX
        )
        of_body = body_digest(raw)
        self._waiting.append((Entry(header, raw, of_body), digest(previous, header, of_body)))
        self.kinds.add(kind)
        return header

    def _revision(self, kind: str, subject: str) -> str:
        found = self._connection.exec_driver_sql(
            f'SELECT revision FROM "{shape(kind).kind}" WHERE subject = ?', (subject,)
        ).scalar()
        return "" if found is None else str(found)

    def _known(self, subjects: list[str]) -> set[str]:
        """Those of ``subjects`` about which there are entries already, or that stand here twice."""
        twice = {subject for subject, times in Counter(subjects).items() if times > 1}
        found: set[str] = set()
        for marks, some in in_pieces(subjects):
            rows = self._connection.exec_driver_sql(
                f"SELECT DISTINCT subject FROM entry WHERE subject IN ({marks})", some
            )
            found |= set(rows.scalars())
        return found | twice
