"""Statements on a PostgreSQL connection through libpq: prepared once, several in one round trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg import errors, pq, waiting

Value = str | int | bool | bytes | None
Values = Sequence[Value]
Found = list[tuple[Any, ...]]
Question = tuple[str, Values]
"""A statement with `?` for its values, and the values."""

_TEXT, _BINARY = 0, 1
_LOOK_UP_S: Final = 0.1
"""How often somebody who waits for the database looks whether the process was interrupted; 0 would spin."""
_WELL: Final = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class Pipeline:
    """The libpq connection beneath a psycopg one. `names` are the statements that were prepared on it."""

    def __init__(self, driver: Any, names: dict[str, bytes], *, begins: bool) -> None:
        self._link = driver.pgconn
        self._names = names
        self._begins = begins and not driver.autocommit

    def ask(self, question: Question) -> Found:
        """Run one statement."""
        self._begin()
        texts, formats = _written(question[1])
        name = self._prepared(question[0])
        return self._read(self._link.exec_prepared(name, texts, formats, _BINARY))

    def ask_all(self, questions: Sequence[Question], *, last: bool = False) -> list[Found]:
        """Run several statements in one round trip; with `last`, also what begins and ends the transaction.

        Raises:
            DatabaseError: the first error; nothing of what stands behind it was run.
        """
        calls = [(self._prepared(statement), *_written(values)) for statement, values in questions]
        begins = self._begins and self._link.transaction_status == pq.TransactionStatus.IDLE
        self._link.enter_pipeline_mode()
        try:
            if begins:
                self._link.send_query_params(b"BEGIN", None)
            for name, texts, formats in calls:
                self._link.send_query_prepared(name, texts, formats, _BINARY)
            if last:
                self._link.send_query_params(b"COMMIT", None)
            self._link.pipeline_sync()
            waiting.wait(_sent(self._link), self._link.socket, _LOOK_UP_S)
            results = _drained(self._link)
        finally:
            if self._link.status == pq.ConnStatus.OK:
                self._link.exit_pipeline_mode()
        found = [self._read(result) for result in results]
        return found[begins : begins + len(calls)]

    def commit(self) -> None:
        """End the transaction, if one is under way."""
        if self._link.transaction_status == pq.TransactionStatus.INTRANS:
            self._read(self._link.exec_(b"COMMIT"))

    def _begin(self) -> None:
        """Begin the transaction that psycopg would have begun with a statement of its own."""
        if self._begins and self._link.transaction_status == pq.TransactionStatus.IDLE:
            self._read(self._link.exec_(b"BEGIN"))

    def _prepared(self, statement: str) -> bytes:
        name = self._names.get(statement)
        if name is None:
            name = f"fair{len(self._names)}".encode()
            self._read(self._link.prepare(name, _numbered(statement).encode()))
            self._names[statement] = name
        return name

    def _read(self, result: Any) -> Found:
        if result.status not in _WELL:
            raise self._error(result)
        readers = [_READERS.get(result.ftype(column), bytes.decode) for column in range(result.nfields)]
        return [
            tuple(_value(result.get_value(row, column), read) for column, read in enumerate(readers))
            for row in range(result.ntuples)
        ]

    def _error(self, result: Any) -> Exception:
        if self._link.status != pq.ConnStatus.OK:
            return psycopg.OperationalError("the connection to the database is lost")
        return errors.error_from_result(result)


def _sent(link: Any) -> Generator[waiting.Wait, waiting.Ready | int, None]:
    """Send what libpq still holds; reading meanwhile, so that both ends can't wait for each other."""
    while link.flush():
        ready = yield waiting.Wait.RW
        if ready & waiting.Ready.R:
            link.consume_input()


def _arrived(link: Any) -> Generator[waiting.Wait, waiting.Ready | int, None]:
    """Wait for a result with other threads running: libpq's own waiting would stop them all."""
    while link.is_busy():
        yield waiting.Wait.R
        link.consume_input()


def _drained(link: Any) -> list[Any]:
    """Return the results up to the pipeline's end, up to the first error only."""
    results: list[Any] = []
    nothing = 0
    while nothing < 2:  # None stands between two statements' results; twice in a row when the line is dead
        if link.is_busy():
            waiting.wait(_arrived(link), link.socket, _LOOK_UP_S)
        result = link.get_result()
        nothing = nothing + 1 if result is None else 0
        if result is None:
            continue
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            return results
        if result.status != pq.ExecStatus.PIPELINE_ABORTED:
            results.append(result)
    raise psycopg.OperationalError("the connection to the database is lost")


def _value(raw: bytes | None, read: Callable[[bytes], Any]) -> Any:
    return None if raw is None else read(raw)


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big", signed=True)


_READERS: Final[dict[int, Callable[[bytes], Any]]] = {
    16: lambda raw: raw != b"\0",  # boolean
    17: bytes,  # bytea
    20: _number,  # bigint
    21: _number,  # smallint
    23: _number,  # integer
}
"""How the binary form of a type (by its number in PostgreSQL's catalogue) is read; all else is text."""


def _written(values: Values) -> tuple[list[bytes | None], list[int]]:
    formats = [_BINARY if type(value) is bytes else _TEXT for value in values]
    return [_WRITERS[type(value)](value) for value in values], formats


def _text(value: str) -> bytes:
    if "\0" in value:
        raise psycopg.DataError("PostgreSQL text can't hold NUL")
    return value.encode()


_WRITERS: Final[dict[type, Callable[[Any], bytes | None]]] = {
    str: _text,
    int: lambda value: str(value).encode(),
    bool: lambda value: b"t" if value else b"f",
    bytes: lambda value: value,
    type(None): lambda value: None,
}


@lru_cache(maxsize=256)
def _numbered(statement: str) -> str:
    """Write `?` as PostgreSQL does, `$1` and on."""
    pieces = re.split(r"\?", statement)
    return "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
