"""`fairclient enrolment-code`: a supervisor lets the laptop beside hers enrol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.words import _
from fairclient.cli import output, shown_qr
from fairclient.cli.context import JsonOption, common, unlocked


def enrolment_code(
    ctx: typer.Context,
    supervisor: Annotated[bool, typer.Option(help="Whoever enrols may supervise, too.")] = False,
    qr: Annotated[Path | None, typer.Option(help="Write the QR to this PNG file.")] = None,
    json: JsonOption = False,
) -> None:
    """Have the centre make a single-use code for another laptop: letters, twelve words, and a QR."""
    # the store and the network
    from fairclient.usecases.ask_enrolment_code import SUPERVISE, WORK, ask_enrolment_code  # noqa: PLC0415

    shared = common(ctx, json)
    with unlocked(shared) as place:
        asked = ask_enrolment_code(place, SUPERVISE if supervisor else WORK)
    if qr is not None:
        shown_qr.write_picture(qr, asked.ticket)
    if shared.json:
        output.as_json(
            {"code": asked.code, "words": asked.words, "ticket": asked.ticket, "minutes": asked.minutes}
        )
        return
    output.as_text(
        [
            asked.code,
            asked.words,
            _("Dirección de la central: {address}").format(address=asked.address),
            _("Sirve una sola vez, durante {n} minutos.").format(n=asked.minutes),
        ]
    )


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("enrolment-code")(enrolment_code)
