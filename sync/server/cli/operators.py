"""`fairserver operators`: who is on a fair's roster, what they may do and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select, text
from uuid_utils import uuid7

from sync.server import reference, renewal
from sync.server.cli.enrolment_code import roles_named
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.projections.catalogue import SHAPES
from sync.server.reference import Statement
from sync.server.words import Refusal
from sync.wire.clock import milliseconds
from sync.wire.operator import Operator, Role

app = typer.Typer(help="People who work at a fair.", no_args_is_help=True)
OperatorArgument = Annotated[str, typer.Argument(help="The operator's id, or the name if only one has it.")]
RolesArgument = Annotated[str, typer.Argument(help="With commas: registrar, desk, supervisor, ...")]
_KEYS = text(
    "SELECT k.created AS at, o.name AS operator, s.name AS station, a.name AS by, k.public_key, k.withdrawn "
    "FROM operator_key k JOIN operator o ON o.fair = k.fair AND o.subject = k.operator "
    "LEFT JOIN station s ON s.fair = k.fair AND s.subject = k.station "
    "LEFT JOIN operator a ON a.fair = k.fair AND a.subject = k.author "
    "WHERE k.fair = :fair ORDER BY k.created, k.subject"
)
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


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name, as colleagues know it.")],
    database: DatabaseOption,
    wanted: Annotated[str, typer.Option("--roles", help="With commas: registrar, desk, ...")] = "registrar",
    until: Annotated[
        str, typer.Option(help="The last day, YYYY-MM-DD; else renewed as long as needed.")
    ] = "",
    fair: FairOption = "",
) -> None:
    """Put somebody on the roster who enrols no laptop: a supervisor gives access to one at the fair."""
    last = day_named(until) if until else None
    with opened(database) as node, node.database.write() as connection:
        found = fair_id(connection, fair)
        _refuse_namesake(connection, found, name)
        fact = _operator(name, roles_named(wanted), last or renewal.last_day(node.now_ms()))
        subject = str(uuid7(nanoseconds=node.now_ms() * 1_000_000))
        reference.publish(connection, node, found, [Statement("operator", subject, fact)])
        if last:
            renewal.fix(connection, found, subject)
    typer.echo(subject)


@app.command("keys")
def keys(database: DatabaseOption, fair: FairOption = "", as_json: JsonOption = False) -> None:
    """List the keys that operators got on single laptops: whose, where, by whom, and what was withdrawn."""
    with opened(database) as node, node.database.read() as connection:
        found = [
            dict(row) for row in connection.execute(_KEYS, {"fair": fair_id(connection, fair)}).mappings()
        ]
    rows = [{**row, "at": _moment(row["at"]), "withdrawn": bool(row["withdrawn"])} for row in found]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        state = "withdrawn" if row["withdrawn"] else "added"
        by = row["by"] or "the centre"
        typer.echo(f"{row['at']}\t{state}\t{row['operator']}\t{row['station'] or 'the centre'}\tby {by}")


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


def _operator(name: str, roles: list[Role], until: date) -> Operator:
    try:
        return Operator(name=name, roles=tuple(roles), valid_until=until)
    except ValueError as error:
        raise Refusal("A name has 1 to 80 characters, and none that can't be shown.") from error


def _refuse_namesake(connection: Connection, fair: str, name: str) -> None:
    """Two people with one name could not be told apart by whoever hands out passphrases."""
    if any(row["name"] == name for row in _all(connection, fair)):
        raise Refusal(f"There is already somebody called {name} at this fair. Add a second name or surname.")


def _moment(reading: str) -> str:
    return datetime.fromtimestamp(milliseconds(reading) / 1000, UTC).isoformat(timespec="seconds")


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
