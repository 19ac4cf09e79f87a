"""What could not be accepted and waits for a supervisor: single entries, and histories that contradict."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, LargeBinary
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class QuarantinedEntry(ServerTable, table=True):
    """Why an entry of a journal gives no rows. The entry itself stays in its journal, byte for byte."""

    __tablename__ = "quarantined_entry"

    journal: int = Field(
        primary_key=True, foreign_key="journal.id", sa_column_kwargs={"autoincrement": False}
    )
    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    code: str
    detail: str
    at_ms: int = Field(sa_type=BigInteger)


class ForkedBatch(ServerTable, table=True):
    """An alert: a sealed batch with other content for numbers that this journal already has.

    It means that a laptop was cloned or restored without a new incarnation, or that a key was stolen. The
    bytes are kept as evidence, once for each digest.
    """

    __tablename__ = "forked_batch"

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(unique=True)
    journal: int = Field(foreign_key="journal.id")
    first: int = Field(sa_type=BigInteger)
    last: int = Field(sa_type=BigInteger)
    carrier: str
    at_ms: int = Field(sa_type=BigInteger)
    raw: bytes = Field(sa_type=LargeBinary)
