"""Statements straight to the driver, past SQLAlchemy: for what is asked with every batch.

Values are marked with `?` and must be text, numbers, booleans, bytes or None. On PostgreSQL each statement is
prepared once for a connection and goes through libpq, which takes a tenth of the time of a cursor.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine

from sync.server.database.pipeline import Found, Pipeline, Question, Value, Values

GLANCE: Final = "fair_glance"
"""The execution option of a connection whose statements here need no transaction around them."""
_LINE: Final = "fair_line"
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
    return _line(connection).ask((statement, tuple(values)))


def one(connection: Connection, statement: str, values: Values = ()) -> tuple[Any, ...] | None:
    """Run a statement that finds one row at most."""
    found = rows(connection, statement, values)
    return found[0] if found else None


def among(connection: Connection, statement: str, wanted: Collection[str], *values: Value) -> Found:
    """Run a statement that says `{one_of}`, once and last, where a column must be one of some texts."""
    return rows(connection, *among_asked(connection, statement, wanted, *values))


def among_asked(
    connection: Connection | Engine, statement: str, wanted: Collection[str], *values: Value
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
    """Send what will be asked in a moment, in this order and in one round trip; SQLite has none to save.

    PostgreSQL works on it until somebody wants an answer. Each answer is given once, to whoever runs the same
    statement with the same values on this connection.
    """
    if connection.dialect.name == "postgresql":
        _line(connection).ahead(questions)


def pretend(connection: Connection, said: Mapping[Question, Found]) -> None:
    """Let questions be answered as they were before, until `forget` or `truth`; PostgreSQL only."""
    _line(connection).pretended = said


def truth(connection: Connection, questions: Iterable[Question]) -> dict[Question, Found]:
    """End pretending, and return what is so now: the questions must have been asked ahead."""
    line = _line(connection)
    line.pretended = {}
    return {question: line.ask(question) for question in questions}


def many(connection: Connection, statements: Sequence[Question], *, last: bool = False) -> None:
    """Run statements that find nothing, on PostgreSQL all in one round trip; with `last` it commits, too."""
    if connection.dialect.name == "postgresql":
        if statements or last:
            _line(connection).many(statements, last=last)
        return
    driver = _driver(connection)
    for statement, values in statements:
        driver.execute(statement, values)


def send(connection: Connection, statements: Sequence[Question]) -> None:
    """Send statements that find nothing and wait for nothing; the next of `many` tells of errors.

    PostgreSQL only: it works on them while more is being prepared here.
    """
    _line(connection).send(statements)


def commit(connection: Connection) -> None:
    """Commit at once where the driver can do so in one round trip; SQLAlchemy then finds nothing to do."""
    if connection.dialect.name == "postgresql":
        _line(connection).pipeline.commit()


def settle(connection: Connection, *_: object) -> None:
    """Wait for what was sent: before anything goes to the driver on another way."""
    line = connection.connection.info.get(_LINE)
    if line is not None:
        line.settle()


def forget(connection: Connection) -> None:
    """Forget what was asked ahead and what was sent: its moment is over."""
    if not connection.invalidated and not connection.closed:
        line = connection.connection.info.get(_LINE)
        if line is not None:
            line.forget()


def hang_up(connection: Connection) -> None:
    """Give a connection to PostgreSQL back in the middle of things: what was begun is undone."""
    if not connection.closed and not connection.invalidated:
        line = connection.connection.info.get(_LINE)
        if line is not None and line.pipeline.is_broken:
            connection.invalidate()
    connection.close()


class _Line:
    """What is under way on a connection to PostgreSQL."""

    def __init__(self, driver: Any) -> None:
        self.pipeline = Pipeline(driver)
        self.begins = True
        self.pretended: Mapping[Question, Found] = {}
        self._ahead: list[Question] = []
        self._answered: dict[Question, Found] = {}

    def ask(self, question: Question) -> Found:
        """Return an answer: pretended, given ahead, or fetched."""
        if question in self.pretended:
            return self.pretended[question]
        if question not in self._answered:
            self.settle()
        if question in self._answered:
            return self._answered.pop(question)
        return self.pipeline.ask(question, begins=self.begins)

    def ahead(self, questions: Sequence[Question]) -> None:
        """Send questions."""
        self.settle()
        self._ahead = list(dict.fromkeys((statement, tuple(values)) for statement, values in questions))
        self.pipeline.send(self._ahead, begins=self.begins)

    def send(self, statements: Sequence[Question]) -> None:
        """Send statements whose answers nobody wants."""
        if self._ahead:
            self.settle()
        self.pipeline.send(statements, begins=self.begins)

    def many(self, statements: Sequence[Question], *, last: bool) -> None:
        """Send statements, wait for all that was sent."""
        self.send(statements)
        self.pipeline.receive(last=last)

    def forget(self) -> None:
        """Forget everything; what was sent is waited for, as nothing else can be sent before."""
        self.pretended, self._ahead, self._answered = {}, [], {}
        if self.pipeline.is_open:
            with suppress(psycopg.Error):
                self.pipeline.receive()

    def settle(self) -> None:
        """Read what was sent."""
        if self.pipeline.is_open:
            questions, self._ahead = self._ahead, []
            found = self.pipeline.receive()
            if questions:
                self._answered = dict(zip(questions, found, strict=True))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _line(connection: Connection) -> _Line:
    held = connection.connection
    line: _Line | None = held.info.get(_LINE)
    if line is None:
        line = held.info[_LINE] = _Line(held.driver_connection)
    line.begins = not connection.get_execution_options().get(GLANCE)
    return line
