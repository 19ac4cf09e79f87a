"""Whose data went, subject by subject: what arrives late about one of them is stored without its body."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class ErasedRow(Row, table=True):
    """A subject that an erasure names, or that belongs to somebody erased (a slip from another laptop)."""

    __tablename__ = "erased"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: str = Field(primary_key=True)
