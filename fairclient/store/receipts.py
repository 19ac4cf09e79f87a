"""Receipts: kept whole and for ever once they are proved, for only they say that something is elsewhere."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from fairclient.store import erasing, hub_link, journal, rulings
from fairclient.store.journal import Head
from fairclient.store.projection import Subject, project
from fairclient.store.tables.journal import place
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt, verify

_COLUMN: Final = {"centre": "at_centre", "hub": "at_hub"}


def save(connection: Connection, receipt: Receipt, public_key: bytes) -> bool:
    """Keep ``receipt`` after proving it against ``public_key`` and our own chain; gives whether it was kept.

    One that goes further than what is here (the laptop was restored) can't be proved yet and isn't kept; the
    server gives it again.

    Raises WireError: ``bad-signature``, ``unknown-journal``, or ``fork`` where its digest isn't ours.
    """
    if not verify(receipt, public_key):
        raise WireError("bad-signature", "The receipt is not signed by the server that it names.")
    at = journal.head(connection, JournalId.parse(receipt.journal))
    if at is None:
        raise WireError("unknown-journal", "The receipt is about a journal that is not here.")
    digest = journal.digest_at(connection, at, receipt.seq)
    if digest is None:
        return False
    if digest.hex() != receipt.digest:
        raise WireError("fork", "The receipt names another history than ours.")
    _keep(connection, at, receipt)
    return True


def _keep(connection: Connection, at: Head, receipt: Receipt) -> None:
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO receipt (server, number, journal, seq, tier, at, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.server,
            receipt.number,
            at.number,
            receipt.seq,
            receipt.tier,
            round(receipt.at.timestamp() * 1000),
            receipt.model_dump_json(),
        ),
    )
    if receipt.tier == "centre" or not hub_link.is_own(connection):  # our own hub is on the same disk
        column = _COLUMN[receipt.tier]
        connection.exec_driver_sql(
            f"UPDATE journal SET {column} = max({column}, ?) WHERE number = ?", (receipt.seq, at.number)
        )
    verdicts = [
        (place(at.number, verdict.seq), receipt.tier, verdict.verdict, verdict.code)
        for verdict in receipt.verdicts
        if verdict.seq <= receipt.seq
    ]
    if verdicts:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO verdict (place, tier, verdict, code) VALUES (?, ?, ?, ?)", verdicts
        )
        erasing.overlook(connection, [where for where, *_rest in verdicts])
        rulings.overlook(connection)
        project(connection, _subjects(connection, [where for where, *_rest in verdicts]))


def _subjects(connection: Connection, places: list[int]) -> list[Subject]:
    marks = ",".join("?" * len(places))
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT kind, subject FROM entry WHERE place IN ({marks})", tuple(places)
    )
    return [Subject(kind, subject) for kind, subject in found]
