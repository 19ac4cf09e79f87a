"""`fairclient export`: the journals as JSON lines, or what the centre lacks as a sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked
from fairclient.cli.export_bundle import export_bundle
from fairclient.cli.export_person import export_person


def export_journal(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    json: JsonOption = False,
) -> None:
    """Write every entry as one JSON line. The file holds personal data in plain text: treat it so."""
    from fairclient.usecases.export_journal import export_journal  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        count = export_journal(place, out)
    if shared.json:
        output.as_json({"entries": count, "out": str(out)})
        return
    output.as_text(
        [
            _("{n} asientos en {file}.").format(n=count, file=out),
            _("Ese archivo tiene datos personales sin cifrar: protéjalo y bórrelo cuando no lo necesite."),
        ]
    )


def add_to(app: typer.Typer) -> None:
    """Register the group of commands."""
    group = typer.Typer(help="Write what this laptop holds to a file.", no_args_is_help=True)
    group.command("journal")(export_journal)
    group.command("bundle")(export_bundle)
    group.command("person")(export_person)
    app.add_typer(group, name="export")
