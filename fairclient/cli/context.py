"""What all commands share: which home, whether JSON is wanted, and the way to the unlocked workplace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.errors import BadInput
from fairclient.base.home import Home
from fairclient.base.words import _

if TYPE_CHECKING:
    from fairclient.usecases.workplace import Workplace

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@dataclass
class Common:
    """The options given before the command; `named` says that somebody chose the home."""

    home: Home
    json: bool = False
    named: bool = True
    language: str = ""


def common(ctx: typer.Context, json: bool = False) -> Common:
    """Return the common options; `--json` counts before and after the command's name."""
    found = ctx.find_object(Common)
    if found is None:
        raise RuntimeError("the application's callback has not run")
    found.json = found.json or json
    return found


def passphrase(*, new: bool = False) -> str:
    """Return the passphrase from FAIRCLIENT_PASSPHRASE, or ask for it; it is never an argument.

    Raises BadInput where there is neither.
    """
    given = os.environ.get("FAIRCLIENT_PASSPHRASE")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadInput(
            _("Falta la contraseña."),
            do=_("Póngala en la variable FAIRCLIENT_PASSPHRASE, o ejecute la orden en una terminal."),
            code="passphrase-missing",
        )
    return str(typer.prompt(_("Contraseña"), hide_input=True, confirmation_prompt=new))


@contextmanager
def unlocked(shared: Common, own: str = "") -> Iterator[Workplace]:
    """Open the home for the operator whose passphrase is given (``own``, if it was asked for already)."""
    from fairclient.usecases.unlock import unlock  # noqa: PLC0415 (the store is loaded only by commands that need it)

    place = unlock(shared.home, own or passphrase(), SystemClock())
    try:
        yield place
    finally:
        place.close()


def options(home: Path | None, *, json: bool, language: str = "") -> Common:
    """Return the common options: the home named by option or by FAIRCLIENT_HOME, or the user's own."""
    named = home or os.environ.get("FAIRCLIENT_HOME")
    folder = Home(Path(named)) if named else Home.default()
    return Common(folder, json, named=bool(named), language=language)
