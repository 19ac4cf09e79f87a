"""`fairclient search TEXT`: find people by name, document, telephone or slip code."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from fairclient.base.words import _, ngettext
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="Part of a name, a document, a telephone or a slip code.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    json: JsonOption = False,
) -> None:
    """Find people that this laptop knows."""
    from fairclient.store.queries import people  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place, place.store.read() as session:
        found = people.find(session, text, limit=limit)
    if shared.json:
        output.as_json({"found": [asdict(person) for person in found]})
        return
    head = ngettext("{n} persona", "{n} personas", len(found)).format(n=len(found))
    output.as_text([head if found else _("Nadie con esos datos en este equipo.")])
    output.as_text(f"  {person.name}" for person in found)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("search")(search)
