"""A real `fairserver serve` process to measure, and stations that speak to it on one kept connection each."""

from __future__ import annotations

import http.client
import os
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
    """A station on one connection; the receipts that it got, and the seconds that each took."""

    def __init__(self, address: str, laptop: Laptop) -> None:
        place = urlsplit(address)
        self._line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
        self._laptop = laptop
        self._token = ""
        self.receipts: list[Receipt] = []
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

    def send(self, packed: bytes) -> None:
        """Send a batch; the receipt must cover it."""
        start = time.perf_counter()
        reply = self._ask("POST", routes.BATCHES, packed, routes.BATCH)
        self.seconds.append(time.perf_counter() - start)
        self.receipts.append(Receipt.model_validate_json(reply))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _ask(self, method: str, path: str, content: bytes = b"", media: str = routes.JSON) -> bytes:
        headers = {routes.H_WIRE: "1", routes.H_ECHO: "bench", "Content-Type": media}
        if media == routes.BATCH:
            headers[routes.H_COMPRESSION] = "zstd"
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        self._line.request(method, path, content or None, headers)
        reply = self._line.getresponse()
        found = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{path} answered {reply.status}: {found[:200]!r}")
        return found
