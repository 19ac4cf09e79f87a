"""`fairclient slip CODE`: write the PDF of a slip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def slip(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help="The slip's human code.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    paper: Annotated[str, typer.Option("--format", help="a6, a4, roll80 or roll58.")] = "a6",
    json: JsonOption = False,
) -> None:
    """Write the PDF of a slip that this laptop knows."""
    from fairclient.usecases.issue_slip import print_slips  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.read_slip import slip_of_code  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        written = print_slips(place, [slip_of_code(place, code)], paper, out)
    if shared.json:
        output.as_json({"slip": code, "format": paper, "out": str(written)})
    else:
        output.as_text([_("La ficha está en {file}.").format(file=written)])


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("slip")(slip)
