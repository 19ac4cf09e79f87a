"""`fairserver fair`: adding and listing fairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from sync.server import fair_file, reference
from sync.server.cli.options import (
    DatabaseOption,
    FairOption,
    JsonOption,
    fair_id,
    opened,
    show_json,
)
from sync.server.projections.catalogue import SHAPES
from sync.server.reference import Statement
from sync.server.words import Refusal

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


@app.command("known-people")
def known_people(
    database: DatabaseOption,
    municipalities: Annotated[
        list[str] | None, typer.Argument(help="DIVIPOLA codes of five figures, such as 08758.")
    ] = None,
    fair: FairOption = "",
    none: Annotated[bool, typer.Option("--none", help="Carry nobody; laptops drop what they have.")] = False,
) -> None:
    """Say of which municipalities laptops of a fair carry the people known from other fairs."""
    wanted = tuple(sorted(set(municipalities or ())))
    if bool(wanted) == none:
        raise Refusal("Name at least one municipality, or say --none.")
    if any(len(code) != 5 or not code.isascii() or not code.isdigit() for code in wanted):
        raise Refusal("A municipality is named by its DIVIPOLA code of five figures, such as 08758.")
    with opened(database) as node, node.database.write() as connection:
        found = fair_id(connection, fair)
        change = Statement("fair", found, change={"known_people": wanted})
        reference.publish(connection, node, found, [change])
    typer.echo(f"laptops of this fair carry people of: {', '.join(wanted) or 'nobody'}")
