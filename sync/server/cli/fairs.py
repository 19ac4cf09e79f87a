"""`fairserver fair`: adding and listing fairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from sync.server import fair_file
from sync.server.cli.options import DatabaseOption, JsonOption, opened, show_json
from sync.server.projections.catalogue import SHAPES

app = typer.Typer(help="Fairs of this server.", no_args_is_help=True)


@app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="JSON with fair, services and desks.")],
    database: DatabaseOption,
) -> None:
    """Add a fair from a file."""
    content = fair_file.read(file)
    with opened(database) as node, node.database.write() as connection:
        made = fair_file.add(connection, node, content)
    typer.echo(f"fair {content.fair.code} ({content.fair.name}) {made}")


@app.command("list")
def list_(database: DatabaseOption, as_json: JsonOption = False) -> None:
    """List the fairs."""
    table = SHAPES["fair"].table
    columns = table.c.subject, table.c.code, table.c.name, table.c.starts, table.c.ends, table.c.fictional
    with opened(database) as node, node.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.starts, table.c.code)).all()
    if as_json:
        show_json([{**row._asdict(), "starts": str(row.starts), "ends": str(row.ends)} for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.code}\t{row.subject}\t{row.starts}..{row.ends}\t{row.name}")
