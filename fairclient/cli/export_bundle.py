"""`fairclient export bundle`: what the centre may lack, as one sealed file for a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.words import _, ngettext
from fairclient.cli import output
from fairclient.cli.context import JsonOption, common, unlocked

if TYPE_CHECKING:
    from fairclient.usecases.save_bundle import SavedBundle


def export_bundle(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="The file to write, or the folder to write it into.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Also what has a receipt already: for a centre that lost data.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Save what has no receipt of the centre's as a sealed file. Only the centre can open it."""
    from fairclient.usecases.save_bundle import save_bundle  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        saved = save_bundle(place, out, everything=everything)
    if shared.json:
        output.as_json(_summary(saved))
    else:
        output.as_text(_lines(saved))


def _summary(saved: SavedBundle) -> dict[str, object]:
    return {
        "number": saved.number,
        "out": str(saved.path),
        "entries": saved.entries,
        "stations": [
            {"station": one.station, "name": one.name, "point": one.point, "entries": one.entries}
            for one in saved.stations
        ],
        "left_out": saved.left_out,
        "sha256": saved.digest,
    }


def _lines(saved: SavedBundle) -> list[str]:
    lines = [
        ngettext(
            "Paquete n.º {number}: {n} registro en {file}, sellado y comprobado.",
            "Paquete n.º {number}: {n} registros en {file}, sellado y comprobado.",
            saved.entries,
        ).format(number=saved.number, n=saved.entries, file=saved.path),
        *(f"  {one.point:3} {one.entries:7}  {one.name}" for one in saved.stations),
    ]
    if saved.left_out:
        lines.append(
            _("Otros {n} no cupieron: irán en el siguiente paquete, cuando vuelva el acuse de este.").format(
                n=saved.left_out
            )
        )
    return [*lines, _("Llévelo a la central. Hasta que vuelva el acuse, no borre nada en este equipo.")]
