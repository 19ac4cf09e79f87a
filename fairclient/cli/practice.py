"""`fairclient practice`: open the fictional demo fair here, without any server."""

from __future__ import annotations

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, passphrase


def practice(ctx: typer.Context, json: JsonOption = False) -> None:
    """Make a home with the fictional demo fair, to look and to train."""
    from fairclient.usecases.practice_fair import practice_fair  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    place = practice_fair(shared.home, passphrase(new=True), SystemClock())
    place.close()
    if shared.json:
        output.as_json({"station": place.identity.station, "fair": place.fair, "home": str(shared.home.dir)})
        return
    output.as_text(
        [
            _("La feria de práctica quedó en {folder}. Todos sus datos son ficticios.").format(
                folder=shared.home.dir
            )
        ]
    )


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("practice")(practice)
