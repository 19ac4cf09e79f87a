"""`fairclient hub`: join the hub of the tent, leave it, look at it, or be it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked
from fairclient.cli.hub_join import join
from fairclient.cli.hub_run import run

if TYPE_CHECKING:
    from fairclient.base.errors import SayError
    from fairclient.usecases.hub_state import HubState


def leave(ctx: typer.Context, json: JsonOption = False) -> None:
    """Leave the hub: what only it has of this laptop counts as being here alone again."""
    from fairclient.usecases.join_hub import leave_hub  # noqa: PLC0415 (loads the store and the network)
    from fairclient.usecases.synchronise import joined  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        link = joined(place)
        leave_hub(place)
    if shared.json:
        output.as_json({"name": link.name if link is not None else None})
    elif link is not None:
        output.as_text([_("Este equipo salió del concentrador {name}.").format(name=link.name)])
    else:
        output.as_text([_("Este equipo no está unido a ningún concentrador.")])


def state(ctx: typer.Context, json: JsonOption = False) -> None:
    """Say which hub was joined, whether it answers, and where this laptop's entries are.

    The exit code is 1 when the hub that was joined doesn't answer.
    """
    from fairclient.usecases.hub_state import hub_state  # noqa: PLC0415 (loads the store and the network)
    from fairclient.usecases.sync_words import refusal  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        found = hub_state(place)
    said = refusal(found.problem) if found.problem is not None else None
    if shared.json:
        output.as_json(_told(found, said))
    else:
        output.as_text(_lines(found))
        if said:
            output.error(said, in_json=False)
    if said:
        raise typer.Exit(1)


def _told(found: HubState, said: SayError | None) -> dict[str, Any]:
    link = found.link
    return {
        "name": link.name if link else None,
        "address": link.places()[0] if link else None,
        "own": link is not None and link.own,
        "answers": said is None if link else None,
        "problem": output.error_dict(said) if said else None,
        "here": found.truth.unsent,
        "at_hub": found.truth.at_hub,
        "at_centre": found.truth.at_centre,
    }


def _lines(found: HubState) -> list[str]:
    link, truth = found.link, found.truth
    counts = _("Solo aquí: {here}. En el concentrador: {hub}. En la central: {centre}.").format(
        here=truth.unsent, hub=truth.at_hub, centre=truth.at_centre
    )
    if link is None:
        return [_("Este equipo no está unido a ningún concentrador."), counts]
    where = _("Unido al concentrador {name}, en {address}.").format(name=link.name, address=link.places()[0])
    return [where, *([_("El concentrador responde.")] if found.problem is None else []), counts]


def add_to(app: typer.Typer) -> None:
    """Register the group of commands."""
    group = typer.Typer(
        help="The hub of the tent: join it, leave it, look at it, or be it.", no_args_is_help=True
    )
    group.command("join")(join)
    group.command("leave")(leave)
    group.command("state")(state)
    group.command("run")(run)
    app.add_typer(group, name="hub")
