"""Waiting: grows, stays under its cap, never in step, and ends at once when a person says so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.backoff import CAP_S, SERVER_CAP_S, Backoff


class Clock:
    """Monotonic seconds that the test moves."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def test_waits_double_up_to_the_cap() -> None:
    backoff = Backoff(Clock(), draw=lambda: 0.999999)
    waits = [backoff.failed() for _ in range(8)]
    assert waits == pytest.approx([1, 2, 4, 8, 16, 30, 30, 30], rel=1e-3)


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=200))
def test_no_wait_is_longer_than_half_a_minute_or_shorter_than_half_a_second(draws: list[float]) -> None:
    """A healed network is noticed within `CAP_S`, which leaves half of the minute for the pass."""
    numbers = iter(draws)
    backoff = Backoff(Clock(), draw=lambda: next(numbers))
    for _ in draws:
        assert 0.5 <= backoff.failed() <= CAP_S <= 30


def test_a_thousand_failures_overflow_nothing() -> None:
    backoff = Backoff(Clock(), draw=lambda: 0.5)
    for _ in range(1100):
        backoff.failed()
    assert backoff.failed() == pytest.approx(0.75 * CAP_S)
    assert backoff.failures == 1101


def test_forty_laptops_do_not_come_back_together() -> None:
    chance = random.Random(7)
    waits = []
    for _laptop in range(40):
        backoff = Backoff(Clock(), draw=chance.random)
        waits.append([backoff.failed() for _ in range(6)][-1])
    busiest = max(sum(start <= wait < start + 1 for wait in waits) for start in range(30))
    assert busiest <= 10


def test_what_the_server_asks_for_is_honoured_up_to_five_minutes() -> None:
    backoff = Backoff(Clock(), draw=lambda: 0.0)
    assert backoff.failed(retry_after=20) == 20
    assert backoff.failed(retry_after=86_400) == SERVER_CAP_S
    assert backoff.failed(retry_after=0) == 2


def test_the_wait_runs_down_with_the_clock_and_a_person_ends_it() -> None:
    clock = Clock()
    backoff = Backoff(clock, draw=lambda: 0.0)
    assert backoff.wait_s() == 0
    backoff.failed(retry_after=10)
    clock.s = 4
    assert backoff.wait_s() == 6
    backoff.reset()
    assert (backoff.wait_s(), backoff.failures) == (0, 0)
    assert backoff.failed() == 0.5, "after a reset it begins anew"
    clock.s = 4000
    assert backoff.wait_s() == 0
