"""The clock, as something that is handed in: the system's in use, a fixed one in tests."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Protocol

COLOMBIA = "America/Bogota"

# Colombia has kept UTC-5 all the year since 1993; Windows brings no time zone data of its own.
_COLOMBIA_FIXED = timezone(timedelta(hours=-5), COLOMBIA)


def zone(name: str) -> tzinfo:
    """The time zone ``name``; Colombia's where this computer doesn't know it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 (start-up needs no zones)

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _COLOMBIA_FIXED


class Clock(Protocol):
    """Where the time comes from."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""

    def today(self, tz: str = COLOMBIA) -> date:
        """The calendar day in time zone ``tz``."""


class SystemClock:
    """The computer's clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000

    def today(self, tz: str = COLOMBIA) -> date:
        """The calendar day in time zone ``tz``."""
        return day_of(self.now_ms(), tz)


class FixedClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, now_ms: int = 1_790_000_000_000) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return self._now_ms

    def today(self, tz: str = COLOMBIA) -> date:
        """The calendar day in time zone ``tz``."""
        return day_of(self._now_ms, tz)

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds``; a negative number turns the clock back."""
        self._now_ms += round(seconds * 1000)


def moment(ms: int) -> datetime:
    """The UTC moment ``ms`` milliseconds after 1970-01-01."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)


def day_of(ms: int, tz: str = COLOMBIA) -> date:
    """The calendar day in time zone ``tz`` at ``ms`` milliseconds since 1970."""
    return moment(ms).astimezone(zone(tz)).date()
