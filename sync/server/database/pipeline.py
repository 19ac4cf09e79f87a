"""Statements on a PostgreSQL connection through libpq: prepared once, several in one round trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

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


class Pipeline:
    """The libpq connection beneath a psycopg one, and what was prepared and sent on it."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._link = driver.pgconn
        self._names: dict[str, bytes] = {}
        self._new: list[str] = []
        self._sent: list[bool] = []  # of each result that comes: whether somebody wants it

    def ask(self, question: Question, *, begins: bool) -> Found:
        """Run one statement; with `begins` the transaction begins with it where none is under way."""
        return self.ask_all([question], begins=begins)[0]

    def ask_all(self, questions: Sequence[Question], *, begins: bool, last: bool = False) -> list[Found]:
        """Run several statements in one round trip; with `last` they end the transaction.

        Raises:
            DatabaseError: the first error; nothing of what stands behind it was run.
        """
        self.send(questions, begins=begins)
        return self.receive(last=last)

    def send(self, questions: Sequence[Question], *, begins: bool) -> None:
        """Send statements and wait for nothing: PostgreSQL works on them meanwhile. `receive` ends it."""
        calls = [(statement, *_written(values)) for statement, values in questions]
        if not self.is_open:
            self._enter(begins=begins)
        for statement, texts, formats in calls:
            name = self._names.get(statement) or self._prepare(statement)
            self._link.send_query_prepared(name, texts, formats, _BINARY)
            self._sent.append(True)
        self._push()

    def receive(self, *, last: bool = False) -> list[Found]:
        """Return what the statements found that were sent since the last time; with `last` commit, too.

        Raises:
            DatabaseError: the first error; nothing of what stands behind it was run.
        """
        wanted, new = self._sent, self._new
        self._sent, self._new = [], []
        try:
            if last:
                self._link.send_query_params(b"COMMIT", None)
            self._link.pipeline_sync()
            self._push()
            results = _drained(self._link)
        except BaseException:
            self._forget(new)
            raise
        finally:
            if not self.is_broken:
                self._link.exit_pipeline_mode()
        return self._read_all(results, wanted, new)

    @property
    def is_open(self) -> bool:
        """Whether statements were sent since the last time that `receive` was asked."""
        is_open: bool = self._link.pipeline_status != pq.PipelineStatus.OFF
        return is_open

    @property
    def is_broken(self) -> bool:
        """Whether the connection is lost."""
        lost: bool = self._link.status != pq.ConnStatus.OK
        return lost

    def commit(self) -> None:
        """End the transaction, if one is under way.

        Raises:
            DatabaseError: when one of its statements failed, too.
        """
        status = self._link.transaction_status
        if status == pq.TransactionStatus.INERROR:
            raise errors.InFailedSqlTransaction("a statement failed, so there is nothing to commit")
        if status == pq.TransactionStatus.INTRANS:
            self._read(self._link.exec_(b"COMMIT"))

    def _enter(self, *, begins: bool) -> None:
        """Begin the transaction that psycopg would have begun with a statement of its own."""
        idle = self._link.transaction_status == pq.TransactionStatus.IDLE
        self._link.enter_pipeline_mode()
        if begins and idle and not self._driver.autocommit:
            self._link.send_query_params(b"BEGIN", None)
            self._sent.append(False)

    def _prepare(self, statement: str) -> bytes:
        """Prepare a statement on the way; it counts as prepared once PostgreSQL said so."""
        name = f"fair{len(self._names)}".encode()
        self._link.send_prepare(name, _numbered(statement).encode())
        self._names[statement] = name
        self._new.append(statement)
        self._sent.append(False)
        return name

    def _forget(self, statements: Sequence[str]) -> None:
        """Forget statements that may not be prepared; their names are not used again."""
        for statement in statements:
            self._names[f"{len(self._names)} {statement}"] = self._names.pop(statement)

    def _push(self) -> None:
        if self._link.flush():
            waiting.wait(_flushed(self._link), self._link.socket, _LOOK_UP_S)

    def _read_all(self, results: Sequence[Any], wanted: Sequence[bool], new: Sequence[str]) -> list[Found]:
        try:
            found = [self._read(result) for result in results]
        except Exception:
            self._forget(new)
            raise
        return [rows for rows, wants in zip(found, wanted, strict=False) if wants]

    def _read(self, result: Any) -> Found:
        if result.status == pq.ExecStatus.COMMAND_OK:
            return []
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise self._error(result)
        if not result.ntuples:
            return []
        readers = [_READERS.get(result.ftype(column), bytes.decode) for column in range(result.nfields)]
        return [
            tuple([_value(result.get_value(row, column), read) for column, read in enumerate(readers)])
            for row in range(result.ntuples)
        ]

    def _error(self, result: Any) -> Exception:
        if self.is_broken:
            return psycopg.OperationalError("the connection to the database is lost")
        return errors.error_from_result(result)


def _flushed(link: Any) -> Generator[waiting.Wait, waiting.Ready | int, None]:
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


def _written(values: Values) -> tuple[list[bytes | None], Sequence[int]]:
    """Return values as libpq takes them, and the form of each: bytes as they are, all else as text.

    All texts are encoded as one, since taking them one by one takes longer than all else that is done here.
    """
    form = _form(tuple(map(type, values)))
    texts: list[Any] = list(values)
    for place, write in form.others:
        texts[place] = write(texts[place])
    written: list[bytes | None] = [*"\0".join(texts).encode().split(b"\0")] if texts else []
    if len(written) != len(values):
        raise psycopg.DataError("PostgreSQL text can't hold NUL")
    for place in form.raw:
        value = values[place]
        written[place] = value if isinstance(value, bytes) else None
    return written, form.formats


class _Form(NamedTuple):
    """How values of some types are written: which are no text, which go as they are, and libpq's formats."""

    others: tuple[tuple[int, Callable[[Any], str]], ...]
    raw: tuple[int, ...]
    formats: tuple[int, ...]


@lru_cache(maxsize=1024)
def _form(types: tuple[type, ...]) -> _Form:
    return _Form(
        tuple((place, _WRITERS[kind]) for place, kind in enumerate(types) if kind is not str),
        tuple(place for place, kind in enumerate(types) if kind in _RAW),
        tuple(_BINARY if kind is bytes else _TEXT for kind in types),
    )


_RAW: Final = (bytes, type(None))
_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    int: str,
    bool: lambda value: "t" if value else "f",
    **dict.fromkeys(_RAW, lambda _: ""),
}


@lru_cache(maxsize=256)
def _numbered(statement: str) -> str:
    """Write `?` as PostgreSQL does, `$1` and on."""
    pieces = re.split(r"\?", statement)
    return "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
