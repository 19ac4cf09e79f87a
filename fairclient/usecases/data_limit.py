"""A limit on the bytes that a day may cost on somebody's telephone: what was spent, and what is left."""

from __future__ import annotations

from datetime import date
from typing import Final

from sync.client.traffic import Traffic

MEGABYTE: Final = 1_000_000


def spent_on(text: str, day: date) -> int:
    """The bytes that ``text``, as ``written`` makes it, says were spent on ``day``; 0 on another day."""
    named, _, bytes_ = text.partition(":")
    return int(bytes_) if named == day.isoformat() and bytes_.isascii() and bytes_.isdigit() else 0


def written(day: date, spent: int) -> str:
    """What is kept of the day and its bytes."""
    return f"{day.isoformat()}:{spent}"


def traffic(limit_mb: int, spent: int) -> Traffic:
    """The account of a pass: what is left of the day's limit, or no limit where that is 0."""
    return Traffic(max(0, limit_mb * MEGABYTE - spent) if limit_mb else None)
