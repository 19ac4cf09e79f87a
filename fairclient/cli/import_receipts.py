"""`fairclient import`: the centre's receipts from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _, ngettext
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked

FileArgument = Annotated[Path, typer.Argument(help="The file that came back from the centre.")]


def import_receipts(ctx: typer.Context, file: FileArgument, json: JsonOption = False) -> None:
    """Take the centre's signed receipts from a file; they count like those that come over the network."""
    from fairclient.usecases.import_receipts import import_receipts  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        done = import_receipts(place, file)
    if shared.json:
        output.as_json(
            {
                "receipts": done.receipts,
                "acknowledged": done.acknowledged,
                "quarantined": done.quarantined,
                "left": done.left,
                "unused": done.unused,
            }
        )
        return
    lines = [
        ngettext("Llegó el acuse de {n}.", "Llegó el acuse de {n}.", done.acknowledged).format(
            n=done.acknowledged
        ),
        _("Todo lo de este equipo está en la central.")
        if done.left == 0
        else _("Quedan {n} registros solo en este equipo.").format(n=done.left),
    ]
    if done.quarantined:
        lines.insert(
            1,
            ngettext(
                "{n} quedó aparte, por revisar.", "{n} quedaron aparte, por revisar.", done.quarantined
            ).format(n=done.quarantined),
        )
    output.as_text(lines)


def import_bundle(file: FileArgument) -> None:
    """Say why a laptop can't: a bundle is sealed for the centre."""
    from fairclient.usecases.import_receipts import refuse_bundle  # noqa: PLC0415 (loads the store)

    refuse_bundle(file)


def add_to(app: typer.Typer) -> None:
    """Register the group of commands."""
    group = typer.Typer(help="Take in what came back from the centre on a stick.", no_args_is_help=True)
    group.command("receipts")(import_receipts)
    group.command("bundle", hidden=True)(import_bundle)
    app.add_typer(group, name="import")
