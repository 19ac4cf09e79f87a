"""The runner: lanes, order, delivery on the window's thread, failures, forgetting, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fairclient.base.errors import DiskFull
from fairclient.ui.runner import Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    with Runner() as runner:
        yield runner


def test_work_is_done_elsewhere_and_told_here(qtbot: QtBot, runner: Runner) -> None:
    heard: list[tuple[object, int]] = []
    here = threading.get_ident()
    job = runner.database(threading.get_ident)
    job.done.connect(lambda there: heard.append((there, threading.get_ident())))
    qtbot.waitUntil(runner.is_idle)
    assert len(heard) == 1
    assert heard[0][0] != here
    assert heard[0][1] == here


def test_the_database_is_asked_one_thing_at_a_time_in_order(qtbot: QtBot, runner: Runner) -> None:
    done: list[int] = []
    told: list[int] = []
    for n in range(50):
        runner.database(done.append, n).done.connect(lambda _nothing, n=n: told.append(n))
    qtbot.waitUntil(runner.is_idle)
    assert done == told == list(range(50))


def test_the_network_does_not_hold_up_the_database(qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    slow = runner.network(gate.wait, 30)
    with qtbot.waitSignal(runner.database(int, "7").done) as fast:
        pass
    assert fast.args == [7]
    with qtbot.waitSignal(slow.done) as released:
        gate.set()
    assert released.args == [True]


def test_a_failure_goes_to_who_asked(qtbot: QtBot, runner: Runner) -> None:
    unanswered: list[Exception] = []
    runner.unanswered.connect(unanswered.append)
    job = runner.database(_fail)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert isinstance(failed.args[0], DiskFull)
    assert unanswered == []


def test_a_failure_that_nobody_listens_to_goes_to_the_window(qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.unanswered) as told:
        runner.database(_fail)
    assert isinstance(told.args[0], DiskFull)


def test_what_is_forgotten_is_not_delivered(qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    ran: list[str] = []
    told: list[object] = []
    first = runner.database(gate.wait, 30)
    second = runner.database(ran.append, "second")
    for job in (first, second):
        job.done.connect(told.append)
        job.forget()
    gate.set()
    qtbot.waitUntil(runner.is_idle)
    assert told == []
    assert ran == []  # it had not begun, so it never does


def test_closing_finishes_what_is_under_way_and_joins(qtbot: QtBot) -> None:
    begun, finished = threading.Event(), []
    told: list[object] = []

    def work() -> None:
        begun.set()
        finished.append(threading.current_thread())

    runner = Runner()
    runner.database(work).done.connect(told.append)
    assert begun.wait(30)
    runner.close()
    assert len(finished) == 1
    assert not finished[0].is_alive()
    late = runner.database(finished.append, None)
    assert late.forgotten
    qtbot.wait(1)
    assert told == []
    assert len(finished) == 1


def _fail() -> None:
    raise DiskFull("No queda espacio.")
