"""`fairserver incident`: how many people the loss of a laptop touches."""

from __future__ import annotations

import typer

from sync.server import incident as incidents
from sync.server.cli.options import DatabaseOption, FairOption, JsonOption, fair_id, opened, show_json
from sync.server.cli.stations import StationArgument, station_named


def incident(
    station: StationArgument, database: DatabaseOption, fair: FairOption = "", as_json: JsonOption = False
) -> None:
    """Count the people whose data lay on a laptop that is lost or stolen, at most.

    Its file is encrypted; withdraw its access as well (`fairserver stations revoke`).
    """
    with opened(database) as node, node.database.read() as connection:
        found = fair_id(connection, fair)
        told = incidents.count(connection, found, station_named(connection, found, station))
    if as_json:
        show_json({**told._asdict(), "affected": told.affected})
        return
    typer.echo(f"station {told.station} ({told.name}), last entry {told.last_heard or 'never heard'}")
    typer.echo(f"people registered on it: {told.registered}")
    typer.echo(f"people of the fair that it may have held: {told.fair}")
    typer.echo(f"people known from other fairs that it may have held: {told.cards}")
    typer.echo(f"affected at most: {told.affected}")
