"""What waits while others are being done is done together; an error is told to whom it concerns."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from sync.server.database import gathering
from sync.server.database.gathering import Gathering
from sync.wire.problem import WireError


class Work:
    """Doubles numbers once the gate is open; notes which were done together."""

    def __init__(self, lanes: int = 1) -> None:
        self.gathering: Gathering[int, int] = Gathering(lanes)
        self.groups: list[list[int]] = []
        self.gate = threading.Event()
        self.started = threading.Semaphore(0)

    def __call__(self, items: Sequence[int]) -> list[int | Exception]:
        self.groups.append(sorted(items))
        self.started.release()
        assert self.gate.wait(60)
        return [ValueError(item) if item == 13 else 2 * item for item in items]

    def choose(self, items: Sequence[int]) -> set[int]:
        """Odd numbers don't go with even ones."""
        return {place for place, item in enumerate(items) if item % 2 == items[0] % 2}

    def do(self, item: int) -> int:
        """Do one."""
        return self.gathering.do(item, self.choose, self)


def queued(work: Work, count: int) -> None:
    """Wait until so many stand in the queue."""
    pause = threading.Event()
    while work.gathering.waiting() < count:
        pause.wait(0.001)


def crowd(pool: ThreadPoolExecutor, work: Work, items: Sequence[int]) -> list[Future[int]]:
    """Start the first, let the others queue up behind it in their order."""
    futures = [pool.submit(work.do, items[0])]
    assert work.started.acquire(timeout=60)
    for place, item in enumerate(items[1:], 1):
        futures.append(pool.submit(work.do, item))
        queued(work, place)
    return futures


def test_a_single_one_waits_for_nobody() -> None:
    work = Work()
    work.gate.set()
    assert [work.do(1), work.do(2)] == [2, 4]
    assert work.groups == [[1], [2]]


def test_what_waits_is_done_together_and_the_rest_after_it() -> None:
    work = Work()
    with ThreadPoolExecutor(6) as pool:
        futures = crowd(pool, work, [1, 2, 3, 4, 5])
        work.gate.set()
        assert [future.result(60) for future in futures] == [2, 4, 6, 8, 10]
    assert work.groups == [[1], [2, 4], [3, 5]]


def test_an_error_of_one_is_not_the_others() -> None:
    work = Work()
    with ThreadPoolExecutor(6) as pool:
        futures = crowd(pool, work, [1, 13, 15])
        work.gate.set()
        assert [futures[0].result(60), futures[2].result(60)] == [2, 30]
        with pytest.raises(ValueError, match="13"):
            futures[1].result(60)


def test_what_the_work_raises_is_told_to_all_and_the_lane_is_free_again() -> None:
    work = Work()

    def broken(items: Sequence[int]) -> list[int | Exception]:
        raise OSError("no disk")

    for _ in range(3):
        with pytest.raises(OSError, match="no disk"):
            work.gathering.do(1, work.choose, broken)
    work.gate.set()
    assert work.do(4) == 8


def test_a_crowd_on_two_lanes_is_done_once_each() -> None:
    work = Work(lanes=2)
    work.gate.set()
    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(work.do, [2 * number for number in range(400)]))
    assert done == [4 * number for number in range(400)]
    assert sorted(item for group in work.groups for item in group) == [2 * n for n in range(400)]


def test_too_many_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_WAITING", 2)
    work = Work()
    with ThreadPoolExecutor(6) as pool:
        futures = crowd(pool, work, [1, 2, 3])
        with pytest.raises(WireError) as caught:
            work.do(4)
        work.gate.set()
        assert [future.result(60) for future in futures] == [2, 4, 6]
    assert caught.value.code == "busy"


def test_an_event_loop_waits_without_being_held_up() -> None:
    work = Work()

    async def talk() -> list[int | BaseException]:
        waiting = [asyncio.ensure_future(work.gathering.soon(item, work.choose, work)) for item in (2, 13, 4)]
        await asyncio.sleep(0)
        work.gate.set()
        return await asyncio.gather(*waiting, return_exceptions=True)

    given = asyncio.run(talk())
    assert (given[0], given[2]) == (4, 8) and isinstance(given[1], ValueError)


def test_a_lane_that_had_nothing_to_do_ends_and_the_next_item_starts_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "IDLE_SECONDS", 0.001)
    work = Work()
    work.gate.set()
    others = set(threading.enumerate())
    for number in range(10):
        assert work.do(number) == 2 * number
        for lane in set(threading.enumerate()) - others:
            lane.join(60)
            assert not lane.is_alive()
