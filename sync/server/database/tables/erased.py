"""Whose data went, subject by subject: what arrives late about one of them is stored without its body."""

from __future__ import annotations

from sqlmodel import Field

from sync.server.database.tables.base import ServerTable


class ErasedRow(ServerTable, table=True):
    """A subject of a fair that an erasure names, or that belongs to somebody erased."""

    __tablename__ = "erased"

    fair: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
