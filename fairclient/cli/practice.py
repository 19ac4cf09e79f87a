"""`fairclient practice`: open the fictional demo fair here, without any server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import Common, JsonOption, common

if TYPE_CHECKING:
    from fairclient.usecases.workplace import Workplace

# Practice data is fictional: its passphrase protects nothing and is told to everybody.
PASSPHRASE = "feria de práctica"


def practice(
    ctx: typer.Context,
    window: Annotated[bool, typer.Option(help="Open the window on it.")] = True,
    json: JsonOption = False,
) -> None:
    """Open the fictional demo fair, made here on the first time, to look and to train."""
    shared = common(ctx, json)
    place = _open(shared) if window and shared.home.exists() else _make(shared)
    if window:
        from fairclient.bootstrap import run_window  # noqa: PLC0415 (Qt only for the window)

        raise typer.Exit(run_window(shared.home, place))
    place.close()
    if shared.json:
        output.as_json({"station": place.identity.station, "fair": place.fair, "home": str(shared.home.dir)})
        return
    output.as_text(
        [
            _("La feria de práctica quedó en {folder}. Todos sus datos son ficticios.").format(
                folder=shared.home.dir
            ),
            _("Su contraseña es: {passphrase}").format(passphrase=_passphrase()),
        ]
    )


def _passphrase() -> str:
    return os.environ.get("FAIRCLIENT_PASSPHRASE", PASSPHRASE)


def _make(shared: Common) -> Workplace:
    from fairclient.usecases.practice_fair import practice_fair  # noqa: PLC0415 (loads the store)

    return practice_fair(shared.home, _passphrase(), SystemClock())


def _open(shared: Common) -> Workplace:
    from fairclient.usecases.unlock import unlock  # noqa: PLC0415 (loads the store)

    return unlock(shared.home, _passphrase(), SystemClock())


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("practice")(practice)
