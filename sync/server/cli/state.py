"""`fairserver state`: what stands of a fair, in numbers and as a digest."""

from __future__ import annotations

from typing import Annotated

import typer

from sync.server.cli.enrolment_code import scope_named
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.state import state as state_of

ScopeOption = Annotated[str, typer.Option(help="As which stations see it: fair or desk.")]


def state(
    database: DatabaseOption, fair: FairOption = "", scope: ScopeOption = "fair", as_json: JsonOption = False
) -> None:
    """Show the state of a fair; a laptop of the same scope that has everything shows the same digest."""
    with opened(database) as node, node.database.read() as connection:
        found = state_of(connection, fair_id(connection, fair), scope_named(scope))
    if as_json:
        show_json(found.model_dump())
        return
    typer.echo(f"entries {found.entries}, in quarantine {found.quarantined}, receipts {found.receipts}")
    for kind, count in found.counts.items():
        typer.echo(f"  {kind}: {count}")
    typer.echo(f"state {found.state_digest}")
