"""`fairclient state`: what this laptop holds, and a digest to compare it by."""

from __future__ import annotations

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def state(ctx: typer.Context, json: JsonOption = False) -> None:
    """Count the entries and facts of this laptop; two settled replicas of a fair give one digest."""
    from fairclient.store.queries.state import state  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place, place.store.read() as session:
        found = state(session)
    if shared.json:
        output.as_json(found)
        return
    lines = [
        _("Asientos: {entries}. Con acuse: {acknowledged}.").format(
            entries=found["entries"], acknowledged=found["acknowledged"]
        )
    ]
    lines += [f"  {kind:14} {count:7}" for kind, count in found["counts"].items()]
    output.as_text([*lines, f"  {found['state_digest']}"])


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("state")(state)
