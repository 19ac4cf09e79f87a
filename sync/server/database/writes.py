"""Writes that are gathered and sent together: one round trip to PostgreSQL rather than one for each table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table

from sync.server.database import direct
from sync.server.database.bulk import quote
from sync.server.database.pipeline import Value

FEW: Final = 24
"""Up to so many rows of a table travel as prepared INSERTs in one pipeline; COPY is faster for more."""
_TOGETHER: Final = (8, 6, 4, 3, 2, 1)
"""So many rows go into one prepared INSERT: a few sizes, as each is a statement that is kept prepared."""


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

    def push(self) -> None:
        """Send what is waiting and go on: PostgreSQL works on it meanwhile, and `flush` tells of errors.

        What is COPYed waits for `flush`, and so does everything where SQLite would only be kept locked.
        """
        if self.connection.dialect.name == "sqlite" or any(len(item.rows) > FEW for item in self._waiting):
            return
        inserts, self._waiting = self._waiting, []
        statements, self._statements = self._statements, []
        direct.send(self.connection, [*_few(inserts), *statements])

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
    _copy_many(connection, inserts)
    direct.many(connection, [*_few(inserts), *statements], last=last)


def _few(inserts: Sequence[_Insert]) -> Iterator[_Statement]:
    for table, columns, rows in inserts:
        if len(rows) <= FEW:
            yield from _together(table, columns, list(rows))


def _together(table: str, columns: tuple[str, ...], rows: list[Sequence[Any]]) -> Iterator[_Statement]:
    """Put rows into as few statements as there are sizes for."""
    done = 0
    for size in _TOGETHER:
        while len(rows) - done >= size:
            values = tuple(chain.from_iterable(rows[done : done + size]))
            yield _insert(table, columns, size), values
            done += size


def _copy_many(connection: Connection, inserts: Sequence[_Insert]) -> None:
    many = [item for item in inserts if len(item.rows) > FEW]
    if many:
        direct.settle(connection)
    for item in many:
        _copy(connection.connection.driver_connection, item)


def _copy(driver: Any, item: _Insert) -> None:
    with driver.cursor() as cursor, cursor.copy(_copy_statement(item.table, item.columns)) as copy:
        for row in item.rows:
            copy.write_row(row)


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...], rows: int = 1) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {quote(table)} ({_names(columns)}) VALUES {', '.join([marks] * rows)}"


@lru_cache(maxsize=128)
def _copy_statement(table: str, columns: tuple[str, ...]) -> str:
    return f"COPY {quote(table)} ({_names(columns)}) FROM STDIN"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(quote(column) for column in columns)
