"""`fairclient sync`: carry what is only here to the centre, and bring what is new."""

from __future__ import annotations

import typer

from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked


def sync(ctx: typer.Context, json: JsonOption = False) -> None:
    """Synchronise. The exit code is 0 only when nothing is left without the centre's receipt."""
    from fairclient.usecases.sync_words import refusal  # noqa: PLC0415 (loads the store and the network)
    from fairclient.usecases.synchronise import synchronise  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        report = synchronise(place)
    said = refusal(report.problem) if report.problem is not None else None
    if shared.json:
        output.as_json(
            {
                "sent": report.sent,
                "acknowledged": report.acknowledged,
                "received": report.received,
                "quarantined": report.quarantined,
                "heads": report.heads,
                "left": report.left,
                "problem": output.error_dict(said) if said else None,
            }
        )
    else:
        output.as_text(
            [
                _(
                    "Enviados: {sent}. Con acuse: {acknowledged}. Recibidos: {received}. En cuarentena: {q}."
                ).format(
                    sent=report.sent,
                    acknowledged=report.acknowledged,
                    received=report.received,
                    q=report.quarantined,
                ),
                _("Todo lo de este equipo está en la central.")
                if report.left == 0
                else _("Quedan {n} registros solo en este equipo.").format(n=report.left),
            ]
        )
        if said:
            output.error(said, in_json=False)
    if report.left or said:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("sync")(sync)
