"""`fairclient search TEXT` finds people; `fairclient search --queries FILE` says who is already here."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.errors import BadInput
from fairclient.base.words import _, ngettext
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked

if TYPE_CHECKING:
    from fairclient.usecases.workplace import Workplace


def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="Part of a name, a document, a telephone or a slip code.")] = "",
    queries: Annotated[
        Path | None, typer.Option(help="JSON lines, each what is known of a person: who looks like her?")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    json: JsonOption = False,
) -> None:
    """Find people that this laptop knows."""
    shared = common(ctx, json)
    if bool(text) == (queries is not None):
        raise BadInput(_("Diga qué buscar: un texto, o un archivo con --queries."), code="nothing-to-search")
    with unlocked(shared) as place:
        if queries is not None:
            _answer(place, queries, in_json=shared.json)
        else:
            _find(place, text, limit, in_json=shared.json)


def _find(place: Workplace, text: str, limit: int, *, in_json: bool) -> None:
    from fairclient.store.queries import people  # noqa: PLC0415 (loads the store)

    with place.store.read() as session:
        found = people.find(session, text, limit=limit)
    if in_json:
        output.as_json({"found": [asdict(person) for person in found]})
        return
    head = ngettext("{n} persona", "{n} personas", len(found)).format(n=len(found))
    output.as_text([head if found else _("Nadie con esos datos en este equipo.")])
    output.as_text(f"  {person.name}" for person in found)


def _answer(place: Workplace, queries: Path, *, in_json: bool) -> None:
    from fairclient.usecases.look_alike_file import answers  # noqa: PLC0415 (loads the store)

    for answer in answers(place, queries):
        if in_json:
            output.as_json(answer.as_dict())
            continue
        output.as_text([_("Línea {n}").format(n=answer.line)])
        output.as_text(
            f"  {found.name} · {'; '.join(found.why)} · {found.where_when}" for found in answer.candidates
        )


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("search")(search)
