"""Facts out of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session

from fairclient.store.pieces import in_pieces
from fairclient.store.shapes import shape
from sync.wire.fact import Fact

F = TypeVar("F", bound=Fact)


class Kept(NamedTuple):
    """What a row says about itself beside its fact."""

    subject: str
    station: str
    author: str
    created: str
    revision: str
    conflicted: bool


def facts(
    session: Session, kind: type[F], where: str = "", values: Sequence[Any] = ()
) -> Iterator[tuple[Kept, F]]:
    """The facts of one kind that meet a condition on the table's columns (SQL with ``?`` for the values)."""
    lie = shape(kind.KIND)
    condition = f" WHERE {where}" if where else ""
    rows = session.connection().exec_driver_sql(f"{lie.read}{condition}", tuple(values)).mappings()
    for row in rows:
        fact = lie.fact_of(row)
        assert isinstance(fact, kind)  # the shape of a kind gives facts of that kind
        yield _kept(row), fact


def by_ids(session: Session, kind: type[F], column: str, ids: Sequence[str]) -> Iterator[tuple[Kept, F]]:
    """The facts whose ``column`` is one of ``ids``, however many these are."""
    for marks, some in in_pieces(ids):
        yield from facts(session, kind, f"{column} IN ({marks})", some)


def one(session: Session, kind: type[F], subject: str) -> tuple[Kept, F] | None:
    """The fact about ``subject``, or None where it isn't here."""
    return next(facts(session, kind, "subject = ?", (subject,)), None)


def _kept(row: Any) -> Kept:
    return Kept(
        row["subject"],
        row["station"],
        row["author"],
        row["created"],
        row["revision"],
        bool(row["conflicted"]),
    )
