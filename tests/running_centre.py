"""A central server that listens as a process of its own, for as long as it is needed."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from fairclient.demo.centre import Centre
from sync.server.cli.main import app

CentreT = TypeVar("CentreT", bound=Centre)


class NearCentre(Centre):
    """A centre whose commands run inside the test's own process: starting one takes a second each time."""

    def _command(self, *arguments: str) -> str:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            app([*arguments, "--database", self.database], standalone_mode=False)
        return said.getvalue()


@contextmanager
def running(centre: CentreT) -> Iterator[CentreT]:
    """Make its database with the demo fair, let it listen, and stop it at the end whatever happens."""
    centre.init()
    try:
        centre.start()
        yield centre
    finally:
        centre.stop()
