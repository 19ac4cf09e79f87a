"""`fairclient demo`: one fictional fair day on the real parts, from the first person to the last receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.cli.context import JsonOption, common


def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="The folder to leave results in.")] = Path("demo-out"),
    people: Annotated[int, typer.Option(min=4, max=2000, help="How many fictional people.")] = 60,
    json: JsonOption = False,
) -> None:
    """Run a whole fictional fair day and compare what every laptop and the centre hold."""
    from fairclient.demo.day import run  # noqa: PLC0415 (loads everything)

    shared = common(ctx, json)
    raise typer.Exit(run(out, people, in_json=shared.json))


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("demo")(demo)
