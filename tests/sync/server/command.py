"""Running `fairserver` commands inside the test's own process."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from sync.server.cli.main import main


class Ran(NamedTuple):
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read the output of a `--json` command."""
        assert self.code == 0, self.err
        return json.loads(self.out)


@contextmanager
def _own_log() -> Iterator[None]:
    """Undo what a command that serves does to the log of the process: here many run in one."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


class Commands:
    """Runs commands against one database."""

    def __init__(self, address: str, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.address = address
        self._patch = patch
        self._capsys = capsys

    def __call__(self, *words: str) -> Ran:
        """Run a command; the database is named by the environment."""
        self._capsys.readouterr()
        with self._patch.context() as patch:
            patch.setenv("FAIRSERVER_DATABASE", self.address)
            patch.setattr(sys, "argv", ["fairserver", *words])
            with _own_log():
                code = self._run()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err, err
        return Ran(code, out, err)

    def _run(self) -> int:
        try:
            main()
        except SystemExit as stop:
            return int(stop.code or 0)
        return 0
