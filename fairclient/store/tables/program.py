"""The program's own tables: what the file knows about itself, the keys of Find, and open conflicts."""

from __future__ import annotations

from sqlalchemy import JSON
from sqlmodel import Field

from fairclient.store.tables.row import Row


class MetaRow(Row, table=True):
    """One thing that the file knows about itself."""

    __tablename__ = "meta"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True)
    value: str


class SearchKeyRow(Row, table=True):
    """A folded word by which Find reaches a person, in one tree that covers the search."""

    __tablename__ = "search_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)


class ConflictRow(Row, table=True):
    """A field whose changes did not know of each other; every value is kept until somebody decides."""

    __tablename__ = "conflict"
    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    choices: list[str] = Field(sa_type=JSON)
