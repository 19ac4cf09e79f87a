"""What every table of facts has beside the fact's own fields, and which columns those fields get."""

from __future__ import annotations

from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo
from sqlalchemy import JSON, String, Text
from sqlmodel import Field
from sqlmodel.main import SQLModelMetaclass

from sync.server.database.tables.base import ServerTable
from sync.wire.fact import Fact


class FactColumns(SQLModelMetaclass):
    """Gives columns to fields that SQLModel has none for: tuples and mappings are JSON, literals text.

    So a fact is declared once, in `sync.wire`, and its table is one line.
    """

    def __new__(
        cls, name: str, bases: tuple[type[Any], ...], class_dict: dict[str, Any], **kwargs: Any
    ) -> type[Any]:
        """Create the class, its namespace filled up with the fields of the fact that it is a table of."""
        if kwargs.get("table"):
            notes = class_dict.setdefault("__annotations__", {})
            for field, info in _fact_fields(bases):
                column = {tuple: JSON, dict: JSON, Literal: String}.get(get_origin(info.annotation))
                if column is not None:
                    notes[field] = info.annotation
                    class_dict[field] = Field(default=info.default, sa_type=column, nullable=False)
        made: type[Any] = super().__new__(cls, name, bases, class_dict, **kwargs)
        return made


def _fact_fields(bases: tuple[type[Any], ...]) -> list[tuple[str, FieldInfo]]:
    facts = [base for base in bases if issubclass(base, Fact)]
    return [item for fact in facts for item in fact.model_fields.items()]


class Projected(ServerTable, metaclass=FactColumns):
    """A subject of a fair as its entries leave it.

    The key is the fair and the subject: what is written at one fair can never touch another. `station` wrote
    the first entry and `author` signed it; `created` and `updated` are clock readings; `revision` is what the
    next change is based on; `conflicted` says that two changes did not know of each other.
    """

    fair: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    station: str
    created: str
    updated: str
    revision: str = Field(sa_type=Text)
    author: str
    conflicted: bool
