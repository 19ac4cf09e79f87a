"""What proves the journals: seals of stations, receipts of servers, and what either refused."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from fairclient.store.tables.row import Row


class SealRow(Row, table=True):
    """A station's signature over its journal up to ``seq``; batches that are handed on end at one."""

    __tablename__ = "seal"
    __table_args__ = ({"sqlite_with_rowid": False},)

    journal: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    signature: bytes


class ReceiptRow(Row, table=True):
    """A server's signed receipt, whole, for ever; ``at`` is its clock in ms since 1970.

    A server that was restored from a backup gives the same number twice, so the number alone is no key.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("receipt_by_journal", "journal", "tier", "seq"),)

    server: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    journal: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    tier: str
    at: int
    content: str


class VerdictRow(Row, table=True):
    """What became of an entry that was not plainly accepted; ``tier`` is "here", "hub" or "centre"."""

    __tablename__ = "verdict"

    place: int = Field(primary_key=True)
    tier: str = Field(primary_key=True)
    verdict: str
    code: str
