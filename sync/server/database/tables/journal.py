"""Journals and their heads: the row that is locked while a batch is taken."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, LargeBinary
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class JournalRow(ServerTable, table=True):
    """A journal: `seq` and `digest` are its head, the last entry that is durable here."""

    __tablename__ = "journal"
    __table_args__ = (Index("uq_journal_name", "station", "incarnation", "fair", unique=True),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    station: str
    incarnation: int = Field(sa_type=BigInteger)
    fair: str = Field(index=True)
    seq: int = Field(sa_type=BigInteger)
    digest: bytes = Field(sa_type=LargeBinary)
