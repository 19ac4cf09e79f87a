"""`fairclient practice`: open the fictional demo fair here, without any server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common

if TYPE_CHECKING:
    from fairclient.usecases.workplace import Workplace

FOLDER = "practice"
"""Inside the user's own home, as in the window: a practice fair never takes a real one's place."""

# Practice data is fictional: its passphrase protects nothing and is told to everybody.
PASSPHRASE = "feria de práctica"


def practice(
    ctx: typer.Context,
    window: Annotated[bool, typer.Option(help="Open the window on it.")] = True,
    json: JsonOption = False,
) -> None:
    """Open the fictional demo fair, made here on the first time, to look and to train."""
    shared = common(ctx, json)
    home = shared.home if shared.named else Home(shared.home.dir / FOLDER)
    place = _open(home) if window and home.exists() else _make(home)
    if window:
        from fairclient.bootstrap import run_window  # noqa: PLC0415 (Qt only for the window)

        raise typer.Exit(run_window(home, place, shared.language))
    place.close()
    if shared.json:
        output.as_json({"station": place.identity.station, "fair": place.fair, "home": str(home.dir)})
        return
    output.as_text(
        [
            _("La feria de práctica quedó en {folder}. Todos sus datos son ficticios.").format(
                folder=home.dir
            ),
            _("Su contraseña es: {passphrase}").format(passphrase=_passphrase()),
        ]
    )


def _passphrase() -> str:
    return os.environ.get("FAIRCLIENT_PASSPHRASE", PASSPHRASE)


def _make(home: Home) -> Workplace:
    from fairclient.usecases.practice_fair import practice_fair  # noqa: PLC0415 (loads the store)

    return practice_fair(home, _passphrase(), SystemClock())


def _open(home: Home) -> Workplace:
    from fairclient.usecases.unlock import unlock  # noqa: PLC0415 (loads the store)

    return unlock(home, _passphrase(), SystemClock())


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("practice")(practice)
