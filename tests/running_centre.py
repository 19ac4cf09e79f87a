"""A central server as a process of its own, for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from fairclient.demo.centre import Centre

CentreT = TypeVar("CentreT", bound=Centre)


@contextmanager
def running(centre: CentreT) -> Iterator[CentreT]:
    """Make its database with the demo fair, let it listen, and stop it at the end whatever happens."""
    centre.init()
    try:
        centre.start()
        yield centre
    finally:
        centre.stop()
