"""Who read what is reserved about whom: this laptop's own business, in no journal (DP-15)."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from fairclient.store.tables.row import Row


class ReservedReadRow(Row, table=True):
    """One reading: an operator saw a section of somebody's sensitive answers. ``at`` is ms since 1970."""

    __tablename__ = "reserved_read"
    __table_args__ = (Index("reserved_read_by_attendee", "attendee"),)

    number: int | None = Field(default=None, primary_key=True)
    at: int
    operator: str
    attendee: str
    section: str
