"""`fairclient doctor`: check the file and the digest chains and, with --replay, the rows."""

from __future__ import annotations

from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def doctor(
    ctx: typer.Context,
    replay: Annotated[
        bool, typer.Option("--replay", help="Replay the journals into empty tables and compare.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Check that what this laptop holds is whole."""
    from fairclient.usecases.examine import examine  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        findings = examine(place, replay=replay)
    if shared.json:
        output.as_json({"healthy": not findings, "replayed": replay, "findings": findings})
    elif findings:
        output.as_text(findings)
    else:
        output.as_text([_("El archivo y las bitácoras están completos.")])
        if replay:
            output.as_text([_("Al repetir las bitácoras salen las mismas filas.")])
    if findings:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(doctor)
