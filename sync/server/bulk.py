"""Looking up and deleting many subjects in one statement, in each engine's own way."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, TextClause, text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import IdentifierPreparer

quote: Final = IdentifierPreparer(DefaultDialect()).quote
"""Puts a table's or a column's name into double quotes where SQL needs them."""

_ONE_OF: Final = {
    "sqlite": "IN (SELECT value FROM json_each(:subjects))",
    "postgresql": "= ANY(:subjects)",
}


def select_subjects(
    connection: Connection, statement: str, fair: str, subjects: Collection[str]
) -> Sequence[Row[Any]]:
    """Run a statement that says `{one_of}` where a column must be one of the subjects, and `:fair`."""
    dialect = connection.dialect.name
    query = _query(statement, dialect)
    return connection.execute(query, {"fair": fair, "subjects": _listed(dialect, subjects)}).all()


def delete_subjects(connection: Connection, table: Table, fair: str, subjects: Collection[str]) -> None:
    """Delete the rows of some subjects of a fair."""
    dialect = connection.dialect.name
    statement = f"DELETE FROM {quote(table.name)} WHERE fair = :fair AND subject {{one_of}}"
    values = {"fair": fair, "subjects": _listed(dialect, subjects)}
    connection.execute(_query(statement, dialect), values)


@lru_cache(maxsize=64)
def _query(statement: str, dialect: str) -> TextClause:
    return text(statement.format(one_of=_ONE_OF[dialect]))


def _listed(dialect: str, subjects: Collection[str]) -> Any:
    return json.dumps(list(subjects)) if dialect == "sqlite" else list(subjects)
