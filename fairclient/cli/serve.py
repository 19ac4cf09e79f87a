"""`fairclient serve TOKEN --service CODE`: record at a desk that a slip was served, or why not."""

from __future__ import annotations

from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def serve(
    ctx: typer.Context,
    token: Annotated[str, typer.Argument(help="The slip's QR as text, its human code, or a picture of it.")],
    service: Annotated[str, typer.Option(help="The code of the service.")],
    not_served: Annotated[str, typer.Option(help="Why it was not given.", metavar="REASON")] = "",
    json: JsonOption = False,
) -> None:
    """Record what a desk did for a slip."""
    from fairclient.documents.picture_file import text_of  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.read_slip import flag_words, read_slip  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.record_outcome import record_outcome  # noqa: PLC0415

    shared = common(ctx, json)
    token = text_of(token)
    with unlocked(shared) as place:
        slip = read_slip(place, token)
        result = "not_served" if not_served else "served"
        done = record_outcome(place, slip, service, "not_served" if not_served else "served", not_served)
    if shared.json:
        output.as_json(
            {
                "outcome": done.outcome,
                "result": result,
                "turn": slip.turn,
                "service": service,
                "flags": list(slip.flags),
                "earlier": len(done.earlier),
            }
        )
        return
    lines = [_("Turno {turn}: {service} registrado.").format(turn=slip.turn, service=service)]
    lines += [flag_words(flag) for flag in slip.flags]
    if done.earlier:
        lines.append(_("Ojo: esta ficha ya tenía un registro de este servicio; se guardaron los dos."))
    output.as_text(lines)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("serve")(serve)
