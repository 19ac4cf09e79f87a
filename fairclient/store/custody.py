"""Custody: personal data leave this laptop only under the centre's own receipt for those very digests.

Neither what a hub says counts, nor what the tables remember of a receipt: each is read whole again, its
signature checked with the pinned key, and its digest compared with this laptop's own chain.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection

from fairclient.base.ids import random_bytes
from fairclient.store import cards, journal, meta, projection
from fairclient.store.identity import StationIdentity
from fairclient.store.journal import Head
from fairclient.store.search_keys import compact
from fairclient.store.tables.journal import place
from sync.wire.catalogue import REFERENCE
from sync.wire.journal import JournalId
from sync.wire.operator_key import OperatorKey
from sync.wire.receipt import Receipt, verify

STAYING: Final = (*sorted(REFERENCE), "day_closed", "erasure", OperatorKey.KIND)
"""Kinds that tell of no person who came: they stay, so that closings and erasures, and the keys that signed
them, can always be proved."""

_STAYING: Final = ",".join(f"'{kind}'" for kind in STAYING)
_HASH_BYTES: Final = 16
_KEY: Final = "known_before_key"


class Holding(NamedTuple):
    """A journal that is held here, how far the centre proved to have it, and how many bodies that frees.

    ``receipt`` is the one that proves it, None where none does.
    """

    head: Head
    own: bool
    receipt: Receipt | None
    bodies: int

    @property
    def covered(self) -> int:
        """The last entry that the centre has for certain."""
        return self.receipt.seq if self.receipt else 0

    @property
    def open(self) -> int:
        """How many entries no receipt covers."""
        return self.head.seq - self.covered


def holdings(connection: Connection, identity: StationIdentity) -> list[Holding]:
    """All journals of people's data that are held here, our own first."""
    rows = connection.exec_driver_sql(
        "SELECT station, incarnation, fair, own FROM journal WHERE station <> ? AND seq > 0 "
        "ORDER BY own DESC, number",
        (identity.server,),
    ).all()
    found = []
    for *name, own in rows:
        head = journal.head(connection, JournalId(*name))
        if head is not None:
            receipt = _proof(connection, identity, head)
            found.append(Holding(head, bool(own), receipt, _bodies(connection, head, receipt)))
    return found


def purge(connection: Connection, covered: Sequence[Holding], at_ms: int) -> None:
    """Clear the bodies that receipts cover, keep the list of it, and what recognises people without data.

    Headers, digests, heads, seals and receipts stay: nothing is asked for again, nor offered without body.
    """
    _remember_documents(connection)
    for one in covered:
        receipt = one.receipt
        if receipt is None or not one.bodies:
            continue
        connection.exec_driver_sql(
            f"UPDATE entry SET body = NULL WHERE {_WITHIN}", _range(one.head, receipt.seq)
        )
        connection.exec_driver_sql(
            "INSERT INTO purged (journal, last, digest, server, receipt, entries, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                one.head.number,
                receipt.seq,
                bytes.fromhex(receipt.digest),
                receipt.server,
                receipt.number,
                one.bodies,
                at_ms,
            ),
        )
    cards.forget_all(connection)
    for table in ("open_form", "print_job"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    projection.rebuild(connection)
    meta.put(connection, meta.TO_SCRUB, random_bytes(8).hex())


def purged_upto(connection: Connection, number: int) -> int:
    """The last entry of a journal (its number here) whose body may have been purged; 0 for none."""
    found = connection.exec_driver_sql("SELECT max(last) FROM purged WHERE journal = ?", (number,))
    return int(found.scalar() or 0)


def any_purged(connection: Connection) -> bool:
    """Whether this fair's data were purged here before: it is over for this laptop."""
    return connection.exec_driver_sql("SELECT 1 FROM purged LIMIT 1").first() is not None


def known_before(connection: Connection, document: str) -> bool:
    """Whether a document with this number was registered here before the purge."""
    key = meta.get(connection, _KEY)
    if key is None or not compact(document):
        return False
    found = connection.exec_driver_sql("SELECT 1 FROM known_before WHERE digest = ?", (_hash(key, document),))
    return found.first() is not None


_WITHIN: Final = f"place > ? AND place <= ? AND body IS NOT NULL AND kind NOT IN ({_STAYING})"


def _range(head: Head, upto: int) -> tuple[int, int]:
    return place(head.number, 0), place(head.number, upto)


def _bodies(connection: Connection, head: Head, receipt: Receipt | None) -> int:
    if receipt is None:
        return 0
    found = connection.exec_driver_sql(
        f"SELECT count(*) FROM entry WHERE {_WITHIN}", _range(head, receipt.seq)
    )
    return int(found.scalar_one())


def _proof(connection: Connection, identity: StationIdentity, head: Head) -> Receipt | None:
    """The centre's receipt that goes furthest and holds in every respect."""
    kept = connection.exec_driver_sql(
        "SELECT content FROM receipt WHERE journal = ? AND server = ? ORDER BY seq DESC",
        (head.number, identity.server),
    )
    for content in kept.scalars():
        try:
            receipt = Receipt.model_validate_json(content)
        except ValidationError:
            continue
        if _holds(connection, identity, head, receipt):
            return receipt
    return None


def _holds(connection: Connection, identity: StationIdentity, head: Head, receipt: Receipt) -> bool:
    """Whether a receipt is the enrolled centre's word for exactly what stands in this journal here."""
    if receipt.tier != "centre" or receipt.server != identity.server or receipt.journal != str(head.journal):
        return False
    digest = journal.digest_at(connection, head, receipt.seq) if receipt.seq <= head.seq else None
    same = digest is not None and digest.hex() == receipt.digest
    return same and verify(receipt, identity.server_public_key)


def _remember_documents(connection: Connection) -> None:
    """Keep keyed hashes of the documents: their numbers are few enough to be guessed from plain ones."""
    key = meta.get(connection, _KEY)
    if key is None:
        key = random_bytes(32).hex()
        meta.put(connection, _KEY, key)
    numbers = connection.exec_driver_sql(
        "SELECT d.value ->> 'number' FROM attendee a, json_each(a.documents) d"
    ).scalars()
    rows = {(_hash(key, number),) for number in _usable(numbers)}
    if rows:
        connection.exec_driver_sql("INSERT OR IGNORE INTO known_before (digest) VALUES (?)", sorted(rows))


def _usable(numbers: Iterable[str | None]) -> list[str]:
    return [number for number in numbers if number and compact(number)]


def _hash(key: str, document: str) -> bytes:
    message = b"fairclient/known-before/1\n" + compact(document).encode()
    return hmac.new(bytes.fromhex(key), message, hashlib.sha256).digest()[:_HASH_BYTES]
