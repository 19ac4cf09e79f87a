"""The entries of all journals, as they came."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class EntryRow(ServerTable, table=True):
    """One entry: its header, its body's bytes (NULL when withheld or erased) and the chain's digest after it.

    A quarantined entry is kept and acknowledged like any other, but gives no rows. `journal` is a
    `journal.id`; no foreign key says so, because PostgreSQL would look it up once more for each of the rows
    of a COPY.
    """

    __tablename__ = "entry"

    journal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    hlc: str
    author: str
    kind: str
    subject: str = Field(index=True)
    wire_version: int
    quarantined: bool
    body_digest: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    body: bytes | None = Field(sa_type=LargeBinary)
