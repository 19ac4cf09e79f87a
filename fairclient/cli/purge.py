"""`fairclient purge`: take a fair's personal data off this laptop, once the centre proved to hold them."""

from __future__ import annotations

from typing import Annotated

import typer

from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def purge(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="The list of what was purged before.")] = False,
    json: JsonOption = False,
) -> None:
    """Purge what verified receipts of the centre cover; refused in words while anything is missing."""
    from fairclient.usecases import purge as usecase  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        if listed:
            rows = [
                {**one.__dict__, "at": one.at.isoformat(timespec="seconds")}
                for one in usecase.purged_list(place)
            ]
            if shared.json:
                output.as_json({"purged": rows})
            else:
                output.as_text([" ".join(f"{value}" for value in row.values()) for row in rows])
            return
        plan = usecase.purge_plan(place.store, place.clock)
        if dry_run:
            _show_plan(plan, usecase.plan_words(plan), in_json=shared.json)
            return
        done = usecase.purge(place.store, place.clock)
    if shared.json:
        output.as_json({"entries": done.entries, "others": done.others})
    else:
        output.as_text(list(usecase.done_words(done)))


def _show_plan(plan: object, words: tuple[str, ...], *, in_json: bool) -> None:
    if in_json:
        output.as_json({name: _plain(value) for name, value in vars(plan).items()})
    else:
        output.as_text([word for word in words if word])


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value if isinstance(value, int | str) or value is None else str(value)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("purge")(purge)
