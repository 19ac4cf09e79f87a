"""`fairclient register --from people.csv`: register the people of a file, one JSON line a row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.errors import SayError
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def register(
    ctx: typer.Context,
    source: Annotated[
        Path, typer.Option("--from", help="A CSV file in UTF-8; docs/commands.md names its columns.")
    ],
    json: JsonOption = False,
) -> None:
    """Register the people of a file. Prints one JSON line a row; a row that is refused stops no other."""
    from fairclient.usecases.register_file import register_file  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    failed = 0
    with unlocked(shared) as place:
        for outcome in register_file(place, source):
            if isinstance(outcome.result, SayError):
                failed += 1
                output.as_json({"row": outcome.row, "error": output.error_dict(outcome.result)})
            else:
                done = outcome.result
                output.as_json(
                    {
                        "row": outcome.row,
                        "attendee": done.attendee,
                        "slip": done.slip.code,
                        "token": done.slip.token,
                        "warnings": [
                            {"field": one.field, "code": one.code, "words": one.words}
                            for one in outcome.findings
                        ],
                    }
                )
    if failed:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("register")(register)
