"""The journals: their heads and every entry in them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from fairclient.store.tables.row import Row

PLACE_BITS: Final = 40
"""An entry's place is its journal's number here times 2^40, plus its seq: the file's order is its."""


class JournalRow(Row, table=True):
    """A journal that is held here, how far, and how far others said that they hold it.

    ``own`` ones were written by this very store: not by a copy of it, which is the same station.
    """

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("station", "incarnation", "fair", name="journal_name"),)

    number: int | None = Field(default=None, primary_key=True)
    station: str
    incarnation: int
    fair: str
    own: bool = False
    seq: int = 0
    digest: bytes
    hlc: str
    at_hub: int = 0
    at_centre: int = 0


class EntryRow(Row, table=True):
    """An entry as it came: ``body`` None where it was withheld or erased, ``digest`` the chain's after it."""

    __tablename__ = "entry"
    __table_args__ = (Index("entry_by_subject", "subject"),)

    place: int = Field(primary_key=True)
    hlc: str
    author: str
    kind: str
    subject: str
    wire_version: int
    body: bytes | None = None
    body_digest: bytes
    digest: bytes


def place(journal: int, seq: int) -> int:
    """Where entry ``seq`` of the journal with number ``journal`` stands."""
    return (journal << PLACE_BITS) | seq


def seq_at(place_: int) -> int:
    """The seq of the entry that stands at ``place_``."""
    return place_ & ((1 << PLACE_BITS) - 1)
