"""The network in the window: passes by themselves, later after each failure, at once when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, DATA_SPENT, Settings
from fairclient.store.hub_link import HubLink
from fairclient.ui.network import network as network_module
from fairclient.ui.network.network import AGAIN_MS, Network
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.truth_pill import BUSY, OFFLINE, ONLINE, TROUBLE
from fairclient.usecases.workplace import Workplace
from sync.client.report import SyncReport
from sync.client.trouble import SyncProblem, Trouble

HUB = HubLink(
    "01890000-0000-7000-8000-00000000000f", "Tienda", b"k" * 32, "00" * 32, ("https://127.0.0.1:1",)
)


@dataclass(frozen=True)
class Enrolled:
    """A workplace with a server, as far as the network looks at it."""

    home: Home
    clock: FixedClock

    @property
    def identity(self) -> Enrolled:
        return self

    server_url = "https://central.example"


@dataclass
class Weather:
    """What the servers answer, and what they were asked."""

    centre: Callable[[], SyncReport] = SyncReport
    hub: Callable[[], SyncReport] = SyncReport
    marks: list[str] = field(default_factory=list)
    link: HubLink | None = None
    asked: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def weather(monkeypatch: pytest.MonkeyPatch) -> Weather:
    """Fine weather, without a hub."""
    told = Weather()

    def synchronise(*_: Any, **given: Any) -> SyncReport:
        told.asked.append("centre")
        told.given = given
        return told.centre()

    def with_hub(*_: Any, **_given: Any) -> SyncReport:
        told.asked.append("hub")
        return told.hub()

    def wait(_place: Any, mark: str, _on_line: Any) -> str:
        told.asked.append(f"wait {mark}")
        if not told.marks:
            raise Trouble("refused")
        return told.marks.pop(0)

    monkeypatch.setattr(network_module, "synchronise", synchronise)
    monkeypatch.setattr(network_module, "synchronise_with_hub", with_hub)
    monkeypatch.setattr(network_module, "wait_for_news", wait)
    monkeypatch.setattr(network_module, "joined", lambda _place: told.link)
    return told


@pytest.fixture
def network(runner: Runner, weather: Weather, practice_home: Home, clock: FixedClock) -> Network:
    """The network of a laptop that was enrolled."""
    return Network(Enrolled(practice_home, clock), runner)  # type: ignore[arg-type]  # all that it looks at


def problem(code: str, journal: str = "", wait: float | None = None) -> SyncReport:
    return SyncReport(problem=SyncProblem(code, "", journal, wait))


def told(network: Network) -> str:
    """Return the code of the last pass's problem, "" for none."""
    report: Any = network.report
    return str(report.problem.code) if report.problem else ""


def settle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(runner.is_idle)


@pytest.mark.parametrize(
    ("code", "state"),
    [("", ONLINE), ("offline", OFFLINE), ("timeout", OFFLINE), ("portal", TROUBLE), ("revoked", TROUBLE)],
)
def test_a_pass_says_how_the_network_is(
    qtbot: QtBot, network: Network, weather: Weather, code: str, state: str
) -> None:
    report = problem(code) if code else SyncReport()
    weather.centre = lambda: report
    states: list[str] = []
    network.state_changed.connect(states.append)
    with qtbot.waitSignal(network.finished):
        network.start()
    assert states[0] == BUSY
    assert network.state == state
    assert network.report is report
    assert network.centre.next_ms() >= 0, "and again, with no hand on the laptop"
    network.stop()
    assert network.centre.next_ms() == -1


def test_a_pass_that_brought_something_tells_the_pages(
    qtbot: QtBot, network: Network, weather: Weather
) -> None:
    weather.centre = lambda: SyncReport(received=3)
    with qtbot.waitSignal(network.brought) as brought:
        network.sync_now()
    assert brought.args is not None
    assert {"attendee", "slip", "receipt"} <= brought.args[0]
    network.stop()


def test_a_bug_in_a_pass_is_told_and_the_next_pass_comes_all_the_same(
    qtbot: QtBot, network: Network, weather: Weather
) -> None:
    def bug() -> SyncReport:
        raise ZeroDivisionError

    weather.centre = bug
    with qtbot.waitSignal(network.failed) as failed:
        network.sync_now()
    assert failed.args is not None
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert network.state == TROUBLE
    assert network.centre.next_ms() >= 0
    network.stop()


