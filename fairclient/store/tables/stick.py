"""The bundles that were saved on sticks: which number each got, where it went, and which entries it holds."""

from __future__ import annotations

from sqlmodel import Field

from fairclient.store.tables.row import Row


class StickRow(Row, table=True):
    """A bundle by its number at this laptop; ``at`` is our clock in ms since 1970.

    ``digest`` (hex) is that of the sealed file, "" for one that was begun and never finished.
    """

    __tablename__ = "stick"

    number: int | None = Field(default=None, primary_key=True)
    at: int
    place: str
    digest: str


class StickRangeRow(Row, table=True):
    """The entries ``first`` to ``last`` of a journal (its number here) are on a stick."""

    __tablename__ = "stick_range"
    __table_args__ = ({"sqlite_with_rowid": False},)

    journal: int = Field(primary_key=True)
    stick: int = Field(primary_key=True)
    first: int
    last: int
