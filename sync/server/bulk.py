"""The few statements that must be fast, in each engine's own way: many rows, many subjects."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import IdentifierPreparer

_QUOTE: Final = IdentifierPreparer(DefaultDialect()).quote
_ONE_OF: Final = {
    "sqlite": "IN (SELECT value FROM json_each(:subjects))",
    "postgresql": "= ANY(:subjects)",
}


def insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Collection[Sequence[Any]]
) -> None:
    """Insert plain values: COPY on PostgreSQL, `executemany` on SQLite.

    Values go past SQLAlchemy's types, so they must be text, numbers, booleans, bytes or None already.
    """
    if not rows:
        return
    names = ", ".join(_QUOTE(column) for column in columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {_QUOTE(table.name)} ({names}) FROM STDIN", rows)
    else:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO {_QUOTE(table.name)} ({names}) VALUES ({marks})", list(map(tuple, rows))
        )


def _copy(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def select_subjects(
    connection: Connection, statement: str, fair: str, subjects: Collection[str]
) -> Sequence[Row[Any]]:
    """Run a statement that says `{one_of}` where a column must be one of the subjects, and `:fair`."""
    dialect = connection.dialect.name
    listed: Any = json.dumps(list(subjects)) if dialect == "sqlite" else list(subjects)
    query = text(statement.format(one_of=_ONE_OF[dialect]))
    return connection.execute(query, {"fair": fair, "subjects": listed}).all()


def delete_subjects(connection: Connection, table: Table, fair: str, subjects: Collection[str]) -> None:
    """Delete the rows of some subjects of a fair."""
    dialect = connection.dialect.name
    listed: Any = json.dumps(list(subjects)) if dialect == "sqlite" else list(subjects)
    statement = f"DELETE FROM {_QUOTE(table.name)} WHERE fair = :fair AND subject {_ONE_OF[dialect]}"
    connection.execute(text(statement), {"fair": fair, "subjects": listed})