def test_after_a_bug_no_pass_comes_by_itself_where_only_hands_begin_one(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    def bug() -> SyncReport:
        raise ZeroDivisionError

    weather.centre = bug
    network.set_automatic(False)
    with qtbot.waitSignal(network.failed):
        network.sync_now()
    settle(qtbot, runner)
    assert (network.state, network.centre.next_ms()) == (TROUBLE, -1)


def test_a_bug_in_a_pass_that_was_under_way_begins_nothing_once_stopped(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    def bug() -> SyncReport:
        raise ZeroDivisionError

    weather.link, weather.hub = HUB, bug
    network.hub.begun.connect(network.stop)
    with qtbot.waitSignal(network.failed):
        network.start()
    settle(qtbot, runner)
    assert (network.centre.next_ms(), network.hub.next_ms()) == (-1, -1)


def test_each_failure_waits_longer_up_to_half_a_minute_and_a_person_ends_the_wait(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    """I15: never so long that a healed network leaves the queue full for a minute."""
    weather.centre = lambda: problem("offline")
    waits = []
    network.start()
    settle(qtbot, runner)
    for _ in range(9):
        waits.append(network.centre.next_ms())
        network.centre.go()
        settle(qtbot, runner)
    assert all(0 <= wait <= 30_000 * 1.05 for wait in waits)  # Qt's timers are as coarse as that
    assert waits[0] <= 1000 < 10_000 < waits[-1]
    asked = len(weather.asked)
    weather.centre = SyncReport
    network.sync_now()
    settle(qtbot, runner)
    assert len(weather.asked) == asked + 1
    assert not network.centre.is_failing
    assert network.centre.next_ms() <= AGAIN_MS * 1.05  # Qt's timers are as coarse as that
    network.stop()


def test_another_network_is_tried_at_once(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    weather.centre = lambda: problem("offline")
    network.start()
    settle(qtbot, runner)
    weather.centre = SyncReport
    network._change.changed.emit()
    settle(qtbot, runner)
    assert (network.state, weather.asked) == (ONLINE, ["centre", "centre"])
    network.stop()


def test_what_the_server_asks_for_is_honoured(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    weather.centre = lambda: problem("busy", wait=120)
    network.start()
    settle(qtbot, runner)
    assert 60_000 < network.centre.next_ms() <= 120_000
    network.stop()


def test_one_journals_trouble_is_not_the_lines(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    weather.centre = lambda: problem("gap", "a/1/b")
    network.start()
    settle(qtbot, runner)
    assert not network.centre.is_failing
    network.stop()


def test_lessons_are_kept_from_pass_to_pass(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    network.start()
    settle(qtbot, runner)
    first = weather.given["lessons"]
    network.sync_now()
    settle(qtbot, runner)
    assert weather.given["lessons"] is first is not network.hub.lessons
    network.stop()


def test_by_hand_only_where_somebody_turned_it_off(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner, practice_home: Home
) -> None:
    network.set_automatic(False)
    network.start()
    settle(qtbot, runner)
    assert weather.asked == []
    network.sync_now()
    settle(qtbot, runner)
    assert (weather.asked, network.centre.next_ms()) == (["centre"], -1)
    assert Settings(practice_home.settings).get(AUTO_SYNC) is False
    network.set_automatic(True)
    settle(qtbot, runner)
    assert weather.asked == ["centre", "centre"]
    network.stop()


def test_the_days_data_are_counted_and_limited(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    network._settings.set(DATA_LIMIT_MB, 1)

    def spend() -> SyncReport:
        try:
            weather.given["traffic"].begin(600_000)
        except Trouble as trouble:
            return problem(trouble.code)
        return SyncReport()

    weather.centre = spend
    network.sync_now()
    settle(qtbot, runner)
    assert network._settings.get(DATA_SPENT).partition(":")[2].startswith("600")
    assert told(network) == ""
    network.sync_now()
    settle(qtbot, runner)
    assert told(network) == "data-limit"
    network._settings.set(DATA_LIMIT_MB, 2)
    network.sync_now()
    settle(qtbot, runner)
    assert told(network) == ""
    network.stop()


def test_a_hub_is_listened_to_and_hears_what_is_written_here(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    weather.link = HUB
    weather.hub = lambda: SyncReport(tier="hub", mark="2", received=1)
    weather.marks = ["2", "3"]
    network.start()
    qtbot.waitUntil(lambda: weather.asked.count("wait 2") >= 3)
    assert weather.asked.count("hub") >= 2, "the mark changed, so the heads were compared again"
    settle(qtbot, runner)
    network.stop()
    before = weather.asked.count("hub")
    network._stopped = False
    network.written()
    qtbot.waitUntil(lambda: weather.asked.count("hub") > before)
    network.stop()
    settle(qtbot, runner)


def test_another_hub_begins_without_the_trouble_of_the_one_before(
    qtbot: QtBot, network: Network, weather: Weather, runner: Runner
) -> None:
    weather.link = HUB
    weather.hub = lambda: SyncReport(problem=SyncProblem("refused", ""))
    network.start()
    settle(qtbot, runner)
    assert network.hub_report.problem is not None
    network.stop()
    network.look_for_hub()
    assert network.hub_report is None
    settle(qtbot, runner)


def test_a_practice_fair_never_asks_the_network(place: Workplace, runner: Runner, qtbot: QtBot) -> None:
    network = Network(place, runner)
    network.start()
    assert not network.has_centre
    settle(qtbot, runner)
    assert network.state == OFFLINE
    network.stop()
