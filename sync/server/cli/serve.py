"""`fairserver serve`: answering on an address until told to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.server.cli.options import DatabaseOption, opened
from sync.server.words import Refusal

ListenOption = Annotated[str, typer.Option(help="HOST:PORT; port 0 takes a free one.")]
CertificateOption = Annotated[Path | None, typer.Option(help="A TLS certificate chain (PEM).")]
WorkersOption = Annotated[
    int,
    typer.Option(envvar="FAIRSERVER_WORKERS", help="Processes that answer; several need PostgreSQL."),
]
LogOption = Annotated[
    str, typer.Option(help="requests: each one, as a line of JSON; events: only what needs looking at.")
]
KeyOption = Annotated[Path | None, typer.Option(help="The certificate's private key (PEM).")]


def serve(
    database: DatabaseOption,
    listen: ListenOption = "127.0.0.1:8733",
    certificate: CertificateOption = None,
    key: KeyOption = None,
    workers: WorkersOption = 1,
    log: LogOption = "events",
) -> None:
    """Serve until Ctrl-C or SIGTERM; requests under way are finished first."""
    # FastAPI and uvicorn: the other commands start without
    from sync.server.web import listening, logs  # noqa: PLC0415
    from sync.server.web import workers as crew  # noqa: PLC0415

    _check_files(certificate, key)
    tls = listening.Tls(certificate, key) if certificate and key else None
    if log not in ("requests", "events"):
        raise Refusal("What is logged is requests or events.")
    logs.set_up(requests=log == "requests")
    if workers != 1:
        crew.run(database, listen, tls, workers, log)
    else:
        with opened(database) as node:
            listening.run(node, listen, tls)
    typer.echo("stopped")


def _check_files(certificate: Path | None, key: Path | None) -> None:
    if (certificate is None) != (key is None):
        raise Refusal("TLS needs both --certificate and --key.")
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise Refusal(f"There is no file {path}.")
