"""Services and desks from a table (CSV): what is new is stated, what differs changed, nothing removed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, select
from uuid_utils import uuid7

from sync.server import reference
from sync.server.node import Node
from sync.server.projections.catalogue import SHAPES
from sync.server.reference import Statement
from sync.server.words import Refusal
from sync.wire.desk import Desk
from sync.wire.fact import Fact
from sync.wire.service import Service

MAX_FILE: Final = 1024 * 1024
_KEYS: Final[dict[type[Fact], str]] = {Service: "code", Desk: "letter"}
_YES: Final = {"1", "true", "yes", "sí", "si", "x"}


class Imported(NamedTuple):
    """How many rows were new, changed something, and said what is known."""

    new: int
    changed: int
    same: int


def read(path: Path, kind: type[Fact]) -> list[Fact]:
    """Read a table whose first line names fields of the kind.

    Raises:
        Refusal: naming the line and the column that can't be used.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refusal(f"{path} is too large for a catalogue.")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8. Save it as CSV UTF-8.") from error
    found = list(_facts(path, csv.DictReader(lines), kind))
    key = _KEYS[kind]
    named = [getattr(fact, key) for fact in found]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice or not found:
        raise Refusal(f"{path} " + (f"names {twice[0]} twice." if twice else "has no rows."))
    return found


def _facts(path: Path, rows: csv.DictReader[str], kind: type[Fact]) -> Iterator[Fact]:
    unknown = set(rows.fieldnames or ()) - set(kind.model_fields)
    if unknown or _KEYS[kind] not in (rows.fieldnames or ()):
        known = ", ".join(kind.model_fields)
        raise Refusal(f"{path} has columns that are not known here. A {kind.KIND} has: {known}.")
    for row in rows:
        try:
            yield kind.model_validate({name: _value(kind, name, text) for name, text in row.items() if text})
        except (ValidationError, KeyError) as error:
            wrong = error.errors()[0]["loc"][0] if isinstance(error, ValidationError) else "a column too many"
            raise Refusal(
                f"{path}, line {rows.line_num}: {wrong} can't be used. Nothing was changed."
            ) from error


def _value(kind: type[Fact], name: str, text: str) -> Any:
    annotation = kind.model_fields[name].annotation
    if annotation is bool:
        return text.strip().lower() in _YES
    if "tuple" in str(annotation):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text.strip()


def take(connection: Connection, node: Node, fair: str, facts: list[Fact]) -> Imported:
    """Publish what a table says beyond what is known. The caller commits."""
    held = _held(connection, fair, type(facts[0]))
    statements = []
    for fact in facts:
        statement = _statement(node, held, fact)
        if statement is not None:
            statements.append(statement)
    if statements:
        reference.publish(connection, node, fair, statements)
    new = sum(statement.fact is not None for statement in statements)
    return Imported(new, len(statements) - new, len(facts) - len(statements))


def _held(connection: Connection, fair: str, kind: type[Fact]) -> dict[str, tuple[str, Fact]]:
    shape, key = SHAPES[kind.KIND], _KEYS[kind]
    rows = connection.execute(select(shape.table).where(shape.table.c.fair == fair)).mappings()
    return {row[key]: (row["subject"], shape.fact_of(dict(row))) for row in rows}


def _statement(node: Node, held: Mapping[str, tuple[str, Fact]], fact: Fact) -> Statement | None:
    """Say what is new of a fact: all of it, or the fields that the table names and that differ."""
    known = held.get(getattr(fact, _KEYS[type(fact)]))
    if known is None:
        return Statement(fact.KIND, str(uuid7(nanoseconds=node.now_ms() * 1_000_000)), fact)
    subject, before = known
    change = {
        name: getattr(fact, name)
        for name in fact.model_fields_set
        if getattr(fact, name) != getattr(before, name)
    }
    return Statement(fact.KIND, subject, change=change) if change else None
