"""The clock and the ids made from it."""

from __future__ import annotations

import uuid
from datetime import date
from zoneinfo import ZoneInfoNotFoundError

import pytest

from fairclient.base.clock import FixedClock, SystemClock, day_of
from fairclient.base.ids import new_id, random_bytes

MIDNIGHT_UTC = 1_800_000_000_000 - 1_800_000_000_000 % 86_400_000


def test_the_day_in_colombia_begins_five_hours_after_utc() -> None:
    assert day_of(MIDNIGHT_UTC) == day_of(MIDNIGHT_UTC - 1)
    assert day_of(MIDNIGHT_UTC + 5 * 3_600_000) != day_of(MIDNIGHT_UTC + 5 * 3_600_000 - 1)


def test_a_computer_without_time_zones_still_knows_colombia(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    expected = [day_of(MIDNIGHT_UTC + hour * 3_600_000) for hour in range(24)]
    monkeypatch.setattr("zoneinfo.ZoneInfo", unknown)
    assert [day_of(MIDNIGHT_UTC + hour * 3_600_000) for hour in range(24)] == expected


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(1_000)
    clock.advance(2.5)
    assert clock.now_ms() == 3_500
    clock.advance(-3)
    assert clock.now_ms() == 500
    assert clock.today() == date(1969, 12, 31)


def test_the_system_clock_is_after_the_program_was_written() -> None:
    assert SystemClock().now_ms() > 1_700_000_000_000
    assert SystemClock().today().year >= 2023


def test_ids_are_uuid7_with_the_clocks_milliseconds() -> None:
    made = [new_id(FixedClock(1_790_000_000_123)) for _ in range(100)]
    assert len(set(made)) == 100
    for text in made:
        assert uuid.UUID(text).version == 7
        assert uuid.UUID(text).int >> 80 == 1_790_000_000_123
        assert text == text.lower()


def test_random_bytes_have_the_length_asked() -> None:
    assert len(random_bytes(33)) == 33
