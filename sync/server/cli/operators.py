"""`fairserver operators`: who is on a fair's roster, what they may do and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from sync.server import reference, renewal
from sync.server.cli.enrolment_code import roles_named
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.projections.catalogue import SHAPES
from sync.server.reference import Statement
from sync.server.words import Refusal

app = typer.Typer(help="People who work at a fair.", no_args_is_help=True)
OperatorArgument = Annotated[str, typer.Argument(help="The operator's id, or the name if only one has it.")]
RolesArgument = Annotated[str, typer.Argument(help="With commas: registrar, desk, supervisor, ...")]
DayArgument = Annotated[str, typer.Argument(help="The last day, YYYY-MM-DD.")]


@app.command("list")
def list_(database: DatabaseOption, fair: FairOption = "", as_json: JsonOption = False) -> None:
    """List a fair's operators."""
    with opened(database) as node, node.database.read() as connection:
        rows = [_plain(row) for row in _all(connection, fair_id(connection, fair))]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        state = "revoked" if row["revoked"] else "active"
        until = row["valid_until"] or "-"
        typer.echo(f"{row['subject']}\t{state}\t{until}\t{','.join(row['roles'])}\t{row['name']}")


@app.command("roles")
def roles(
    operator: OperatorArgument, wanted: RolesArgument, database: DatabaseOption, fair: FairOption = ""
) -> None:
    """Set what an operator may do."""
    change = {"roles": tuple(roles_named(wanted))}
    typer.echo(f"operator {_change(database, fair, operator, change)} is now {', '.join(change['roles'])}")


@app.command("revoke")
def revoke(operator: OperatorArgument, database: DatabaseOption, fair: FairOption = "") -> None:
    """Withdraw an operator's access: what she writes from now on is put in quarantine."""
    typer.echo(f"operator {_change(database, fair, operator, {'revoked': True})} is revoked")


@app.command("until")
def until(
    operator: OperatorArgument, day: DayArgument, database: DatabaseOption, fair: FairOption = ""
) -> None:
    """Set the last day of an operator's permission."""
    last = day_named(day)
    typer.echo(f"operator {_change(database, fair, operator, {'valid_until': last})} may work until {last}")


def day_named(text: str) -> date:
    """Read a day.

    Raises:
        Refusal: when it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text} is not a day. Write YYYY-MM-DD.") from error


def _change(database: str, fair: str, operator: str, change: Mapping[str, Any]) -> str:
    with opened(database) as node, node.database.write() as connection:
        found = fair_id(connection, fair)
        subject = _find(connection, found, operator)
        reference.publish(connection, node, found, [Statement("operator", subject, change=change)])
        if "valid_until" in change:
            renewal.fix(connection, found, subject)
    return subject


def _find(connection: Connection, fair: str, named: str) -> str:
    rows = _all(connection, fair)
    found = [row["subject"] for row in rows if named in (row["subject"], row["name"])]
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise Refusal(f"There is no operator {named} at this fair. Nothing was changed.")
    raise Refusal(f"Several operators are called {named}. Name one by the id. Nothing was changed.")


def _all(connection: Connection, fair: str) -> list[Mapping[str, Any]]:
    table = SHAPES["operator"].table
    query = select(table).where(table.c.fair == fair).order_by(table.c.name, table.c.subject)
    return [dict(row) for row in connection.execute(query).mappings()]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: row[name] for name in ("subject", "name", "roles")}
    ends = str(row["valid_until"]) if row["valid_until"] else ""
    return {**named, "revoked": bool(row["revoked"]), "valid_until": ends}
