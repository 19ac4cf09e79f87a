"""`fairserver backup` and `restore`: the whole server as one sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.server import backup as copies
from sync.server.cli.options import DatabaseOption, JsonOption, opened, show_json
from sync.server.cli.written import written_bytes

OutArgument = Annotated[Path, typer.Argument(help="The file to write.")]
FileArgument = Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]


def backup(out: OutArgument, database: DatabaseOption, as_json: JsonOption = False) -> None:
    """Copy the database into a file that only this server's keys open; the server may run meanwhile."""
    with opened(database) as node, written_bytes(out) as file:
        rows = copies.write(node, file)
    if as_json:
        show_json({"out": str(out), "rows": rows})
        return
    typer.echo(f"{rows} rows in {out}. The key file that opens it is not in it: keep a copy of that, too.")


def restore(file: FileArgument, database: DatabaseOption, as_json: JsonOption = False) -> None:
    """Bring a copy back into an empty database. Laptops then send again what it lacks."""
    done = copies.read(file, database)
    if as_json:
        show_json(done._asdict())
        return
    typer.echo(
        f"server {done.server} as of {done.made}: {done.rows} rows; receipts go on from "
        f"{done.receipts_from}. Start it with `fairserver serve`: laptops send again what it lacks."
    )
