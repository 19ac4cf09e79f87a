"""What stood half-filled on a page when it was last left: this laptop's own, never in a journal."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class OpenFormRow(Row, table=True):
    """One operator's form on one page; ``content`` is the page's own, ``at`` our clock in ms since 1970."""

    __tablename__ = "open_form"
    __table_args__ = ({"sqlite_with_rowid": False},)

    operator: str = Field(primary_key=True)
    page: str = Field(primary_key=True)
    content: str
    at: int
