"""`fairserver quarantine`: what could not be accepted, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import typer
from sqlalchemy import Row

from sync.server import quarantine
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json

app = typer.Typer(help="What waits for a supervisor.", no_args_is_help=True)


@app.command("list")
def list_(database: DatabaseOption, fair: FairOption = "", as_json: JsonOption = False) -> None:
    """List entries in quarantine, and alerts about histories that contradict."""
    with opened(database) as node, node.database.read() as connection:
        found = fair_id(connection, fair) if fair else ""
        entries = [_plain(row) for row in quarantine.entries(connection, found)]
        forks = [_plain(row) for row in quarantine.forks(connection, found)]
    if as_json:
        show_json({"entries": entries, "forks": forks})
        return
    for entry in entries:
        typer.echo(
            f"{entry['at']}\t{entry['journal']}:{entry['seq']}\t{entry['kind']}\t{entry['code']}\t{entry['detail']}"
        )
    for fork in forks:
        words = "ALERT: other content for entries that are here already"
        typer.echo(f"{fork['at']}\t{fork['journal']}:{fork['first']}-{fork['last']}\tfork\t{words}")


def _plain(row: Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)
    journal = f"{values.pop('station')}/{values.pop('incarnation')}/{values.pop('fair')}"
    at = datetime.fromtimestamp(values.pop("at_ms") / 1000, UTC).isoformat(timespec="seconds")
    return {"journal": journal, **values, "at": at}
