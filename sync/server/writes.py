"""Writes that are gathered and sent together: one round trip to PostgreSQL rather than one for each table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table

from sync.server.bulk import quote

FEW: Final = 24
"""Up to so many rows of a table travel as prepared INSERTs in one pipeline; COPY is faster for more."""


class _Insert(NamedTuple):
    table: str
    columns: tuple[str, ...]
    rows: Collection[Sequence[Any]]


_Statement = tuple[str, tuple[Any, ...]]


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

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        """Take a statement of its own, with `?` for its values."""
        self._statements.append((statement, tuple(values)))

    def clear(self) -> None:
        """Forget what is waiting."""
        self._waiting, self._statements = [], []

    def flush(self) -> None:
        """Send what is waiting."""
        inserts, self._waiting = self._waiting, []
        statements, self._statements = self._statements, []
        driver: Any = self.connection.connection.driver_connection
        if self.connection.dialect.name == "sqlite":
            _send_to_sqlite(driver, inserts, statements)
        elif inserts or statements:
            _send_to_postgres(driver, inserts, statements)


def _send_to_sqlite(driver: Any, inserts: Sequence[_Insert], statements: Sequence[_Statement]) -> None:
    for item in inserts:
        driver.executemany(_insert(item.table, item.columns), item.rows)
    for statement, values in statements:
        driver.execute(statement, values)


def _send_to_postgres(driver: Any, inserts: Sequence[_Insert], statements: Sequence[_Statement]) -> None:
    with driver.pipeline(), driver.cursor() as cursor:
        for item in inserts:
            if len(item.rows) <= FEW:
                cursor.executemany(_psycopg(_insert(item.table, item.columns)), item.rows)
        for statement, values in statements:
            cursor.execute(_psycopg(statement), values)
    for item in inserts:
        if len(item.rows) > FEW:
            _copy(driver, item)


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


@lru_cache(maxsize=128)
def _psycopg(statement: str) -> str:
    return statement.replace("?", "%s")


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(quote(column) for column in columns)
