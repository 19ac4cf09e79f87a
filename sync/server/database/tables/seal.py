"""The stations' signatures over their journals, so that ranges can be handed on unchanged."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class SealRow(ServerTable, table=True):
    """A seal: the signature of a journal's station over the chain's digest at `seq`."""

    __tablename__ = "seal"

    journal: int = Field(
        primary_key=True, foreign_key="journal.id", sa_column_kwargs={"autoincrement": False}
    )
    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    signature: bytes = Field(sa_type=LargeBinary)
