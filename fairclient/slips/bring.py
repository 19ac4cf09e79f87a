"""What to bring next: said on the slip by service, and never so that it tells a protected one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from fairclient.base import resources

EVERYBODY = "*"


def to_bring(services: Iterable[str]) -> tuple[str, ...]:
    """What the services with these codes ask for, in Spanish and each thing once; first what all slips say.

    The caller leaves sensitive services out (DP-06). A service that the list doesn't know adds nothing.
    """
    asked = [thing for code in (EVERYBODY, *services) for thing in _listed().get(code, ())]
    return tuple(dict.fromkeys(asked))


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """The lines of ``resources/slips/bring.csv`` by service."""
    listed: dict[str, tuple[str, ...]] = {}
    with resources.path("slips/bring.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed[row["service"]] = (*listed.get(row["service"], ()), row["bring"])
    return listed
