"""What people, networks, disks and clocks do on a bad day: acts in any order, and what must hold after."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final, Literal

from fairclient.base.errors import BadInput
from fairclient.store.queries import people as people_queries
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome, undo_outcome
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from sync.wire.attendee import Attendee
from tests.faults import witness as said
from tests.faults.line import BAD, Weather
from tests.faults.witness import NEIGHBOURHOODS, Witness
from tests.faults.world import SERVICES, START_MS, Laptop, World

NAMES: Final = ("Luz", "María José", "Ñusta", "O'Higgins", "Ana")
JUMPS: Final = (1, 60, 3600, 86_400, -1, -3600, -86_400)
MOST_COPIES: Final = 2
FURTHEST_MS: Final = 3 * 86_400_000


class Storm:
    """One bad day. Numbers choose: any whole number is an answer to "who" and "which"."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.witness = Witness()
        self.registered: list[Registered] = []
        self.outcomes: list[tuple[int, str]] = []
        self.images: list[tuple[int, Path]] = []
        self.copies: list[Path] = []
        self.forgetful = False
        """The centre was put back to an older backup: receipts are ahead until laptops give it all again."""

    # -- people

    def register(self, who: int, name: str, services: Sequence[str]) -> None:
        """Somebody is registered, and the page says that it is saved."""
        person = Attendee(
            given_names=name, first_surname="Ensayo", sex="F", profile="VP", birth_date=date(1990, 2, 3)
        )
        place = self._laptop(who).place
        done = register_attendee(place, Registration(person, tuple(sorted(set(services)))))
        self.witness.people.add(done.attendee)
        self.registered.append(done)

    def correct(self, who: int, which: int, value: int, *, blind: bool) -> None:
        """Somebody corrects a person, seen as she stands there, or (``blind``) knowing of no change since."""
        done = self._somebody(which)
        place = self._laptop(who).place
        with place.store.read() as session:
            page = people_queries.person(session, done.attendee)
        if page is None:
            return
        text = NEIGHBOURHOODS[value % len(NEIGHBOURHOODS)]
        correct_attendee(place, done.attendee, {"neighbourhood": text}, "" if blind else page.revision)
        self.witness.corrected.setdefault(done.attendee, set()).add(text)

    def serve(self, who: int, which: int, *, served: bool) -> None:
        """A desk serves whoever holds a slip that this laptop knows; another desk may serve the same slip."""
        done = self._somebody(which)
        place = self._laptop(who).place
        with place.store.read() as session:
            if people_queries.person(session, done.attendee) is None:
                return
        slip = read_slip(place, done.slip.code)
        owed = slip.owed[which % len(slip.owed)].service
        result: Literal["served", "not_served"] = "served" if served else "not_served"
        outcome = record_outcome(place, slip, owed, result, "" if served else "sin documento").outcome
        self.witness.outcomes.add(outcome)
        self.outcomes.append((who, outcome))

    def undo(self, which: int) -> None:
        """A desk takes back what it recorded, by a later entry."""
        who, outcome = self.outcomes[which % len(self.outcomes)]
        with suppress(BadInput):  # its disk was put back to before that
            self.witness.outcomes.add(undo_outcome(self._laptop(who).place, outcome))

    def poison(self, who: int, kind: str) -> None:
        """A newer program, or a fault, writes what no server understands: it must hold up nothing.

        Only the last laptop does, whose disk is never put back: what is in quarantine is handed to nobody, so
        that after a restored centre its own laptop alone can give it again.
        """
        del who
        place = self.world.laptops[-1].place
        with place.store.write(author=place.operator.id) as work:
            work._append(kind, place.operator.id, b'{"fact":{"sex":"?"},"salt":"00"}')

    # -- network, clocks and disks

    def sync(self, who: int, weather: Sequence[Weather]) -> None:
        """A laptop makes a pass, whatever the weather; what it met is in the report, never raised."""
        self.world.sky.coming.extend(weather)
        self._laptop(who).sync()
        self.world.sky.clear()

    def land(self, which: int) -> None:
        """A request that was given up reaches the server after all."""
        self.world.sky.land(which)

    def die(self, who: int) -> None:
        """Power cut between two acts."""
        self._laptop(who).die()

    def jump(self, who: int, seconds: int) -> None:
        """A laptop's clock is set; never so far that its operator's permission runs out by it."""
        laptop = self._laptop(who)
        if abs(laptop.clock.now_ms() + seconds * 1000 - START_MS) <= FURTHEST_MS:
            laptop.clock.advance(seconds)

    def reach(self, *, up: bool) -> None:
        """The server goes, or comes back."""
        self.world.centre.server.up = up

    def copy_centre(self) -> None:
        """A backup of the centre is made."""
        if len(self.copies) < MOST_COPIES:
            self.copies.append(self.world.folder / f"copy-{len(self.copies)}.db")
            self.world.centre.back_up(self.copies[-1])

    def restore_centre(self, which: int) -> None:
        """The centre comes back from an older backup; laptops give again what it lost (fault 17)."""
        if self.copies:
            self.forgetful = True
            self.world.centre.bring_back(self.copies[which % len(self.copies)])
            self.witness.only_what_still_lies_on_a_disk(self.world)

    def image(self, who: int) -> None:
        """The disk of a laptop is copied."""
        who %= len(self.world.laptops)
        if len(self.images) < MOST_COPIES and who != len(self.world.laptops) - 1:
            folder = self.world.folder / f"image-{len(self.images)}"
            self._laptop(who).image(folder)
            self.images.append((who, folder))

    def put_back(self, which: int) -> None:
        """A laptop goes on from an older image of itself, and becomes a new incarnation (fault 25)."""
        if self.images:
            who, folder = self.images[which % len(self.images)]
            self._land_all()
            self._laptop(who).come_back_from(folder)
            self.witness.only_what_still_lies_on_a_disk(self.world)

    # -- what must hold

    def check(self) -> None:
        """After every act: no receipt promises too much, until the centre has forgotten something."""
        if not self.forgetful:
            said.promises_of_receipts(self.world)

    def end(self) -> None:
        """The sky clears: everything that was said must be true everywhere."""
        self._land_all()
        self.world.settle()
        said.promises_of_receipts(self.world)
        said.settled(self.world, self.witness)
        said.values_are_kept(self.world, self.witness)
        said.whole(self.world)

    def _land_all(self) -> None:
        while self.world.sky.in_the_air:
            self.world.sky.land(0)

    def _somebody(self, which: int) -> Registered:
        """The first few are met most often, so that laptops get into each other's way."""
        few = self.registered[:3] if which % 2 else self.registered
        return few[which % len(few)]

    def _laptop(self, who: int) -> Laptop:
        return self.world.laptops[who % len(self.world.laptops)]


def blow(storm: Storm, seed: int, acts: int, weathers: Sequence[Weather] = ("fine", "fine", *BAD)) -> None:
    """Let a storm blow for so many acts drawn from a seed; the same seed is the same storm."""
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
        lambda: storm.put_back(which),
        lambda: storm.undo(which) if storm.outcomes else None,
    )
    draw.choice(seldom if draw.random() < 0.15 else often)()
