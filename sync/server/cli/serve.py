"""`fairserver serve`: answering on an address until told to stop."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from sync.server.app import create_app
from sync.server.cli.options import DatabaseOption, opened
from sync.server.words import Refusal

ListenOption = Annotated[str, typer.Option(help="HOST:PORT; port 0 takes a free one.")]
CertificateOption = Annotated[Path | None, typer.Option(help="A TLS certificate chain (PEM).")]
KeyOption = Annotated[Path | None, typer.Option(help="The certificate's private key (PEM).")]


class _Announcing(uvicorn.Server):
    """Says where it listens as soon as it does, so that scripts can wait for the line."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started and sockets:
            scheme = "https" if self.config.is_ssl else "http"
            host, port = sockets[0].getsockname()[:2]
            typer.echo(f"listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}")
            sys.stdout.flush()


def serve(
    database: DatabaseOption,
    listen: ListenOption = "127.0.0.1:8733",
    certificate: CertificateOption = None,
    key: KeyOption = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; requests under way are finished first."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr)
    _check_files(certificate, key)
    with opened(database) as node, _bound(*_host_and_port(listen)) as listening:
        config = uvicorn.Config(
            create_app(node),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=30,
            ssl_certfile=str(certificate) if certificate else None,
            ssl_keyfile=str(key) if key else None,
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(
                number, lambda *_: None
            )  # uvicorn raises the signal again when it has stopped: all is done
        _Announcing(config).run(sockets=[listening])
        typer.echo("stopped")


def _host_and_port(listen: str) -> tuple[str, int]:
    host, colon, port = listen.rpartition(":")
    if colon and port.isascii() and port.isdigit() and int(port) < 65536:
        return host.strip("[]") or "127.0.0.1", int(port)
    raise Refusal(f"{listen} is not an address to listen on. Write HOST:PORT, such as 127.0.0.1:8733.")


def _bound(host: str, port: int) -> socket.socket:
    """Return a listening socket, or say in words why there is none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise Refusal(f"The host {host} is not known to this machine.") from error
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # on Windows this option would let two servers share a port unnoticed
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise Refusal(_bind_told(error, host, port)) from error
    return listening


def _bind_told(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. Stop that one, or choose another port with --listen."
        )
    if error.errno == errno.EACCES:
        return f"This user may not use port {port}. Choose one above 1023 with --listen."
    return f"{host}:{port} can't be listened on: {error.strerror}."


def _check_files(certificate: Path | None, key: Path | None) -> None:
    if (certificate is None) != (key is None):
        raise Refusal("TLS needs both --certificate and --key.")
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise Refusal(f"There is no file {path}.")
