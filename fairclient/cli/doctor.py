"""`fairclient doctor`: check the file and the digest chains (--replay: and the rows), or restore a copy."""

from __future__ import annotations

from typing import Annotated

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import Common, JsonOption, common, passphrase, unlocked


def doctor(
    ctx: typer.Context,
    replay: Annotated[
        bool, typer.Option("--replay", help="Replay the journals into empty tables and compare.")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Put the newest whole copy in the place of a damaged file.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Check that what this laptop holds is whole; where it isn't, go back to the newest copy that is."""
    from fairclient.usecases.examine import examine  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    if restore:
        _restore(shared)
        return
    with unlocked(shared) as place:
        findings = examine(place, replay=replay)
    if shared.json:
        output.as_json({"healthy": not findings, "replayed": replay, "findings": findings})
    elif findings:
        output.as_text([*findings, *_what_now()])
    else:
        output.as_text([_("El archivo y las bitácoras están completos.")])
        if replay:
            output.as_text([_("Al repetir las bitácoras salen las mismas filas.")])
    if findings:
        raise typer.Exit(1)


def _what_now() -> tuple[str, str]:
    return (
        _("No se borró nada. Hay copias de respaldo, y lo que tiene acuse está en la central."),
        _("Recupere la última copia completa con «fairclient doctor --restore»; si la rechaza, pida ayuda."),
    )


def _restore(shared: Common) -> None:
    from fairclient.usecases.restore_copy import restore_copy  # noqa: PLC0415 (loads the store)

    done = restore_copy(shared.home, passphrase(), SystemClock())
    if shared.json:
        aside = str(done.aside) if done.aside else None
        output.as_json({"restored": str(done.copy), "taken": done.taken.isoformat(), "aside": aside})
        return
    when = done.taken.astimezone().strftime("%d/%m/%Y %H:%M")
    lines = [_("Quedó en uso la copia del {when}.").format(when=when)]
    if done.aside:
        lines.append(_("El archivo dañado no se borró: está en {file}.").format(file=done.aside))
    lines += [
        _("Puede faltar lo que se guardó después de esa copia."),
        _("Sincronice: la central devuelve todo lo que tiene acuse. Lo demás, regístrelo otra vez."),
    ]
    output.as_text(lines)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(doctor)
