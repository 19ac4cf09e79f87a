"""All commands of `fairserver`, and the one place where errors become sentences and an exit code."""

from __future__ import annotations

import io
import sys

import typer
from sqlalchemy.exc import DatabaseError

from sync.server.cli import catalogues, export, fairs, operators, quarantine, stations
from sync.server.cli.backup import backup, restore
from sync.server.cli.enrolment_code import enrolment_code
from sync.server.cli.erase import erase
from sync.server.cli.hub import hub
from sync.server.cli.import_bundle import import_bundle
from sync.server.cli.incident import incident
from sync.server.cli.openapi import openapi
from sync.server.cli.serve import serve
from sync.server.cli.setting_up import init, upgrade
from sync.server.cli.state import state
from sync.server.database.faults import place
from sync.server.opening import known_trouble
from sync.server.words import Refusal
from sync.wire.problem import WireError

app = typer.Typer(
    name="fairserver",
    help="The server of a centre or a hub: takes what laptops registered, and gives receipts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(init)
app.command("upgrade")(upgrade)
app.command("serve")(serve)
app.command("openapi")(openapi)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("hub")(hub)
app.command("enrolment-code")(enrolment_code)
app.command("state")(state)
app.command("import-bundle")(import_bundle)
app.command("erase")(erase)
app.command("incident")(incident)
app.add_typer(fairs.app, name="fair")
app.add_typer(stations.app, name="stations")
app.add_typer(operators.app, name="operators")
app.add_typer(catalogues.app, name="catalogue")
app.add_typer(export.app, name="export")
app.add_typer(quarantine.app, name="quarantine")


def main() -> None:
    """Run a command; whatever goes wrong is said in sentences, with an exit code other than 0."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows would take names in its own code page
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except Refusal as refusal:
        _stop(str(refusal))
    except WireError as error:
        _stop(error.detail)
    except DatabaseError as error:
        known = known_trouble(error)
        _stop(known or f"The database refused: {type(error.orig).__name__}. Nothing was changed.")
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        _stop(f"This is a fault of the program: {type(error).__name__} at {place(error)}. Please report it.")


def _stop(words: str) -> None:
    typer.echo(f"fairserver: {words}", err=True)
    sys.exit(1)
