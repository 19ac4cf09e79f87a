"""`fairserver init` and `upgrade`: making a database a server's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.server import fair_file, keys, opening
from sync.server.cli.options import DatabaseOption
from sync.server.database import engine as databases
from sync.server.words import Refusal

FairFileOption = Annotated[
    Path | None, typer.Option(help="A fair's file to begin with, instead of the demo fair.")
]
EmptyOption = Annotated[bool, typer.Option("--empty", help="Begin without any fair.")]
NameOption = Annotated[str, typer.Option(help="What the server is called on laptops.")]


def init(
    database: DatabaseOption,
    fair: FairFileOption = None,
    empty: EmptyOption = False,
    name: NameOption = "Central",
) -> None:
    """Set up a centre: tables, keys, and a clearly fictional demo fair unless told otherwise."""
    if fair and empty:
        raise Refusal("Say either --fair or --empty.")
    content = None if empty else fair_file.read(fair or fair_file.demo_file())
    node, made = opening.set_up(database, name, content)
    node.database.close()
    typer.echo(f"server {node.server} is set up")
    typer.echo(
        f"keys in {keys.key_file(databases.parse(database), node.server)}: keep a copy in a safe place"
    )
    if content and made:
        typer.echo(f"fair {content.fair.code} ({content.fair.name}) {made}")


def upgrade(database: DatabaseOption) -> None:
    """Bring a database of an older version up to date."""
    before, after = opening.bring_up_to_date(database)
    typer.echo(f"version {after}" if before == after else f"version {before} became {after}")
