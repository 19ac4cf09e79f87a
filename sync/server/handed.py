"""The centre's receipts at a hub: proved, kept, and given to the stations whose work they cover."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, text

from sync.server.node import Node
from sync.server.receipts import APART, MOST
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt, verify

_KEEP = text(
    "INSERT INTO handed_receipt (name, seq, fair, document) VALUES (:name, :seq, :fair, :document) "
    "ON CONFLICT DO NOTHING"
)
_REACH = text("SELECT name, MAX(seq) AS seq FROM handed_receipt WHERE fair = :fair GROUP BY name")
_BEYOND = text(
    "SELECT document FROM handed_receipt WHERE name = :name AND seq > :seq ORDER BY seq LIMIT :most"
)
_TELLING = text(
    "SELECT document FROM handed_receipt WHERE name = :name AND seq > :seq "
    "AND (seq = :last OR document LIKE :apart) ORDER BY seq LIMIT :most"
)


def keep(connection: Connection, node: Node, receipts: Sequence[Receipt], fairs: Collection[str]) -> int:
    """Keep receipts of this hub's centre about journals of these fairs; return how many were taken.

    Raises:
        WireError: `forbidden` at a centre or for another fair, `bad-signature` for one that the centre did
            not sign. Nothing is kept then.
    """
    if node.is_centre:
        raise WireError("forbidden", "Only a hub is handed receipts.")
    named = [(receipt, JournalId.parse(receipt.journal)) for receipt in receipts]
    for receipt, journal in named:
        if journal.fair not in fairs:
            raise WireError("forbidden", "A receipt is about another fair.")
        if (receipt.server, receipt.tier) != (node.authority.server, "centre") or not verify(
            receipt, node.authority.public_key
        ):
            raise WireError("bad-signature", "A receipt is not signed by this hub's centre.")
    rows = [
        {"name": receipt.journal, "seq": receipt.seq, "fair": journal.fair, "document": _document(receipt)}
        for receipt, journal in named
    ]
    connection.execute(_KEEP, rows)
    return len(rows)


def reach(connection: Connection, fair: str) -> dict[str, int]:
    """Return how far the centre's receipts that are kept here go, for each journal of a fair."""
    return {row.name: row.seq for row in connection.execute(_REACH, {"fair": fair})}


def beyond(
    connection: Connection, known: Mapping[str, int], reached: Mapping[str, int], station: str
) -> list[Receipt]:
    """Return what a station lacks: all receipts of its own journals beyond `known`.

    Of others' it gets the last, and those that put something aside: no later one tells it again.
    """
    documents: list[str] = []
    for name, seq in reached.items():
        asked = known.get(name, 0)
        if asked >= seq:
            continue
        if JournalId.parse(name).station == station:
            documents += connection.execute(_BEYOND, {"name": name, "seq": asked, "most": MOST}).scalars()
        else:
            values = {"name": name, "seq": asked, "last": seq, "apart": APART, "most": MOST}
            documents += connection.execute(_TELLING, values).scalars()
    return [Receipt.model_validate_json(document) for document in documents]


def _document(receipt: Receipt) -> str:
    return receipt.model_dump_json()
