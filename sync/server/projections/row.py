"""How a fact becomes a row of plain values that both engines take, and a row a fact again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import JSON, Date, Table

from sync.server.database.tables.base import table_of
from sync.server.projections.base import Projected
from sync.wire.fact import Fact

Plain = str | int | bool | None
_OWN: Final = tuple(Projected.model_fields)


class Origin(NamedTuple):
    """What a row holds beside its fact, in the order of the fields of `Projected`."""

    fair: str
    subject: str
    station: str
    created: str
    updated: str
    revision: str
    author: str
    conflicted: bool


class Shape:
    """The columns of a kind's table, and the conversions each way.

    Values are converted here rather than by SQLAlchemy's types, so that COPY and `executemany` take the very
    same rows.
    """

    def __init__(self, fact: type[Fact], record: type[Projected]) -> None:
        self.fact = fact
        self.table: Table = table_of(record)
        self.fields: Final = tuple(fact.model_fields)
        self.columns: Final = _OWN + self.fields
        self._converters: Final = tuple(
            (index, converter)
            for index, name in enumerate(self.fields)
            if (converter := _converter(self.table, fact, name)) is not None
        )

    def row(self, origin: Origin, fact: Fact) -> tuple[Plain, ...]:
        """Return the values of all columns, in the order of `columns`."""
        held = fact.__dict__
        values = [held[name] for name in self.fields]
        for index, convert in self._converters:
            values[index] = convert(values[index])
        return (*origin, *values)

    def fact_of(self, row: dict[str, Any]) -> Fact:
        """Return the fact that a row (read through SQLAlchemy, so typed) holds."""
        return self.fact.model_validate({name: row[name] for name in self.fields})


def _converter(table: Table, fact: type[Fact], name: str) -> Callable[[Any], Plain] | None:
    kind = table.c[name].type
    if isinstance(kind, Date):
        return _iso
    if isinstance(kind, JSON):
        return _json_writer(_adapter(fact, name))
    return None


def _adapter(fact: type[Fact], name: str) -> TypeAdapter[Any]:
    annotation: Any = fact.model_fields[name].annotation
    return TypeAdapter(annotation)


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _json_writer(adapter: TypeAdapter[Any]) -> Callable[[Any], Plain]:
    def written(value: Any) -> str:
        return "[]" if value == () else adapter.dump_json(value).decode()

    return written
