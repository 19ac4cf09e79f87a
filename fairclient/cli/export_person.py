"""`fairclient export person`: all that is kept about one person, for herself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def export_person(
    ctx: typer.Context,
    attendee: Annotated[str, typer.Argument(help="The person's id, as `search` tells it.")],
    out: Annotated[Path, typer.Option(help="The file to write: .pdf, or .json for a program.")],
    json: JsonOption = False,
) -> None:
    """Write what is kept about a person, with the proof of what she authorised. Who did it is kept."""
    from fairclient.usecases.export_person import export_person  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        export_person(place, attendee, out, "json" if out.suffix.lower() == ".json" else "pdf")
    if shared.json:
        output.as_json({"attendee": attendee, "out": str(out)})
        return
    output.as_text(
        [
            _("Sus datos están en {file}").format(file=out),
            _("Entréguelo solo a la persona, y borre la copia de este equipo."),
        ]
    )
