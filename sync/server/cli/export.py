"""`fairserver export`: people as CSV, journals as JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from sync.server import export
from sync.server.cli.options import DatabaseOption, FairOption, fair_id, opened
from sync.server.cli.written import written
from sync.server.words import Refusal

app = typer.Typer(help="Taking data out.", no_args_is_help=True)
OutOption = Annotated[
    Path | None, typer.Option(help="The file to write; the standard output where left out.")
]
FormatOption = Annotated[str, typer.Option("--format", help="csv is the one there is.")]


@app.command("attendees")
def attendees(
    database: DatabaseOption, fair: FairOption = "", format_: FormatOption = "csv", out: OutOption = None
) -> None:
    """Write the people of a fair as a table."""
    if format_ != "csv":
        raise Refusal(f"The format {format_} is not known. There is: csv.")
    with opened(database) as node, node.database.read() as connection, _written(out) as file:
        export.attendees_csv(connection, fair_id(connection, fair), file)


@app.command("journal")
def journal(database: DatabaseOption, fair: FairOption = "", out: OutOption = None) -> None:
    """Write the entries of a fair (of all fairs where none is named), one line of JSON each."""
    with opened(database) as node, node.database.read() as connection, _written(out) as file:
        for line in export.journal_lines(connection, fair_id(connection, fair) if fair else ""):
            file.write(f"{line}\n")


@contextmanager
def _written(out: Path | None) -> Iterator[IO[str]]:
    """Give the file `out`, or the standard output."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    with written(out) as file:
        yield file
