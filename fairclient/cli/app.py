"""The command line as a whole: `fairclient --home DIR COMMAND …`; without a command the window opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairclient import __version__
from fairclient.base import log, words
from fairclient.base.errors import BadInput, SayError
from fairclient.base.words import _
from fairclient.cli import (
    close_day,
    demo,
    doctor,
    enrol,
    enrolment_code,
    export,
    hub,
    import_receipts,
    operators,
    output,
    practice,
    purge,
    register,
    reserved_reads,
    search,
    serve,
    slip,
    state,
    sync,
)
from fairclient.cli.context import options

FAILED, BUG = 1, 70

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Register people at service fairs without a network. Without a command, the window opens.",
)


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="The folder of this laptop's data [FAIRCLIENT_HOME].")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    language: Annotated[str, typer.Option(help="es or en; the language of the sentences.")] = "",
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False,
) -> None:
    """Take the options that stand before the command."""
    _speak(language)
    ctx.obj = options(home, json=json, language=language)
    log.start_in(ctx.obj.home.logs)
    if version:
        output.as_text([f"fairclient {__version__}"])
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from fairclient.bootstrap import run_window  # noqa: PLC0415 (Qt only for the window)

        raise typer.Exit(run_window(ctx.obj.home, language=ctx.obj.language))


COMMANDS = (
    enrol, enrolment_code, practice, register, slip, serve, search, close_day,
    sync, hub, state, export, import_receipts, purge, doctor, reserved_reads, operators, demo,
)  # fmt: skip
for command in COMMANDS:
    command.add_to(app)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 refused in words, 2 wrong usage, 70 our fault."""
    in_json = "--json" in arguments
    output.speak_utf8()
    try:
        app(args=arguments, prog_name="fairclient")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except SayError as said:
        output.error(said, in_json=in_json)
        return FAILED
    except Exception as fault:
        output.error(_told(fault), in_json=in_json)
        return BUG
    return 0


def _speak(language: str) -> None:
    if language and not language.lower().startswith(words.set_language(language)):
        raise BadInput(
            _("No hay un idioma «{language}».").format(language=language),
            do=_("Elija uno de: {all}.").format(all=", ".join(words.languages())),
            code="unknown-language",
        )


def _told(fault: Exception) -> SayError:
    """Log a fault of ours under a reference and say so in words."""
    reference = log.bug(fault)
    return SayError(
        _("El programa tuvo una falla suya y no terminó la orden."),
        _("Lo que ya estaba guardado sigue guardado."),
        _("Repita la orden; si vuelve a pasar, informe esta referencia: {reference}.").format(
            reference=reference
        ),
        code="internal",
    )
