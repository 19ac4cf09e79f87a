"""What networks, disks, clocks and keepers do on a bad day: acts in any order, and what must hold after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sync.wire.journal import JournalId
from tests.faults import promises, sticks
from tests.faults.laptop import Laptop
from tests.faults.line import Weather
from tests.faults.people import People
from tests.faults.world import START_MS, World

NAMES: Final = ("Luz", "María José", "Ñusta", "O'Higgins", "Ana")
JUMPS: Final = (1, 60, 3600, 86_400, -1, -3600, -86_400)
MOST_COPIES: Final = 2
MOST_STICKS: Final = 4
FURTHEST_MS: Final = 3 * 86_400_000


class Storm(People):
    """One bad day."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.images: list[tuple[int, Path]] = []
        self.copies: list[Path] = []
        self.sticks: list[Path] = []
        self._files = 0
        self._stays_out: set[str] = set()
        self.forgetful = False
        """The centre was put back to an older backup: receipts are ahead until laptops give it all again."""

    # -- the network, the tent, sticks

    def sync(self, who: int, weather: Sequence[Weather]) -> None:
        """A laptop makes a pass, whatever the weather; what it met is in the report, never raised."""
        self.world.sky.coming.extend(weather)
        self.laptop(who).sync()
        self.world.sky.clear()

    def land(self, which: int) -> None:
        """A request that was given up reaches the server after all."""
        self.world.sky.land(which)

    def reach(self, *, up: bool) -> None:
        """The centre goes, or comes back."""
        self.world.centre.server.up = up

    def host(self, who: int) -> None:
        """A laptop becomes the hub of the tent: the first, another that takes over, or the same again."""
        laptop = self.laptop(who)
        laptop.tent.start(laptop.place, laptop.clock)
        self.world.host = laptop

    def meet_in_the_tent(self, who: int, weather: Sequence[Weather]) -> None:
        """A laptop makes a pass with the hub that it joined, or scans the tent's QR where that is gone."""
        self.world.sky.coming.extend(weather)
        laptop, host = self.laptop(who), self.world.host
        report = laptop.sync_in_the_tent()
        if report.problem is not None and not report.tier and host is not None and host.tent.is_running:
            laptop.join(host.tent.invitation(self.world.centre.fair))
        self.world.sky.clear()

    def hub_dies(self) -> None:
        """The hub's process ends, by itself or with its laptop's lid."""
        if self.world.host is not None:
            self.world.host.tent.stop()

    def save_stick(self, who: int, *, everything: bool) -> None:
        """A laptop saves a bundle; sticks of before lie around and are used again."""
        self._files += 1
        saved = sticks.save(self.laptop(who), self.world.folder / f"{self._files}.age", everything=everything)
        if saved is not None:
            self.sticks = [*self.sticks, saved][-MOST_STICKS:]

    def use_stick(self, who: int, which: int) -> None:
        """A stick is imported at a laptop, or at the centre, whose receipts a laptop then takes back."""
        stick = self.sticks[which % len(self.sticks)]
        if which % 3:
            sticks.to_the_centre(self.world.centre, stick, self.laptop(who))
        else:
            sticks.to_a_laptop(self.laptop(who), stick)

    # -- clocks and disks

    def die(self, who: int) -> None:
        """Power cut between two acts."""
        self.laptop(who).die()

    def jump(self, who: int, seconds: int) -> None:
        """A laptop's clock is set; never so far that its operator's permission runs out by it."""
        laptop = self.laptop(who)
        if abs(laptop.clock.now_ms() + seconds * 1000 - START_MS) <= FURTHEST_MS:
            laptop.clock.advance(seconds)

    def copy_centre(self) -> None:
        """A backup of the centre is made."""
        if len(self.copies) < MOST_COPIES:
            self._files += 1
            self.copies.append(self.world.folder / f"copy-{self._files}.age")
            self.world.centre.back_up(self.copies[-1])

    def restore_centre(self, which: int) -> None:
        """The centre comes back from an older backup; laptops give again what it lost (fault 17)."""
        if self.copies:
            self.forgetful = True
            self._stays_out |= self.witness.withdrawn.keys()
            self.world.centre.bring_back(self.copies[which % len(self.copies)])
            self.witness.only_what_still_lies_on_a_disk(self.world)

    def image(self, who: int) -> None:
        """The disk of a laptop is copied."""
        who %= len(self.world.laptops)
        if len(self.images) < MOST_COPIES and who != len(self.world.laptops) - 1:
            folder = self.world.folder / f"image-{len(self.images)}"
            self.laptop(who).image(folder)
            self.images.append((who, folder))

    def put_back(self, which: int) -> None:
        """A laptop goes on from an older image of itself, and becomes a new incarnation (fault 25).

        One that was shut out stays as it is: nobody tells it any more that it was put back.
        """
        who, folder = self.images[which % len(self.images)]
        laptop = self.laptop(who)
        if laptop.point not in self.witness.withdrawn:
            self._land_all()
            laptop.come_back_from(folder)
            self.witness.only_what_still_lies_on_a_disk(self.world)

    # -- the centre's keeper

    def withdraw(self, who: int, kind: str) -> None:
        """The access of a laptop, or of who works at it, is withdrawn: nothing new of it may count (I14).

        The keeper makes new backups after that: an older one would let it in again until a laptop comes. Who
        has erased somebody lately, or was put back to an image, is left alone: see the known limits.
        """
        laptop = self.laptop(who)
        alone = len(self.world.laptops) - len(self.witness.withdrawn) <= 2
        if alone or laptop is self.world.laptops[-1] or laptop.point in self.witness.withdrawn:
            return
        if not self._may_go(laptop):
            return
        subject = laptop.identity.station if kind == "station" else laptop.place.operator.id
        self.world.centre.withdraw(kind, subject)
        self.copies.clear()
        heads = self.world.centre_heads()
        self.witness.withdrawn[laptop.point] = {name: seq for name, (seq, _digest) in heads.items()}
        self.witness.once_withdrawn.add(laptop.point)
        self.witness.hidden.add(laptop.point)
        if kind == "station":
            self.world.shut_out.add(laptop)

    def give_back(self, which: int) -> None:
        """It was a mistake: who was shut out may work again, and what was put aside is judged anew.

        Not where the centre has come back from a copy meanwhile: see the known limits.
        """
        points = sorted(self.witness.withdrawn.keys() - self._stays_out)
        if not points:
            return
        laptop = next(one for one in self.world.laptops if one.point == points[which % len(points)])
        self.witness.withdrawn.pop(laptop.point)
        self.witness.hidden.discard(laptop.point)
        self.copies.clear()
        self.world.shut_out.discard(laptop)
        self.world.centre.give_back("station", laptop.identity.station)
        self.world.centre.give_back("operator", laptop.place.operator.id)

    def _may_go(self, laptop: Laptop) -> bool:
        erased = {one for one, by in self.witness.erased.items() if by == laptop.point}
        return erased <= self.witness.gone_at_the_centre and self._is_one_history(laptop)

    def _is_one_history(self, laptop: Laptop) -> bool:
        """Whether nobody knows more of a laptop's journals, or other things, than it does itself."""
        own = laptop.replica.heads()
        others = [self.world.centre_heads(), *(one.replica.heads() for one in self.world.laptops)]
        for heads in others:
            for name, (seq, digest) in heads.items():
                journal = JournalId.parse(name)
                if journal.station != laptop.identity.station:
                    continue
                if seq > own.get(name, (0, ""))[0] or promises.digest_here(laptop, journal, seq) != digest:
                    return False
        return True

    # -- what must hold

    def check(self) -> None:
        """After every act: no receipt promises too much, until the centre has forgotten something."""
        if not self.forgetful:
            promises.of_receipts(self.world)
        promises.nothing_new_from_who_was_shut_out(self.world, self.witness)
        promises.what_the_centre_erased_stays_away(self.world, self.witness)

    def end(self) -> None:
        """The sky clears: everything that was said must be true everywhere."""
        self._land_all()
        if self.world.host is not None:
            self.world.settle_in_the_tent()
        self.world.settle()
        if self.world.host is not None:
            promises.the_hub_agrees(self.world, self.witness)
        promises.of_receipts(self.world)
        promises.settled(self.world, self.witness)
        promises.values_are_kept(self.world, self.witness)
        promises.erased_everywhere(self.world, self.witness)
        promises.approvals_name_what_is_here(self.world)
        promises.whole(self.world)

    def _land_all(self) -> None:
        while self.world.sky.in_the_air:
            self.world.sky.land(0)
