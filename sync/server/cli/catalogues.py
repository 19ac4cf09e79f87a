"""`fairserver catalogue`: a fair's services and desks from tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from sync.server import catalogue_file
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.words import Refusal
from sync.wire.desk import Desk
from sync.wire.fact import Fact
from sync.wire.service import Service

app = typer.Typer(help="Services and desks.", no_args_is_help=True)
KindArgument = Annotated[str, typer.Argument(help="services or desks.")]
FileArgument = Annotated[Path, typer.Argument(help="A table (CSV, UTF-8); its first line names the fields.")]
_KINDS: Final[dict[str, type[Fact]]] = {"services": Service, "desks": Desk}


@app.command("import")
def import_(
    kind: KindArgument,
    file: FileArgument,
    database: DatabaseOption,
    fair: FairOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add what is new in a table and change what differs; nothing is removed. Laptops get it with a sync."""
    if kind not in _KINDS:
        raise Refusal(f"There is no catalogue of {kind}. There are: {', '.join(_KINDS)}.")
    facts = catalogue_file.read(file, _KINDS[kind])
    with opened(database) as node, node.database.write() as connection:
        done = catalogue_file.take(connection, node, fair_id(connection, fair), facts)
    if as_json:
        show_json(done._asdict())
        return
    typer.echo(f"{done.new} new, {done.changed} changed, {done.same} as before")


@app.callback()
def about() -> None:
    """Keep `import` a command of its own, though it is the only one."""
