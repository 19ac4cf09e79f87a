"""A small HTTP server on loopback that answers whatever a test tells it to, byte for byte."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sync.wire import routes


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def echo(self) -> str:
        return self.headers.get(routes.H_ECHO, "")


@dataclass
class Answer:
    """What to send back; `length` is the Content-Length that is claimed, None for none."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = -1
    raw: bytes | None = None

    def encoded(self) -> bytes:
        if self.raw is not None:
            return self.raw
        lines = [f"HTTP/1.1 {self.status} Scripted", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.length is not None:
            lines.append(f"Content-Length: {len(self.body) if self.length < 0 else self.length}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def marked(
    asked: Asked, body: bytes = b"{}", *, status: int = 200, media: str = routes.JSON, **more: str
) -> Answer:
    """Return an answer that carries our marks; `more` are headers with `_` for `-`."""
    extra = {name.replace("_", "-"): value for name, value in more.items()}
    headers = {"Content-Type": media, routes.H_WIRE: "1", routes.H_ECHO: asked.echo, **extra}
    return Answer(status, headers, body)


Script = Callable[[Asked], Answer]


class ScriptedServer(http.server.ThreadingHTTPServer):
    """Answers by a script and remembers what it was asked."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.asked: list[Asked] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet: clients that hang up are part of the tests."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ScriptedServer

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        asked = Asked(self.command, self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        self.close_connection = True
        self.wfile.write(self.server.script(asked).encoded())

    do_GET = _handle  # noqa: N815 (the library's name)
    do_POST = _handle  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Run a scripted server for as long as the block lasts."""
    server = ScriptedServer(script)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
