"""Receipts given, kept for ever so that the same batch gets the same receipt."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class ReceiptRow(ServerTable, table=True):
    """A receipt as it was signed: `document` is its JSON."""

    __tablename__ = "receipt"
    __table_args__ = (Index("uq_receipt_journal_seq", "journal", "seq", unique=True),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False}, sa_type=BigInteger)
    journal: int = Field(foreign_key="journal.id")
    seq: int = Field(sa_type=BigInteger)
    document: str = Field(sa_type=Text)
