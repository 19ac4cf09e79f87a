"""Deleting many subjects in one statement, in each engine's own way."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Table, TextClause, text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import IdentifierPreparer

quote: Final = IdentifierPreparer(DefaultDialect()).quote
"""Puts a table's or a column's name into double quotes where SQL needs them."""

_ONE_OF: Final = {
    "sqlite": "IN (SELECT value FROM json_each(:subjects))",
    "postgresql": "= ANY(:subjects)",
}


def delete_subjects(connection: Connection, table: Table, fair: str, subjects: Collection[str]) -> None:
    """Delete the rows of some subjects of a fair."""
    dialect = connection.dialect.name
    values = {"fair": fair, "subjects": _listed(dialect, subjects)}
    connection.execute(_deletion(table.name, dialect), values)


@lru_cache(maxsize=64)
def _deletion(table: str, dialect: str) -> TextClause:
    return text(f"DELETE FROM {quote(table)} WHERE fair = :fair AND subject {_ONE_OF[dialect]}")


def _listed(dialect: str, subjects: Collection[str]) -> Any:
    return json.dumps(list(subjects)) if dialect == "sqlite" else list(subjects)
