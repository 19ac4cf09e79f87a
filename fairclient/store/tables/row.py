"""What every table has in common, and how a fact becomes columns."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal, get_origin

from pydantic import ConfigDict
from sqlalchemy import JSON, Index, MetaData, String
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel
from sqlmodel.main import SQLModelMetaclass

ROW_CONFIG: Any = ConfigDict(frozen=False)
"""The configuration of projected tables: facts are frozen, but SQLAlchemy fills rows after making them."""

_COLUMNS: Final[dict[Any, Any]] = {Literal: String, tuple: JSON, dict: JSON}


class _RowMaker(SQLModelMetaclass):
    """Gives columns to what SQLModel alone has none for: fixed choices are text, lists and maps are JSON.

    So a fact is declared once, in the contract, and a field added there needs nothing here but its migration.
    """

    def __new__(
        mcs, name: str, bases: tuple[type[Any], ...], namespace: dict[str, Any], **kwargs: Any
    ) -> Any:
        if kwargs.get("table"):
            notes = namespace.setdefault("__annotations__", {})
            for field, info in _inherited(bases).items():
                column = _COLUMNS.get(get_origin(info.annotation))
                if column is not None and field not in notes:
                    notes[field] = "Any"
                    namespace[field] = Field(default=info.default, sa_type=column, nullable=False)
        return super().__new__(mcs, name, bases, namespace, **kwargs)


def _inherited(bases: tuple[type[Any], ...]) -> dict[str, Any]:
    return {name: info for base in bases for name, info in getattr(base, "model_fields", {}).items()}


class Row(SQLModel, metaclass=_RowMaker, registry=registry()):
    """A table of the client. Its metadata is its own: the server's tables bear some of the same names."""

    metadata: ClassVar[MetaData] = MetaData()


class Projected(Row):
    """A row that the journal's entries about one subject give.

    Lists read back as lists of plain values, and nothing is validated on the way in or out: build the fact
    (``fairclient.store.projection.fact_of``) where that matters.
    """

    subject: str = Field(primary_key=True)
    fair: str
    station: str
    author: str
    created: str
    updated: str
    revision: str
    conflicted: bool = False


def indexes(table: str, *columns: str | tuple[str, ...]) -> tuple[Any, ...]:
    """The table arguments of a projected table: an index on each of ``columns``, or on several together.

    No hidden row numbers: a subject's id is the key of the only tree, so that a save touches half the pages.
    """
    together = [(column,) if isinstance(column, str) else column for column in columns]
    named = [Index(f"{table}_by_{'_'.join(names)}", *names) for names in together]
    return (*named, {"sqlite_with_rowid": False})
