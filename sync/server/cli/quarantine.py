"""`fairserver quarantine`: what could not be accepted, and why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Row

from sync.server import quarantine
from sync.server import requeue as requeueing
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.words import Refusal
from sync.wire.catalogue import KINDS
from sync.wire.journal import JournalId

app = typer.Typer(help="What waits for a supervisor.", no_args_is_help=True)

JournalArgument = Annotated[str, typer.Argument(help="station/incarnation/fair, as `list` writes it.")]
SeqArgument = Annotated[int, typer.Argument(help="The entry's number.", min=1)]
CodeOption = Annotated[str, typer.Option(help="Only what is kept for this reason, such as unknown-author.")]


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


@app.command("show")
def show(journal: JournalArgument, seq: SeqArgument, database: DatabaseOption) -> None:
    """Show why an entry is in quarantine, and which fields it has; never what stands in them."""
    name = JournalId.parse(journal)
    with opened(database) as node, node.database.read() as connection:
        row = quarantine.one(connection, name, seq)
    if row is None:
        raise Refusal(f"Entry {seq} of journal {journal} is not in quarantine.")
    show_json(
        {
            "journal": journal,
            "seq": seq,
            "code": row.code,
            "detail": row.detail,
            "at": _moment(row.at_ms),
            **{name: getattr(row, name) for name in ("kind", "subject", "author", "hlc", "wire_version")},
            "bytes": len(row.body or b""),
            "fields": _fields(row.body),
        }
    )


@app.command("requeue")
def requeue(
    database: DatabaseOption, fair: FairOption = "", code: CodeOption = "", as_json: JsonOption = False
) -> None:
    """Judge entries anew, once the cause is gone: those that are well now give their rows."""
    with opened(database) as node:
        with node.database.read() as connection:
            found = fair_id(connection, fair)
        done = requeueing.requeue(node, found, code)
    if as_json:
        show_json(done._asdict())
        return
    typer.echo(f"{done.released} taken out of quarantine, {done.left} left")


def _fields(body: bytes | None) -> list[str]:
    """Name the fields of a body that can be read; names that no kind of this version has are not shown."""
    try:
        held = json.loads(body or b"")
        names = {name for part in ("fact", "change") for name in held.get(part) or {}}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return []
    known = {name for kind in KINDS.values() for name in kind.model_fields}
    return sorted(names & known)


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


def _plain(row: Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)
    journal = f"{values.pop('station')}/{values.pop('incarnation')}/{values.pop('fair')}"
    at = _moment(values.pop("at_ms"))
    return {"journal": journal, **values, "at": at}
