"""Writes that are gathered and sent together: one round trip to PostgreSQL rather than one for each table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table

from sync.server import direct
from sync.server.bulk import quote
from sync.server.pipeline import Value

FEW: Final = 24
"""Up to so many rows of a table travel as prepared INSERTs in one pipeline; COPY is faster for more."""


class _Insert(NamedTuple):
    table: str
    columns: tuple[str, ...]
    rows: Collection[Sequence[Any]]


_Statement = tuple[str, tuple[Value, ...]]


class Writes:
    """Inserts waiting to be sent on a connection, past SQLAlchemy's types.

    Values must be text, numbers, booleans, bytes or None already. Between tables the order is not kept;
    nothing is in the database before `flush`.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._waiting: list[_Insert] = []
        self._statements: list[_Statement] = []

    def insert(self, table: Table, columns: tuple[str, ...], rows: Collection[Sequence[Any]]) -> None:
        """Take rows of a table; `columns` names their values."""
        if rows:
            self._waiting.append(_Insert(table.name, columns, rows))

    def execute(self, statement: str, values: Sequence[Value]) -> None:
        """Take a statement of its own, with `?` for its values."""
        self._statements.append((statement, tuple(values)))

    def clear(self) -> None:
        """Forget what is waiting."""
        self._waiting, self._statements = [], []

    def flush(self, *, last: bool = False) -> None:
        """Send what is waiting. `last` says that the transaction ends with it, and spares a round trip."""
        inserts, self._waiting = self._waiting, []
        statements, self._statements = self._statements, []
        if self.connection.dialect.name == "sqlite":
            _send_to_sqlite(self.connection, inserts, statements)
        else:
            _send_to_postgres(self.connection, inserts, statements, last=last)


def _send_to_sqlite(
    connection: Connection, inserts: Sequence[_Insert], statements: Sequence[_Statement]
) -> None:
    driver: Any = connection.connection.driver_connection
    for item in inserts:
        driver.executemany(_insert(item.table, item.columns), item.rows)
    direct.many(connection, statements)


def _send_to_postgres(
    connection: Connection, inserts: Sequence[_Insert], statements: Sequence[_Statement], *, last: bool
) -> None:
    for item in inserts:
        if len(item.rows) > FEW:
            _copy(connection.connection.driver_connection, item)
    few = [item for item in inserts if len(item.rows) <= FEW]
    rows = [(_insert(item.table, item.columns), row) for item in few for row in item.rows]
    direct.many(connection, [*rows, *statements], last=last)


def _copy(driver: Any, item: _Insert) -> None:
    with driver.cursor() as cursor, cursor.copy(_copy_statement(item.table, item.columns)) as copy:
        for row in item.rows:
            copy.write_row(row)


@lru_cache(maxsize=128)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {quote(table)} ({_names(columns)}) VALUES ({marks})"


@lru_cache(maxsize=128)
def _copy_statement(table: str, columns: tuple[str, ...]) -> str:
    return f"COPY {quote(table)} ({_names(columns)}) FROM STDIN"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(quote(column) for column in columns)
