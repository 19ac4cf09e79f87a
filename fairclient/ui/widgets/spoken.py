"""What a screen reader hears of several lines."""

from __future__ import annotations

from collections.abc import Iterable


def spoken(lines: Iterable[str]) -> str:
    """The lines that say something, apart as sentences; one that ends in a full stop gets no second one."""
    said = [line for line in lines if line]
    return ". ".join([*(line.removesuffix(".") for line in said[:-1]), *said[-1:]])
