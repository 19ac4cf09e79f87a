"""A storm drawn from a seed: the same seed is the same storm."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.faults.line import BAD, Weather
from tests.faults.storm import JUMPS, NAMES, Storm
from tests.faults.world import SERVICES

SELDOM = 0.25


def blow(storm: Storm, seed: int, acts: int, weathers: Sequence[Weather] = ("fine", "fine", *BAD)) -> None:
    """Let a storm blow for so many acts, and the sky clear after them."""
    draw = random.Random(seed)
    for _act in range(acts):
        _one_act(storm, draw, weathers)
        storm.check()
    storm.end()


def _one_act(storm: Storm, draw: random.Random, weathers: Sequence[Weather]) -> None:
    who, which = draw.randrange(1000), draw.randrange(1000)
    greeting: list[Weather] = ["fine"] * draw.choice((0, 3))  # half of the passes get further than hello
    weather = greeting + [draw.choice(weathers) for _ in range(draw.randrange(8))]
    some = draw.sample(SERVICES, draw.randrange(1, len(SERVICES) + 1))
    if not storm.registered:
        storm.register(who, draw.choice(NAMES), some)
        return
    often: tuple[Callable[[], None], ...] = (
        lambda: storm.register(who, draw.choice(NAMES), some),
        lambda: storm.correct(who, which, draw.randrange(9), blind=draw.random() < 0.5),
        lambda: storm.serve(who, which, served=draw.random() < 0.7),
        lambda: storm.sync(who, weather),
        lambda: storm.sync(who, weather),
        lambda: storm.meet_in_the_tent(who, weather),
        lambda: storm.reach(up=draw.random() < 0.8),
        lambda: storm.land(which),
    )
    seldom: tuple[Callable[[], None], ...] = (
        lambda: storm.poison(who, draw.choice(("hologram", "attendee"))),
        lambda: storm.die(who),
        lambda: storm.jump(who, draw.choice(JUMPS)),
        storm.copy_centre,
        lambda: storm.restore_centre(which),
        lambda: storm.image(who),
        lambda: storm.put_back(which) if storm.images else None,
        lambda: storm.undo(which) if storm.outcomes else None,
        lambda: storm.host(who),
        storm.hub_dies,
        lambda: storm.save_stick(who, everything=draw.random() < 0.3),
        lambda: storm.use_stick(who, which) if storm.sticks else None,
        lambda: storm.close_day(who),
        lambda: storm.erase(who, which),
        lambda: storm.erase_at_the_centre(which),
        lambda: storm.withdraw(who, draw.choice(("station", "operator"))),
        lambda: storm.give_back(which) if storm.witness.withdrawn else None,
    )
    draw.choice(seldom if draw.random() < SELDOM else often)()
