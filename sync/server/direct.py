"""Statements straight to the driver, past SQLAlchemy: for what is asked with every batch.

Values are marked with `?` and must be text, numbers, booleans, bytes or None. On PostgreSQL each statement is
prepared once for a connection and goes through libpq, which takes a tenth of the time of a cursor.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from sync.server.pipeline import Found, Pipeline, Question, Value, Values

GLANCE: Final = "fair_glance"
"""The execution option of a connection whose statements here need no transaction around them."""
_PREPARED: Final = "fair_prepared"
_ANSWERED: Final = "fair_answered"
_ONE_OF: Final = {
    "sqlite": "IN (SELECT value FROM json_each(?))",
    "postgresql": "= ANY (ARRAY(SELECT json_array_elements_text(?)))",
}
_EACH: Final = {
    "sqlite": "json_each(?) AS wanted",
    "postgresql": "json_array_elements_text(?) AS wanted(value)",
}


def rows(connection: Connection, statement: str, values: Values = ()) -> Found:
    """Run a statement and return what it finds, or found when it was asked `ahead`.

    Raises:
        DatabaseError: of the driver itself, not wrapped by SQLAlchemy.
    """
    if connection.dialect.name != "postgresql":
        return list(_driver(connection).execute(statement, values).fetchall())
    question = (statement, tuple(values))
    answered = connection.connection.info.get(_ANSWERED)
    if answered and question in answered:
        found: Found = answered.pop(question)
        return found
    return _pipeline(connection).ask(question)


def one(connection: Connection, statement: str, values: Values = ()) -> tuple[Any, ...] | None:
    """Run a statement that finds one row at most."""
    found = rows(connection, statement, values)
    return found[0] if found else None


def among(connection: Connection, statement: str, wanted: Collection[str], *values: Value) -> Found:
    """Run a statement that says `{one_of}`, once and last, where a column must be one of some texts."""
    return rows(connection, *among_asked(connection, statement, wanted, *values))


def among_asked(
    connection: Connection, statement: str, wanted: Collection[str], *values: Value
) -> Question:
    """Return what `among` asks."""
    query = statement.format(one_of=_ONE_OF[connection.dialect.name])
    return query, (*values, json.dumps(sorted(wanted)))


def each(connection: Connection, statement: str, wanted: Collection[str], *values: Value) -> Found:
    """Run a statement that joins `{wanted}`, once and first: the texts one by one, in the column `value`.

    Where a table grows with every batch this keeps the planner to looking each text up, whatever it thinks
    of the table's size.
    """
    return rows(connection, *each_asked(connection, statement, wanted, *values))


def each_asked(connection: Connection, statement: str, wanted: Collection[str], *values: Value) -> Question:
    """Return what `each` asks."""
    query = statement.format(wanted=_EACH[connection.dialect.name])
    return query, (json.dumps(sorted(wanted)), *values)


def ahead(connection: Connection, questions: Sequence[Question]) -> None:
    """Ask what will be asked in a moment, in this order and in one round trip; SQLite has none to save.

    Each answer is given once, to whoever runs the same statement with the same values on this connection.
    """
    if connection.dialect.name != "postgresql":
        return
    wanted = list(dict.fromkeys((statement, tuple(values)) for statement, values in questions))
    found = _pipeline(connection).ask_all(wanted)
    connection.connection.info[_ANSWERED] = dict(zip(wanted, found, strict=True))


def many(connection: Connection, statements: Sequence[Question], *, last: bool = False) -> None:
    """Run statements that find nothing, on PostgreSQL all in one round trip; with `last` it commits, too."""
    if connection.dialect.name == "postgresql":
        if statements or last:
            _pipeline(connection).ask_all(statements, last=last)
        return
    driver = _driver(connection)
    for statement, values in statements:
        driver.execute(statement, values)


def commit(connection: Connection) -> None:
    """Commit at once where the driver can do so in one round trip; SQLAlchemy then finds nothing to do."""
    if connection.dialect.name == "postgresql":
        _pipeline(connection).commit()


def forget(connection: Connection) -> None:
    """Forget what was asked ahead: its moment is over."""
    if not connection.invalidated:
        connection.connection.info.pop(_ANSWERED, None)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _pipeline(connection: Connection) -> Pipeline:
    names = connection.connection.info.setdefault(_PREPARED, {})
    begins = not connection.get_execution_options().get(GLANCE)
    return Pipeline(_driver(connection), names, begins=begins)
