"""What left this laptop after the centre's receipt, and what it may still recognise afterwards."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class PurgedRow(Row, table=True):
    """Bodies of a journal (its number here) that were purged up to ``last``, under which receipt.

    ``entries`` counts them; ``digest`` is the chain's at ``last``; ``at`` is our clock in ms since 1970.
    """

    __tablename__ = "purged"

    number: int | None = Field(default=None, primary_key=True)
    journal: int
    last: int
    digest: bytes
    server: str
    receipt: int
    entries: int
    at: int


class KnownBeforeRow(Row, table=True):
    """A document that was here before: its HMAC under a key of this file, nothing that leads back to it."""

    __tablename__ = "known_before"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: bytes = Field(primary_key=True)
