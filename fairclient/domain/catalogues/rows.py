"""Reading a catalogue's file into rows."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from fairclient.base import resources

Row = Mapping[str, str]


@cache
def rows(catalogue: str) -> tuple[Row, ...]:
    """The rows of `resources/catalogues/<catalogue>.csv`, in order; FileNotFoundError if there is none."""
    with resources.path(f"catalogues/{catalogue}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file, strict=True))


def catalogues() -> tuple[str, ...]:
    """The names of all catalogues."""
    return tuple(sorted(file.stem for file in resources.path("catalogues").glob("*.csv")))
