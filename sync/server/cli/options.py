"""The options that commands share, and what they open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from sync.server import opening
from sync.server.node import Node
from sync.server.projections.catalogue import SHAPES
from sync.server.words import Refusal

DatabaseOption = Annotated[
    str,
    typer.Option(
        envvar="FAIRSERVER_DATABASE",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME (its password in PGPASSWORD or ~/.pgpass).",
    ),
]
FairOption = Annotated[
    str, typer.Option(help="The fair's code or id. May be left out where there is only one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]


@contextmanager
def opened(database: str) -> Iterator[Node]:
    """Give the server of a database, and close it in the end."""
    node = opening.open_node(database)
    try:
        yield node
    finally:
        node.database.close()


def fair_id(connection: Connection, named: str) -> str:
    """Return the id of the fair with a code or an id; the only fair where none is named.

    Raises:
        Refusal: when there is none such, or none was named among several.
    """
    table = SHAPES["fair"].table
    fairs = connection.execute(select(table.c.subject, table.c.code).order_by(table.c.code)).all()
    codes = ", ".join(fair.code for fair in fairs) or "none yet"
    if not named and len(fairs) == 1:
        return str(fairs[0].subject)
    if not named:
        raise Refusal(f"Say which fair with --fair. There are: {codes}.")
    for fair in fairs:
        if named in (fair.subject, fair.code) or named.upper() == fair.code:
            return str(fair.subject)
    raise Refusal(f"There is no fair {named} here. There are: {codes}.")


def show_json(content: Mapping[str, Any] | list[Any]) -> None:
    """Write JSON to the standard output."""
    typer.echo(json.dumps(content, ensure_ascii=False))
