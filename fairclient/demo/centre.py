"""A central server for the demo: the real program, as a process of its own, on loopback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

from fairclient.base.server_program import fairserver

_LISTENING = re.compile(r"listening on (https?://\S+)")
_PATIENCE_S = 60
ROLES = "registrar,desk,supervisor"
EVERY_ROLE = f"{ROLES},protection"
"""Of a laptop that stands for all desks of a small fair, the protected ones too."""


class CentreFailed(Exception):
    """The central server said no, or did not start."""


class Centre:
    """`fairserver` on a SQLite file in a folder; it can be stopped and started again on the same port."""

    def __init__(self, folder: Path, *serve_with: str) -> None:
        """``serve_with`` are more words for the command that listens."""
        self.database = f"sqlite:///{(folder / 'centre.db').as_posix()}"
        self._folder = folder
        self._serve_with = serve_with
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def init(self) -> None:
        """Make the database with the fictional demo fair."""
        self._command("init")

    def enrolment_code(self, name: str, point: str, roles: str = ROLES) -> str:
        """Return a single-use code for a station, whose first operator has ``roles``."""
        words = ("enrolment-code", "--fair", "DEMO", "--name", name, "--point", point, "--roles", roles)
        answer = json.loads(self._command(*words, "--json"))
        return str(answer["code"])

    def state(self) -> dict[str, Any]:
        """Return counts and the state digest of the demo fair."""
        found: dict[str, Any] = json.loads(self._command("state", "--json", "--fair", "DEMO"))
        return found

    def start(self) -> None:
        """Start listening; the second time on the port of the first.

        Raises CentreFailed.
        """
        with (self._folder / "centre.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*fairserver(), "serve", *self._words()],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=_environment(),
            )
        self.url = self._wait_for_address(self._process)
        self._port = int(self.url.rsplit(":", 1)[1])

    def stop(self) -> None:
        """Stop listening and wait until the process has ended."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None

    def _words(self) -> tuple[str, ...]:
        return ("--database", self.database, "--listen", f"127.0.0.1:{self._port}", *self._serve_with)

    def _wait_for_address(self, process: subprocess.Popen[str]) -> str:
        """Read the line in which the server says where it listens; a watchdog ends one that never does."""
        watchdog = threading.Timer(_PATIENCE_S, process.kill)
        watchdog.start()
        try:
            for line in process.stdout or ():
                found = _LISTENING.search(line)
                if found:
                    return found.group(1)
        finally:
            watchdog.cancel()
        log = (self._folder / "centre.log").read_text(encoding="utf-8", errors="replace")
        raise CentreFailed(f"the central server did not start: {log[-500:]}")

    def _command(self, *arguments: str) -> str:
        done = subprocess.run(
            [*fairserver(), *arguments, "--database", self.database],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE_S,
            env=_environment(),
            check=False,
        )
        if done.returncode:
            raise CentreFailed(f"fairserver {arguments[0]}: {done.stderr[-500:]}")
        return done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
