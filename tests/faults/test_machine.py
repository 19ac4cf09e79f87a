"""Three laptops, hub and centre under a dropping, repeating, reordering sky: all promises hold in any order.

Hypothesis chooses what people do, what the network does, who dies, whose disk is put back, which clock jumps,
who is hub, who is erased or shut out. After every step no receipt may promise too much; at the end the sky
clears, and nothing may be lost, doubled, different or stuck. `FAIR_STORMS` in the environment asks for more
examples than the short form runs.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.faults.blowing import blow
from tests.faults.line import BAD
from tests.faults.storm import JUMPS, MOST_COPIES, NAMES, Storm
from tests.faults.world import SERVICES, a_world

WHO = st.integers(0, 2)
WHICH = st.integers(0, 999)
WEATHER = st.lists(st.sampled_from(("fine", "fine", *BAD)), max_size=8)
SOME_SERVICES = st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3)


class AFairInAStorm(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.storm: Storm = None  # type: ignore[assignment]  # from the first step on

    @initialize()
    def open_the_fair(self) -> None:
        """Build the fair."""
        self.storm = Storm(self._stack.enter_context(a_world()))

    @rule(who=WHO, name=st.sampled_from(NAMES), services=SOME_SERVICES)
    def register(self, who: int, name: str, services: list[str]) -> None:
        """Somebody comes."""
        self.storm.register(who, name, services)

    @precondition(lambda self: self.storm.registered)
    @rule(who=WHO, which=WHICH, value=st.integers(0, 8), blind=st.booleans())
    def correct(self, who: int, which: int, value: int, blind: bool) -> None:
        """Something was wrong."""
        self.storm.correct(who, which, value, blind=blind)

    @precondition(lambda self: self.storm.registered)
    @rule(who=WHO, which=WHICH, served=st.booleans())
    def serve(self, who: int, which: int, served: bool) -> None:
        """A desk does its work."""
        self.storm.serve(who, which, served=served)

    @precondition(lambda self: self.storm.outcomes)
    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        """A desk made a mistake."""
        self.storm.undo(which)

    @precondition(lambda self: self.storm.registered)
    @rule(who=WHO)
    def close_day(self, who: int) -> None:
        """The day is counted and approved."""
        self.storm.close_day(who)

    @precondition(lambda self: self.storm.registered)
    @rule(who=st.integers(0, 3), which=WHICH)
    def erase(self, who: int, which: int) -> None:
        """Somebody is erased, at a laptop or at the centre."""
        if who == 3:
            self.storm.erase_at_the_centre(which)
        else:
            self.storm.erase(who, which)

    @rule(who=WHO, kind=st.sampled_from(["hologram", "attendee"]))
    def poison(self, who: int, kind: str) -> None:
        """An entry that nobody understands."""
        self.storm.poison(who, kind)

    @rule(who=WHO, weather=WEATHER)
    def sync(self, who: int, weather: list[Any]) -> None:
        """A pass."""
        self.storm.sync(who, weather)

    @rule(who=WHO)
    def host(self, who: int) -> None:
        """A hub begins, comes back, or is taken over."""
        self.storm.host(who)

    @precondition(lambda self: self.storm.world.host is not None)
    @rule(who=WHO, weather=WEATHER)
    def meet_in_the_tent(self, who: int, weather: list[Any]) -> None:
        """A pass with the hub."""
        self.storm.meet_in_the_tent(who, weather)

    @precondition(lambda self: self.storm.world.host is not None)
    @rule()
    def hub_dies(self) -> None:
        """The hub is gone at noon."""
        self.storm.hub_dies()

    @precondition(lambda self: self.storm.registered)
    @rule(who=WHO, everything=st.booleans())
    def save_stick(self, who: int, everything: bool) -> None:
        """A stick is written."""
        self.storm.save_stick(who, everything=everything)

    @precondition(lambda self: self.storm.sticks)
    @rule(who=WHO, which=WHICH)
    def use_stick(self, who: int, which: int) -> None:
        """A stick of now or of before is read."""
        self.storm.use_stick(who, which)

    @precondition(lambda self: self.storm.world.sky.in_the_air)
    @rule(which=WHICH)
    def land(self, which: int) -> None:
        """A late arrival."""
        self.storm.land(which)

    @rule(who=WHO)
    def die(self, who: int) -> None:
        """A power cut."""
        self.storm.die(who)

    @rule(who=WHO, seconds=st.sampled_from(JUMPS))
    def jump(self, who: int, seconds: int) -> None:
        """A clock that is set."""
        self.storm.jump(who, seconds)

    @rule(up=st.booleans())
    def reach(self, up: bool) -> None:
        """The server goes and comes."""
        self.storm.reach(up=up)

    @precondition(lambda self: len(self.storm.copies) < MOST_COPIES)
    @rule()
    def copy_centre(self) -> None:
        """A backup."""
        self.storm.copy_centre()

    @precondition(lambda self: self.storm.copies)
    @rule(which=WHICH)
    def restore_centre(self, which: int) -> None:
        """A restored backup."""
        self.storm.restore_centre(which)

    @precondition(lambda self: len(self.storm.images) < MOST_COPIES)
    @rule(who=WHO)
    def image(self, who: int) -> None:
        """An image of a laptop."""
        self.storm.image(who)

    @precondition(lambda self: self.storm.images)
    @rule(which=WHICH)
    def put_back(self, which: int) -> None:
        """A restored laptop."""
        self.storm.put_back(which)

    @rule(who=WHO, kind=st.sampled_from(["station", "operator"]))
    def withdraw(self, who: int, kind: str) -> None:
        """Access is withdrawn."""
        self.storm.withdraw(who, kind)

    @precondition(lambda self: self.storm.witness.withdrawn)
    @rule(which=WHICH)
    def give_back(self, which: int) -> None:
        """It was a mistake."""
        self.storm.give_back(which)

    @invariant()
    def no_promise_is_broken(self) -> None:
        """After every step."""
        if self.storm is not None:
            self.storm.check()

    def teardown(self) -> None:
        """The sky clears."""
        with self._stack:
            if self.storm is not None:
                self.storm.end()


AFairInAStorm.TestCase.settings = settings(
    max_examples=int(os.environ.get("FAIR_STORMS", "4")),
    stateful_step_count=int(os.environ.get("FAIR_STORM_STEPS", "24")),
    derandomize="FAIR_STORMS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
TestAFairInAStorm = AFairInAStorm.TestCase


def test_a_long_storm_over_five_laptops() -> None:
    with a_world("ABCDE") as world:
        blow(Storm(world), 1, 100)
