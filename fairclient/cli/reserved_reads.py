"""`fairclient reserved-reads`: who read sensitive answers at this laptop, of whom, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from fairclient.base.clock import moment, zone
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def reserved_reads(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, the newest.")] = 500,
    json: JsonOption = False,
) -> None:
    """List the readings of sensitive answers; for supervisors. Names are a first name and an initial."""
    from fairclient.store.queries import reference  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.list_reserved_reads import list_reserved_reads  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        found = list_reserved_reads(place, limit=limit)
        with place.store.read() as session:
            here = zone(reference.fair(session).time_zone)
    told = [(moment(one.at_ms).astimezone(here), one) for one in found]
    if shared.json:
        rows = [
            {"at": at.isoformat(), "operator": one.operator, "attendee": one.attendee, "section": one.section}
            for at, one in told
        ]
        output.as_json({"reads": rows})
        return
    lines = [f"{at:%d/%m/%Y %H:%M}  {one.operator}  ·  {one.name}  ·  {one.section}" for at, one in told]
    output.as_text(lines or [_("Nadie ha leído datos reservados en este equipo.")])


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("reserved-reads")(reserved_reads)
