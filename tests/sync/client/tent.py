"""A real hub: `fairserver hub` as a process on loopback, steered as the window does it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.client.http import HttpTransport
from sync.wire import signing
from tests.sync.client.real import Station

ROOT = Path(__file__).parents[3]
SECRET = "5a" * 32


@dataclass
class Tent:
    """A running hub."""

    process: subprocess.Popen[str]
    told: dict[str, Any]

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self.told["addresses"][0])

    def code(self) -> str:
        """Ask the hub for a code to join."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("code\n")
        self.process.stdin.flush()
        return str(json.loads(self.process.stdout.readline())["code"])

    def line(self, station: Station, code: str = "", **more: Any) -> HttpTransport:
        """Return a line of a station to this hub, with key and certificate pinned."""
        pinned = {"fingerprint": self.told["certificate"], "code": code} | more
        key = bytes.fromhex(self.told["key"])
        return HttpTransport(self.url, station.station, station.key, key, **pinned)


def setting(station: Station, secret: str = SECRET, **more: str) -> str:
    """Return what the laptop of a station tells its hub."""
    content = {
        "key": secret,
        "name": "Concentrador ficticio",
        "fair": station.fair,
        "centre": station.centre,
        "centre_key": station.server_key.hex(),
        "station": station.station,
        "station_key": signing.public_bytes(station.key).hex(),
    }
    return json.dumps(content | more)


def started(folder: Path, first_line: str) -> subprocess.Popen[str]:
    """Start a hub's process and give it its setting."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", "hub", "--folder", str(folder), "--listen", "127.0.0.1:0"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(first_line + "\n")
    process.stdin.flush()
    return process


@contextmanager
def hub(folder: Path, station: Station, **more: str) -> Iterator[Tent]:
    """Give a running hub on the machine of a station; it ends with its standard input."""
    process = started(folder, setting(station, **more))
    assert process.stdin and process.stdout
    try:
        line = process.stdout.readline()
        if not line:
            raise AssertionError(process.communicate(timeout=60)[1])
        yield Tent(process, json.loads(line))
    finally:
        if process.poll() is None:
            process.stdin.close()
            process.stdin = None
        try:
            process.communicate(timeout=60)
        finally:
            process.kill()
