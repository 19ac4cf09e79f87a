"""`fairserver stations`: who is enrolled, and withdrawing a laptop's access."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from sqlalchemy import Connection, Row, text

from sync.server import reference, renewal
from sync.server.cli.operators import DayArgument, day_named
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.node import Node
from sync.server.reference import Statement
from sync.server.words import Refusal

app = typer.Typer(help="Enrolled laptops.", no_args_is_help=True)
StationArgument = Annotated[str, typer.Argument(help="The station's id, or its point.")]

_LIST = text(
    "SELECT s.subject, s.name, s.point, s.scope, s.revoked, COALESCE(SUM(j.seq), 0) AS entries "
    "FROM station s LEFT JOIN journal j ON j.station = s.subject AND j.fair = s.fair WHERE s.fair = :fair "
    "GROUP BY s.subject, s.name, s.point, s.scope, s.revoked ORDER BY s.point"
)


@app.command("list")
def list_(database: DatabaseOption, fair: FairOption = "", as_json: JsonOption = False) -> None:
    """List the stations of a fair."""
    with opened(database) as node, node.database.read() as connection:
        rows = connection.execute(_LIST, {"fair": fair_id(connection, fair)}).all()
    if as_json:
        show_json(
            [{**row._asdict(), "revoked": bool(row.revoked), "entries": int(row.entries)} for row in rows]
        )
        return
    for row in rows:
        state = "revoked" if row.revoked else "active"
        typer.echo(f"{row.point}\t{row.subject}\t{row.scope}\t{state}\t{row.entries} entries\t{row.name}")


@app.command("revoke")
def revoke(station: StationArgument, database: DatabaseOption, fair: FairOption = "") -> None:
    """Withdraw a laptop's access: nothing new is accepted from it, what comes late is put in quarantine."""
    with opened(database) as node, node.database.write() as connection:
        _fair, subject = _change(node, connection, (fair, station), {"revoked": True})
    typer.echo(f"station {subject} is revoked")


@app.command("until")
def until(
    station: StationArgument, day: DayArgument, database: DatabaseOption, fair: FairOption = ""
) -> None:
    """Set the last day on which a laptop may be used."""
    last = day_named(day)
    with opened(database) as node, node.database.write() as connection:
        found, subject = _change(node, connection, (fair, station), {"valid_until": last})
        renewal.fix(connection, found, subject)
    typer.echo(f"station {subject} may be used until {last}")


def station_named(connection: Connection, fair: str, named: str) -> str:
    """Return the id of a station that is named by its id or its point.

    Raises:
        Refusal: when there is none such, or several have the point.
    """
    return str(_row(connection, fair, named).subject)


def _change(
    node: Node, connection: Connection, named: tuple[str, str], change: dict[str, Any]
) -> tuple[str, str]:
    """State a change of a station, named by its fair and itself, and return the ids of both.

    Raises:
        Refusal: also when its access was withdrawn before.
    """
    fair = fair_id(connection, named[0])
    found = _row(connection, fair, named[1])
    if found.revoked:
        raise Refusal(f"The access of station {named[1]} was withdrawn before. Nothing was changed.")
    subject = str(found.subject)
    reference.publish(connection, node, fair, [Statement("station", subject, change=change)])
    return fair, subject


def _row(connection: Connection, fair: str, named: str) -> Row[Any]:
    rows = connection.execute(_LIST, {"fair": fair}).all()
    found = [row for row in rows if row.subject == named] or [
        row for row in rows if row.point == named.upper()
    ]
    if not found:
        raise Refusal(f"There is no station {named} at this fair.")
    if len(found) > 1:
        raise Refusal(f"Several stations have the point {named}. Name one by its id.")
    return found[0]
