"""`fairserver import-bundle`: what came on a stick, and the receipts that go back with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import qrcode
import typer

from sync.server import bundle
from sync.server.bundle import Imported
from sync.server.cli.options import DatabaseOption, JsonOption, opened, show_json
from sync.server.cli.written import written
from sync.wire import receipts_file

FileArgument = Annotated[Path, typer.Argument(help="The sealed bundle.")]
ReceiptsOption = Annotated[
    Path | None, typer.Option(help="Write the signed receipts there, to be taken back.")
]
IdentityOption = Annotated[
    Path | None, typer.Option(help="A file with another age identity that may open it: the recovery key.")
]
QrOption = Annotated[bool, typer.Option("--qr", help="Show the receipts as a QR code too, if they fit.")]


def import_bundle(
    file: FileArgument,
    database: DatabaseOption,
    receipts_out: ReceiptsOption = None,
    identity: IdentityOption = None,
    qr: QrOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take in what a laptop saved on a stick. Again changes nothing, and gives the same receipts."""
    others = bundle.identities_in(identity) if identity else ()
    with opened(database) as node:
        found = bundle.read(file, (node.keys.age, *others))
        done = bundle.take(node, file, found)
    if receipts_out and done.receipts:
        with written(receipts_out) as out:
            out.write(receipts_file.encode(done.receipts).decode())
    text = receipts_file.as_text(done.receipts) if done.receipts else None
    if as_json:
        show_json(_summary(done, text))
    else:
        _tell(done, text, qr=qr)
    if done.problems:
        raise typer.Exit(1)


def _summary(done: Imported, text: str | None) -> dict[str, object]:
    return {
        "station": done.manifest.station,
        "fair": done.manifest.fair,
        "number": done.manifest.number,
        "entries": done.manifest.entries,
        "new": done.new,
        "quarantined": _apart(done),
        "receipts": len(done.receipts),
        "qr": text,
        "problems": [problem._asdict() | {"journal": str(problem.journal)} for problem in done.problems],
    }


def _tell(done: Imported, text: str | None, *, qr: bool) -> None:
    made = done.manifest
    typer.echo(
        f"bundle {made.number} of station {made.station}: {made.entries} entries, {done.new} new here, "
        f"{_apart(done)} in quarantine, {len(done.receipts)} receipts"
    )
    for problem in done.problems:
        typer.echo(f"journal {problem.journal} was not taken: {problem.detail}", err=True)
    if qr and text is not None:
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=2)
        code.add_data(text)
        code.print_ascii(invert=True)
    elif qr:
        typer.echo("The receipts are too many for one QR code: take the file of --receipts-out.")


def _apart(done: Imported) -> int:
    return sum(verdict.verdict == "quarantined" for receipt in done.receipts for verdict in receipt.verdicts)
