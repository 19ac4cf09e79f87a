"""Listening on an address and answering until told to stop."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import typer
import uvicorn

from sync.server.changes import Changes
from sync.server.node import Node
from sync.server.web.app import create_app
from sync.server.web.guarded import Guarded
from sync.server.web.metrics import Metrics
from sync.server.words import Refusal

GRACE_SECONDS = 30
"""How long requests under way may take to end once the server is told to stop."""
KEEP_SECONDS = 75
"""How long a connection is kept without a request: a laptop thinks between two batches."""
SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)
"""What tells the server to stop: Ctrl-C, a service manager, on Windows also Ctrl-Break."""


class Tls(NamedTuple):
    """A certificate chain and its private key, both PEM files; `password` opens the key."""

    certificate: Path
    key: Path
    password: str | None = None


Announce: TypeAlias = Callable[[str, str, int, Callable[[], None]], None]
"""Told scheme, host and port as soon as the server listens, and what stops it from any thread."""


class _Announcing(uvicorn.Server):
    """Says where it listens as soon as it does, so that scripts can wait for the line."""

    announce: Announce
    changes: Changes

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self.announce("https" if self.config.is_ssl else "http", str(host), int(port), self._stop)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer those who wait for news, so that they don't hold up the end."""
        self.changes.stop()
        await super().shutdown(sockets)

    def _stop(self) -> None:
        self.should_exit = True


def say_where(scheme: str, host: str, port: int, _stop: Callable[[], None]) -> None:
    """Print where the server listens."""
    typer.echo(f"listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}")
    sys.stdout.flush()


def run(node: Node, listen: str, tls: Tls | None, announce: Announce = say_where) -> None:
    """Serve a node on `HOST:PORT` until one of `SIGNALS`; requests under way are finished first.

    Raises:
        Refusal: when the address can't be listened on.
    """
    with bound(*host_and_port(listen)) as listening:
        serve_on(node, listening, tls, announce)


def serve_on(
    node: Node,
    listening: socket.socket,
    tls: Tls | None,
    announce: Announce = say_where,
    metrics: Metrics | None = None,
) -> None:
    """Serve a node on a socket that listens, until one of `SIGNALS`."""
    config = uvicorn.Config(
        create_app(node, metrics),
        http=Guarded,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ssl_certfile=str(tls.certificate) if tls else None,
        ssl_keyfile=str(tls.key) if tls else None,
        ssl_keyfile_password=tls.password if tls else None,
    )
    for number in SIGNALS:
        signal.signal(number, _already_done)
    server = _Announcing(config)
    server.announce, server.changes = announce, node.changes
    server.run(sockets=[listening])


def _already_done(*_: object) -> None:
    """Do nothing: uvicorn raises the signal that stopped it once more when all is done."""


def host_and_port(listen: str) -> tuple[str, int]:
    """Read `HOST:PORT`.

    Raises:
        Refusal: when it is not that.
    """
    host, colon, port = listen.rpartition(":")
    if colon and port.isascii() and port.isdigit() and int(port) < 65536:
        return host.strip("[]") or "127.0.0.1", int(port)
    raise Refusal(f"{listen} is not an address to listen on. Write HOST:PORT, such as 127.0.0.1:8733.")


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket, or say in words why there is none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise Refusal(f"The host {host} is not known to this machine.") from error
    # Named as TCP, not just as a stream: only then does asyncio send small replies at once (TCP_NODELAY),
    # and without that each reply of two segments waits some 40 ms for the other end.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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
