"""What people do at a fair in a storm: register, correct, serve, undo, close the day, erase somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Literal

from fairclient.base.errors import BadInput, SlipRefused, Unauthorised
from fairclient.store.queries import people as people_queries
from fairclient.usecases.close_day import close_day
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.erase_person import erase_person
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome, undo_outcome
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from sync.server.words import Refusal
from sync.wire.attendee import Attendee
from tests.faults.laptop import Laptop, refused_as
from tests.faults.witness import NEIGHBOURHOODS, Witness
from tests.faults.world import World


class People:
    """What is done at the keyboards. Numbers choose: any whole number is an answer to "who" and "which"."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.witness = Witness()
        self.registered: list[Registered] = []
        self.outcomes: list[tuple[int, str]] = []

    def register(self, who: int, name: str, services: Sequence[str]) -> None:
        """Somebody is registered, and the page says that it is saved."""
        laptop = self.laptop(who)
        word = f"Ensayo{len(self.registered):05d}"
        person = Attendee(
            given_names=name, first_surname=word, sex="F", profile="VP", birth_date=date(1990, 2, 3)
        )
        with self.refused_where_withdrawn(laptop):
            done = register_attendee(laptop.place, Registration(person, tuple(sorted(set(services)))))
            self.witness.people[done.attendee] = laptop.point
            self.witness.words[done.attendee] = word.encode()
            self.registered.append(done)

    def correct(self, who: int, which: int, value: int, *, blind: bool) -> None:
        """Somebody corrects a person, seen as she stands there, or (``blind``) knowing of no change since."""
        done, laptop = self._somebody(which), self.laptop(who)
        with laptop.place.store.read() as session:
            page = people_queries.person(session, done.attendee)
        if page is None:
            return
        text = NEIGHBOURHOODS[value % len(NEIGHBOURHOODS)]
        with self.refused_where_withdrawn(laptop), self._refused_for_the_erased(done):
            correct_attendee(
                laptop.place, done.attendee, {"neighbourhood": text}, "" if blind else page.revision
            )
            self.witness.corrected.setdefault(done.attendee, set()).add(text)

    def serve(self, who: int, which: int, *, served: bool) -> None:
        """A desk serves whoever holds a slip that this laptop knows; another desk may serve the same slip."""
        done, laptop = self._somebody(which), self.laptop(who)
        with laptop.place.store.read() as session:
            if people_queries.person(session, done.attendee) is None:
                return
        with self.refused_where_withdrawn(laptop), self._refused_for_the_erased(done):
            try:
                slip = read_slip(laptop.place, done.slip.code)
            except SlipRefused:
                return  # she is here, her slip was put aside and is on its way
            owed = slip.owed[which % len(slip.owed)].service
            result: Literal["served", "not_served"] = "served" if served else "not_served"
            why = "" if served else "sin documento"
            outcome = record_outcome(laptop.place, slip, owed, result, why).outcome
            self.witness.outcomes[outcome] = laptop.point
            self.outcomes.append((who, outcome))

    def undo(self, which: int) -> None:
        """A desk takes back what it recorded, by a later entry."""
        who, outcome = self.outcomes[which % len(self.outcomes)]
        laptop = self.laptop(who)
        with self.refused_where_withdrawn(laptop):
            try:
                self.witness.outcomes[undo_outcome(laptop.place, outcome)] = laptop.point
            except BadInput:
                return  # its disk was put back to before that

    def close_day(self, who: int) -> None:
        """A supervisor closes the day: whoever did not come is written down, and what is here is approved."""
        laptop = self.laptop(who)
        before = _outcomes(laptop)
        with self.refused_where_withdrawn(laptop):
            refused_as(("nothing-to-close", "already-closed"), lambda: close_day(laptop.place))
        self.witness.outcomes.update(dict.fromkeys(_outcomes(laptop) - before, laptop.point))

    def erase(self, who: int, which: int) -> None:
        """A supervisor erases a person whom her laptop knows; it counts if her access was not withdrawn."""
        done, laptop = self._somebody(which), self.laptop(who)
        with self.refused_where_withdrawn(laptop):
            if refused_as(("nobody-to-erase",), lambda: erase_person(laptop.place, done.attendee, "request")):
                return
            self.witness.once_erased.add(done.attendee)
            if laptop.point in self.witness.withdrawn:
                self.witness.half_erased.add(done.attendee)
            else:
                self.witness.erased.setdefault(done.attendee, laptop.point)

    def erase_at_the_centre(self, which: int) -> None:
        """The centre's keeper erases a person whom it knows."""
        done = self._somebody(which)
        try:
            self.world.centre.erase(done.attendee)
        except Refusal:
            return  # nothing of her has come so far, or she was erased before
        self.witness.once_erased.add(done.attendee)
        self.witness.erased.setdefault(done.attendee, "")

    def poison(self, who: int, kind: str) -> None:
        """A newer program, or a fault, writes what no server understands: it must hold up nothing.

        Only the last laptop does, whose disk is never put back: what is in quarantine is handed to nobody, so
        that after a restored centre its own laptop alone can give it again.
        """
        del who
        place = self.world.laptops[-1].place
        with place.store.write(author=place.operator.id) as work:
            work._append(kind, place.operator.id, b'{"fact":{"sex":"?"},"salt":"00"}')

    @contextmanager
    def refused_where_withdrawn(self, laptop: Laptop) -> Iterator[None]:
        """Whose access was withdrawn may hear of it, and is refused in words from then on; nobody else is."""
        try:
            yield
        except Unauthorised:
            assert laptop.point in self.witness.once_withdrawn, "somebody was refused whose access stands"

    @contextmanager
    def _refused_for_the_erased(self, done: Registered) -> Iterator[None]:
        try:
            yield
        except BadInput:
            assert done.attendee in self.witness.once_erased, "somebody was refused who was not erased"

    def _somebody(self, which: int) -> Registered:
        """The first few are met most often, so that laptops get into each other's way."""
        few = self.registered[:3] if which % 2 else self.registered
        return few[which % len(few)]

    def laptop(self, who: int) -> Laptop:
        """One of the laptops."""
        return self.world.laptops[who % len(self.world.laptops)]


def _outcomes(laptop: Laptop) -> set[str]:
    with laptop.place.store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT subject FROM entry WHERE kind = 'outcome'")
        return {str(row[0]) for row in rows}
