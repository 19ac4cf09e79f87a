"""How each kind of fact lies in its table: the columns, and the statements made from them once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, delete, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

from fairclient.store.tables.catalogue import ROWS, table_of
from fairclient.store.tables.row import Projected
from sync.wire.catalogue import KINDS
from sync.wire.fact import Fact

_DIALECT: Final = sqlite.dialect(paramstyle="qmark")
_OURS: Final = tuple(Projected.model_fields)


@dataclass(frozen=True)
class Shape:
    """A table's columns after those of every projected row, which of them are JSON, and its statements."""

    kind: str
    fact: type[Fact]
    columns: tuple[str, ...]
    as_json: frozenset[str]
    put: str
    drop: str
    read: str

    def values(self, fact: Fact) -> tuple[Any, ...]:
        """The fact's columns as the database keeps them: dates and choices as text, lists as JSON."""
        dumped = fact.model_dump(mode="json")
        return tuple(
            to_json(dumped[column]) if column in self.as_json else dumped[column] for column in self.columns
        )

    def fact_of(self, row: Mapping[Any, Any]) -> Fact:
        """The fact in a row that ``read`` gave; pydantic's ValidationError for a row we didn't write."""
        kept = {
            column: json.loads(row[column]) if column in self.as_json else row[column]
            for column in self.columns
        }
        return self.fact.model_validate(kept)


@cache
def shape(kind: str) -> Shape:
    """The shape of one of ``sync.wire.catalogue.KINDS``."""
    table = table_of(ROWS[kind])
    columns = tuple(column.name for column in table.columns if column.name not in _OURS)
    return Shape(
        kind,
        KINDS[kind],
        columns,
        frozenset(name for name in columns if isinstance(table.columns[name].type, JSON)),
        put=_text(insert(table).prefix_with("OR REPLACE")),
        drop=_text(delete(table).where(table.c.subject == "")),
        # Raw columns, without the conversions of SQLAlchemy: `fact_of` is the one reader.
        read=f"SELECT {', '.join(_quoted(name) for name in (*_OURS, *columns))} FROM {table.name}",
    )


def to_json(value: Any) -> str:
    """``value`` as the database keeps it; the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _text(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=_DIALECT))


def _quoted(name: str) -> str:
    return f'"{name}"'
