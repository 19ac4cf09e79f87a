"""A hub without a window makes its own passes, the centre's in their time and within the day's data."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, DATA_SPENT, Settings
from fairclient.usecases import keep_hub
from fairclient.usecases.keep_hub import CENTRE_EVERY_S, HubKeeper
from sync.client.report import SyncReport
from sync.client.trouble import SyncProblem, Trouble

DOWN = SyncReport(problem=SyncProblem("offline", ""))


class World:
    """The servers, the time, and what was asked of them."""

    def __init__(self, folder: Path) -> None:
        self.now = 100.0
        self.asked: list[str] = []
        self.slept: list[float] = []
        self.hub = SyncReport(tier="hub", mark="7")
        self.centre = SyncReport(tier="centre")
        self.waiting: Trouble | None = None
        self.settings = folder / "settings.json"
        here: Any = SimpleNamespace(
            identity=SimpleNamespace(server_url="https://central.example"),
            home=SimpleNamespace(settings=self.settings),
            clock=FixedClock(),
        )
        self.place = here

    def keeper(self) -> HubKeeper:
        """One that works in this world."""
        return HubKeeper(self.place, lambda _report: None, lambda: self.now, self.slept.append)

    def with_hub(self, *_: Any, **_more: Any) -> SyncReport:
        self.asked.append("hub")
        return self.hub

    def with_centre(self, *_: Any, traffic: Any, **_more: Any) -> SyncReport:
        self.asked.append("centre")
        traffic.received(1_000_000)
        return self.centre

    def wait(self, _place: object, mark: str, _on_line: object) -> str:
        self.asked.append(f"wait {mark}")
        if self.waiting is not None:
            raise self.waiting
        return mark


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    world = World(tmp_path)
    monkeypatch.setattr(keep_hub, "synchronise_with_hub", world.with_hub)
    monkeypatch.setattr(keep_hub, "synchronise", world.with_centre)
    monkeypatch.setattr(keep_hub, "wait_for_news", world.wait)
    return world


def test_the_centre_has_its_time_and_news_for_the_hub_go_on_at_once(world: World) -> None:
    keeper = world.keeper()
    world.centre = SyncReport(tier="centre", acknowledged=3)
    keeper.turn()
    assert world.asked == ["hub", "centre", "hub"], "receipts go back through the hub"
    world.now += CENTRE_EVERY_S - 1
    keeper.turn()
    assert world.asked[3:] == ["hub"]
    world.now += 1
    world.centre = SyncReport(tier="centre")
    keeper.turn()
    keeper.wait()
    assert world.asked[4:] == ["hub", "centre", "wait 7"]
    assert world.slept == []


def test_a_centre_that_is_away_is_asked_later_each_time(world: World) -> None:
    keeper = world.keeper()
    world.centre = DOWN
    for _turn in range(20):
        keeper.turn()
        world.now += 1
    assert 3 <= world.asked.count("centre") <= 6
    assert world.asked.count("hub") == 20


def test_a_hub_that_fails_is_left_alone_for_a_while(world: World) -> None:
    keeper = world.keeper()
    world.hub = DOWN
    keeper.turn()
    keeper.wait()
    assert 0.5 <= world.slept[0] <= 1.0 and "wait 7" not in world.asked
    world.hub = SyncReport(tier="hub", mark="7")
    world.waiting = Trouble("busy", retry_after=9.0)
    keeper.turn()
    keeper.wait()
    assert world.slept[1:] == [9.0]


def test_by_itself_only_where_that_was_chosen_and_within_the_limit(world: World) -> None:
    Settings(world.settings).set(AUTO_SYNC, False)
    world.keeper().turn()
    assert world.asked == ["hub"]
    Settings(world.settings).set(AUTO_SYNC, True)
    Settings(world.settings).set(DATA_LIMIT_MB, 5)
    world.keeper().turn()
    spent = Settings(world.settings).get(DATA_SPENT)
    assert spent.endswith(":1000000"), spent
