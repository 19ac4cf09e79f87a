"""`fairclient hub join`: join the hub of the tent by its invitation, from a file, a picture or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked

_MOST = 20_000
"""Characters that are read where an invitation should be: many times the longest."""

FileArgument = Annotated[
    Path | None,
    typer.Argument(help="A file with the invitation's text, or a picture of its QR; else standard input."),
]


def join(ctx: typer.Context, file: FileArgument = None, json: JsonOption = False) -> None:
    """Join the hub that an invitation names, and exchange with it at once."""
    from fairclient.usecases.join_hub import join_hub  # noqa: PLC0415 (loads the store and the network)
    from fairclient.usecases.sync_words import refusal  # noqa: PLC0415
    from fairclient.usecases.synchronise import joined  # noqa: PLC0415

    shared = common(ctx, json)
    text = _invitation(file)
    with unlocked(shared) as place:
        report = join_hub(place, text)
        link = joined(place)
    said = refusal(report.problem) if report.problem is not None else None
    told = {
        "name": link.name if link is not None else report.server,
        "address": link.address if link is not None else "",
        "sent": report.sent,
        "received": report.received,
        "left": report.left,
    }
    if shared.json:
        output.as_json({**told, "problem": output.error_dict(said) if said else None})
    else:
        words = _("Unido al concentrador {name}, en {address}. Enviados: {sent}. Recibidos: {received}.")
        output.as_text([words.format(**told)])
        if said:
            output.error(said, in_json=False)
    if said:
        raise typer.Exit(1)


def _invitation(file: Path | None) -> str:
    """The invitation's text: out of a file, a picture or a pipe, or as somebody pastes it into a terminal."""
    from fairclient.documents.picture_file import ENDINGS, text_of  # noqa: PLC0415 (loads the readers)

    if file is None or str(file) == "-":
        return _pasted()
    return text_of(str(file)) if str(file).lower().endswith(ENDINGS) else _text_of(file)


def _pasted() -> str:
    if sys.stdin.isatty():
        typer.echo(_("Pegue el texto de la invitación (FH1:…) y pulse Intro:"), err=True)
        return sys.stdin.readline(_MOST)
    return sys.stdin.read(_MOST).replace("\r", "")


def _text_of(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as opened:
            return opened.read(_MOST)
    except OSError as error:
        raise BadInput(
            _("No se pudo leer el archivo {name}.").format(name=file.name),
            _("No se cambió nada."),
            _("Revise el nombre del archivo."),
            code="unreadable-file",
        ) from error
