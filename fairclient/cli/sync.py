"""`fairclient sync`: carry what is only here to the tent's hub and the centre, and bring what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked

if TYPE_CHECKING:
    from fairclient.usecases.sync_round import Round
    from sync.client.report import SyncReport


def sync(
    ctx: typer.Context,
    hub: Annotated[bool, typer.Option("--hub", help="Only with the hub of the tent.")] = False,
    centre: Annotated[bool, typer.Option("--centre", help="Only with the centre.")] = False,
    json: JsonOption = False,
) -> None:
    """Synchronise with the centre, and with the hub of the tent where one was joined.

    The exit code is 0 only when nothing is left without the centre's own receipt. A hub that doesn't answer
    is told, and changes the exit code only with --hub.
    """
    from fairclient.usecases.sync_round import left_words, sync_round  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        made = sync_round(place, hub=hub or not centre, centre=centre or not hub)
    if shared.json:
        output.as_json(_told(made))
    else:
        output.as_text([*_lines(made), left_words(made.left, made.truth.at_hub)])
        for said in (made.hub_refused, made.refused):
            if said:
                output.error(said, in_json=False)
    if made.left or made.refused:
        raise typer.Exit(1)


def _told(made: Round) -> dict[str, Any]:
    report, said = made.centre, made.refused
    hub_said = made.hub_refused if made.centre else said
    with_hub = None
    if made.hub is not None:
        with_hub = {
            "name": made.hub_name,
            **_counts(made.hub),
            "has": made.truth.at_hub,
            "problem": output.error_dict(hub_said) if hub_said else None,
        }
    return {
        **_counts(report),
        "quarantined": report.quarantined if report else 0,
        "heads": made.heads,
        "left": made.left,
        "problem": output.error_dict(said) if said and made.centre else None,
        "hub": with_hub,
    }


def _counts(report: SyncReport | None) -> dict[str, int]:
    names = ("sent", "acknowledged", "received")
    return {name: getattr(report, name) if report else 0 for name in names}


def _lines(made: Round) -> list[str]:
    lines = []
    if made.hub is not None:
        words = _("Con el concentrador {name}: enviados {sent}, recibidos {received}.")
        lines.append(words.format(name=made.hub_name, sent=made.hub.sent, received=made.hub.received))
    if made.centre is not None:
        words = _("Enviados: {sent}. Con acuse: {acknowledged}. Recibidos: {received}. En cuarentena: {q}.")
        lines.append(words.format(**_counts(made.centre), q=made.centre.quarantined))
    return lines


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("sync")(sync)
