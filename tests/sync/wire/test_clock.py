"""The hybrid clock: readings only grow, whatever the wall clock of any laptop does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.wire import clock

walls = st.lists(st.integers(0, 2**42), min_size=1, max_size=30)


@given(walls)
def test_readings_grow_even_when_the_wall_clock_jumps_back(wall: list[int]) -> None:
    ticks = iter(wall)
    hybrid = clock.HybridClock(lambda: next(ticks))
    readings = [hybrid.tick() for _ in wall]
    assert readings == sorted(set(readings))


@given(st.integers(0, 2**41), st.integers(0, 2**46))
def test_a_reading_from_the_future_pulls_at_most_a_day(wall: int, theirs: int) -> None:
    hybrid = clock.HybridClock(lambda: wall)
    hybrid.witness(clock.pack(theirs))
    assert clock.milliseconds(hybrid.tick()) <= wall + clock.MAX_AHEAD_MS


@given(st.integers(0, 2**41), st.integers(0, 2**41))
def test_what_was_witnessed_comes_before_what_is_written_next(wall: int, theirs: int) -> None:
    hybrid = clock.HybridClock(lambda: wall)
    seen = clock.pack(min(theirs, wall + clock.MAX_AHEAD_MS - 1))
    hybrid.witness(seen)
    assert hybrid.tick() > seen


def test_a_reading_says_its_time() -> None:
    assert clock.milliseconds(clock.pack(1_773_500_000_123, 7)) == 1_773_500_000_123
