"""A real `fairserver serve` process to measure, and stations that speak to it on one kept connection each."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.sync_laptops import Laptop
from sync.wire import routes, signing
from sync.wire.messages import Hello, SessionReply, SessionRequest
from sync.wire.receipt import Receipt

ROOT = Path(__file__).parents[1]
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@contextmanager
def served(database: str, *options: str) -> Iterator[str]:
    """Run a server on a database; give its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", "serve", "--listen", "127.0.0.1:0", *options],
        cwd=ROOT,
        env=os.environ | {"FAIRSERVER_DATABASE": database},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if "listening on" not in line:
            raise RuntimeError("the server did not start")
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.communicate(timeout=60)


class Speaker:
    """A station on one kept connection; the receipts that it got, and the seconds that each took.

    What is measured is the server: a batch is sealed, packed and put into its request beforehand, goes out
    through the bare socket, and what came back is read afterwards.
    """

    def __init__(self, address: str, laptop: Laptop) -> None:
        place = urlsplit(address)
        self._line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
        self._host = place.netloc
        self._laptop = laptop
        self._token = ""
        self._replies: list[bytes] = []
        self.seconds: list[float] = []

    def sign_in(self) -> Speaker:
        """Greet, and open a session."""
        hello = Hello.model_validate_json(self._ask("GET", routes.HELLO))
        message = signing.challenge_message(hello.server, self._laptop.station, hello.challenge)
        asked = SessionRequest(
            station=self._laptop.station,
            challenge=hello.challenge,
            signature=self._laptop.key.sign(message).hex(),
        )
        reply = self._ask("POST", routes.SESSION, asked.model_dump_json().encode())
        self._token = SessionReply.model_validate_json(reply).token
        return self

    def request(self, packed: bytes) -> bytes:
        """Return the whole request that carries a batch."""
        headers = {
            "Host": self._host,
            routes.H_WIRE: "1",
            routes.H_ECHO: "bench",
            "Content-Type": routes.BATCH,
            routes.H_COMPRESSION: "zstd",
            "Authorization": f"Bearer {self._token}",
            "Content-Length": str(len(packed)),
        }
        lines = [f"POST {routes.BATCHES} HTTP/1.1", *(f"{name}: {text}" for name, text in headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + packed

    def send(self, request: bytes) -> None:
        """Send a batch's request, and wait for the whole reply."""
        line: socket.socket = self._line.sock
        start = time.perf_counter()
        line.sendall(request)
        self._replies.append(_reply(line))
        self.seconds.append(time.perf_counter() - start)

    def receipts(self) -> list[Receipt]:
        """Read what came back; each must be a receipt."""
        return [Receipt.model_validate_json(reply.partition(_END)[2]) for reply in self._replies]

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _ask(self, method: str, path: str, content: bytes = b"") -> bytes:
        headers = {routes.H_WIRE: "1", routes.H_ECHO: "bench", "Content-Type": routes.JSON}
        self._line.request(method, path, content or None, headers)
        reply = self._line.getresponse()
        found = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{path} answered {reply.status}: {found[:200]!r}")
        return found


def _reply(line: socket.socket) -> bytes:
    """Return a reply to the end of its body, as its head gives its length."""
    got = line.recv(65536)
    while got:
        head, end, content = got.partition(_END)
        length = _LENGTH.search(head)
        if end and length and len(content) >= int(length[1]):
            return got
        more = line.recv(65536)
        if not more:
            break
        got += more
    raise RuntimeError("the server hung up")
