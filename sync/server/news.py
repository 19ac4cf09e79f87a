"""What is news to a station: heads, the receipts that it may lack, and the mark that changes with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, text

from sync.server import handed, ledger, receipts, roster
from sync.server.node import Node
from sync.wire.messages import HeadsReply, HeadsRequest

MOST_RECEIPTS: Final = 1000
_OTHERS = text("SELECT COALESCE(SUM(seq), 0) FROM journal WHERE fair = :fair AND station <> :station")
_HANDED = text("SELECT COUNT(*) FROM handed_receipt WHERE fair = :fair")


def compared(connection: Connection, node: Node, station: str, asked: HeadsRequest) -> HeadsReply:
    """Return the heads of all journals that a station may see, and the receipts that it may lack.

    Raises:
        WireError: `unknown-station` or `revoked`.
    """
    fairs = fairs_of(connection, node, station)
    heads = {name: head for fair in fairs for name, head in ledger.heads(connection, fair).items()}
    given = [receipt for fair in fairs for receipt in receipts.latest(connection, station, fair)]
    reached = {name: seq for fair in fairs for name, seq in _reach(connection, node, fair).items()}
    if node.is_centre:
        for fair in fairs:
            given += receipts.beyond(connection, fair, station, asked.acknowledged)
    else:
        given += handed.beyond(connection, asked.acknowledged, reached, station)
    once = {(receipt.journal, receipt.seq, receipt.server): receipt for receipt in given}
    return HeadsReply(
        heads=heads,
        receipts=tuple(once.values())[:MOST_RECEIPTS],
        acknowledged=reached,
        mark=mark(connection, fairs, station),
    )


def fairs_of(connection: Connection, node: Node, station: str) -> list[str]:
    """Return the fairs at which a station may write.

    Raises:
        WireError: `unknown-station` or `revoked`.
    """
    return [enrolled.fair for enrolled in roster.enrolments(connection, node, station)]


def mark(connection: Connection, fairs: Sequence[str], station: str) -> str:
    """Return a text that changes whenever others' journals grow or a receipt is handed in."""
    counts = [
        connection.execute(statement, {"fair": fair, "station": station}).scalar_one()
        for fair in fairs
        for statement in (_OTHERS, _HANDED)
    ]
    return "-".join(str(count) for count in counts)[:80]


def _reach(connection: Connection, node: Node, fair: str) -> dict[str, int]:
    return {} if node.is_centre else handed.reach(connection, fair)
