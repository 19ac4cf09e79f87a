"""Cards of people known from other fairs: what the centre sent so that they are recognised here."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class CardRow(Row, table=True):
    """A person of another fair; ``content`` is her card as JSON. It goes when she is registered here."""

    __tablename__ = "card"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: str = Field(primary_key=True)
    content: str
