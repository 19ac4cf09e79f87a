"""`fairserver erase`: taking a person's data away at every fair of this server."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from sync.server import erase_person, erasing, tombstones
from sync.server.cli.options import DatabaseOption, JsonOption, opened, show_json
from sync.server.erase_person import Ground
from sync.server.words import Refusal

WhoArgument = Annotated[str, typer.Argument(help="The person's id, as laptops and exports show it.")]
GroundOption = Annotated[str, typer.Option(help="request, revoked, retention or order.")]


def erase(
    who: WhoArgument, database: DatabaseOption, ground: GroundOption = "request", as_json: JsonOption = False
) -> None:
    """Erase a person: names, papers, telephones and notes go everywhere; visits and counts stay, nameless.

    Laptops follow with their next synchronisation, and what they still send of her is stored without content.
    It can't be taken back.
    """
    with opened(database) as node:
        with node.database.write() as connection:
            done = erase_person.erase(connection, node, who.strip().lower(), _ground(ground))
        for one in done:
            tombstones.keep(node, one.fair)
        scrubbed = erasing.scrub(node.database)
    if as_json:
        show_json([one._asdict() for one in done])
        return
    for one in done:
        typer.echo(f"erased at fair {one.fair}: {one.subjects} records lost their content ({one.erasure})")
    typer.echo("Visits, referrals and outcomes stay for counting, without a name.")
    if not scrubbed:
        typer.echo("The database's log is in use; its old pages go when the server is restarted.")


def _ground(text: str) -> Ground:
    for ground in get_args(Ground):
        if text == ground:
            return ground  # type: ignore[no-any-return]
    raise Refusal("The ground is request, revoked, retention or order.")
