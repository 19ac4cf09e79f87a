"""`fairclient enrol`: make this laptop a station of a fair."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from fairclient.base.clock import SystemClock
from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, passphrase

MAX_PEM = 20_000


def enrol(
    ctx: typer.Context,
    server: Annotated[
        str, typer.Option(help="The server's address, such as https://central.example; a QR brings it along.")
    ] = "",
    code: Annotated[
        str,
        typer.Option(
            envvar="FAIRCLIENT_ENROLMENT_CODE",
            help="The single-use code: letters, twelve words, or the text of the QR. Asked for if left out.",
        ),
    ] = "",
    name: Annotated[str, typer.Option(help="The name of the person at this laptop.")] = "",
    station_name: Annotated[str, typer.Option(help="What to call this laptop.")] = "",
    authority: Annotated[
        Path | None, typer.Option(help="The certificate (PEM) of the centre's own authority, if it has one.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make this laptop a station of a fair, with a code from the centre."""
    from fairclient.usecases.enrol import Enrolment, enrol  # noqa: PLC0415 (loads the store and the network)

    shared = common(ctx, json)
    code = code or str(typer.prompt(_("Código de inscripción")))
    pem = _read(authority) if authority is not None else ""
    given = Enrolment(server, code, passphrase(new=True), name or getpass.getuser(), station_name, pem)
    place, report = enrol(shared.home, given, SystemClock())
    place.close()
    identity = place.identity
    if shared.json:
        output.as_json(
            {
                "station": identity.station,
                "fair": identity.fair,
                "name": identity.name,
                "point": identity.point,
                "operator": place.operator.id,
                "roles": sorted(place.operator.roles),
                "received": report.received,
            }
        )
        return
    output.as_text(
        [
            _("Este equipo quedó inscrito como {name}, punto {point}.").format(
                name=identity.name, point=identity.point
            ),
            _("Los datos se guardan cifrados en {folder}.").format(folder=shared.home.dir),
        ]
    )


def _read(authority: Path) -> str:
    """Raises BadInput for a file that can't be read."""
    try:
        return authority.read_text(encoding="ascii")[:MAX_PEM]
    except (OSError, ValueError) as error:
        raise BadInput(
            _("No se puede leer el archivo {file}.").format(file=authority), _("No se cambió nada.")
        ) from error


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("enrol")(enrol)
