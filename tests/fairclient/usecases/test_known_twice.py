"""Two people who are known: who may be the same, what somebody decided, and which of two values stands."""

from __future__ import annotations

from datetime import date

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import report_rows
from fairclient.usecases.correct_attendee import correct_attendee
from fairclient.usecases.decide_conflict import decide_conflict
from fairclient.usecases.look_twice import look_twice
from fairclient.usecases.move_to_household import move_to_household
from fairclient.usecases.register_attendee import Registered
from fairclient.usecases.tell_apart import tell_apart
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Document, Phone
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, known, register

HER = {
    "given": "Yuleidy del Carmen",
    "surname": "Urdaneta",
    "second_surname": "Villalobos",
    "birth_date": date(1988, 8, 12),
    "documents": (Document(type="PPT", number="5482193"),),
    "phones": (Phone(number="3995550142"),),
}


def twice(point: Workplace, **other: object) -> tuple[Registered, Registered]:
    """She, and once more with something written otherwise."""
    return register(point, **HER), register(point, **(HER | other))  # type: ignore[arg-type]  # as a person


class TestLookTwice:
    def test_who_was_written_twice_is_found_from_either_page(self, point_a: Workplace) -> None:
        one, other = twice(point_a, given="Yuleidi", documents=(Document(type="CC", number="77001122"),))
        for mine, hers in ((one, other), (other, one)):
            (found,) = look_twice(point_a, mine.attendee).look
            assert found.attendee == hers.attendee and found.why

    def test_a_brother_is_not_brought_up(self, point_a: Workplace) -> None:
        one = register(point_a, **HER)  # type: ignore[arg-type]  # as a person
        register(
            point_a,
            given="José Gregorio",
            surname="Urdaneta",
            second_surname="Villalobos",
            birth_date=date(1992, 3, 4),
            documents=(Document(type="PPT", number="6100555"),),
            phones=HER["phones"],
        )
        assert look_twice(point_a, one.attendee).look == ()

    @pytest.mark.parametrize("same", [False, True])
    def test_what_was_decided_is_not_asked_again_from_either_side(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock, same: bool
    ) -> None:
        one, other = twice(point_a, given="Yuleidi")
        assert look_twice(point_a, one.attendee).look
        tell_apart(point_a, other.attendee, one.attendee, same=same)
        clock.advance(60)
        carry(point_a, point_b, fair)
        for place in (point_a, point_b):
            for mine, hers in ((one, other), (other, one)):
                found = look_twice(place, mine.attendee)
                assert found.look == ()
                assert [person for person, _name in found.same] == ([hers.attendee] if same else [])
                assert known(place, mine.attendee).moments[-1].kind == "distinction"

    def test_the_latest_word_stands(self, point_a: Workplace, clock: FixedClock) -> None:
        one, other = twice(point_a)
        tell_apart(point_a, one.attendee, other.attendee, same=True)
        clock.advance(60)
        tell_apart(point_a, other.attendee, one.attendee, same=False)
        assert look_twice(point_a, one.attendee).same == ()


class TestDecide:
    def differ(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock, field: str, *values: str
    ) -> Registered:
        """Two laptops write different values without knowing of each other; both then know."""
        done = register(point_a, **HER)  # type: ignore[arg-type]  # as a person
        clock.advance(60)
        carry(point_a, point_b, fair)
        for place, value in zip((point_a, point_b), values, strict=True):
            clock.advance(60)
            correct_attendee(place, done.attendee, {field: value}, known(place, done.attendee).revision)
        self.meet(point_a, point_b, fair, clock)
        return done

    def meet(self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock) -> None:
        """Both hear all."""
        clock.advance(60)
        carry(point_a, point_b, fair)
        carry(point_b, point_a, fair)

    def test_the_earlier_value_may_be_chosen_and_nothing_is_open_anywhere(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        done = self.differ(point_a, point_b, fair, clock, "neighbourhood", "Centro", "Norte")
        assert known(point_a, done.attendee).choices == {"neighbourhood": ("Centro", "Norte")}
        decide_conflict(point_a, done.attendee, {"neighbourhood": "Centro"})
        self.meet(point_a, point_b, fair, clock)
        for place in (point_a, point_b):
            page = known(place, done.attendee)
            assert (page.fact.neighbourhood, page.conflicts) == ("Centro", ())
            assert page.moments[-1].changes == {"neighbourhood": "Centro"}

    def test_only_values_that_are_kept_and_only_what_is_open(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        done = self.differ(point_a, point_b, fair, clock, "neighbourhood", "Centro", "Norte")
        for decided in ({}, {"neighbourhood": "Sur"}, {"given_names": "Otra"}):
            with pytest.raises(BadInput):
                decide_conflict(point_a, done.attendee, decided)
        decide_conflict(point_a, done.attendee, {"neighbourhood": "Norte"})
        with pytest.raises(BadInput, match="alguien lo decidió"):
            decide_conflict(point_a, done.attendee, {"neighbourhood": "Norte"})

    def test_what_is_reserved_is_never_chosen_from_a_list(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        done = self.differ(point_a, point_b, fair, clock, "ethnicity", "1", "2")
        with pytest.raises(BadInput):
            decide_conflict(point_a, done.attendee, {"ethnicity": "1"})

    def test_to_which_household_she_went(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        done = register(point_a, **HER)  # type: ignore[arg-type]  # as a person
        homes = [register(point_a, given=name, family=name) for name in ("Paz", "Prieto")]
        self.meet(point_a, point_b, fair, clock)
        for place, home in zip((point_a, point_b), homes, strict=True):
            clock.advance(60)
            move_to_household(place, done.attendee, home.attendee)
        self.meet(point_a, point_b, fair, clock)
        page = known(point_b, done.attendee)
        assert {page.names[home] for home in page.choices["household"]} == {"Paz", "Prieto"}
        decide_conflict(point_b, done.attendee, {"household": homes[0].household})
        self.meet(point_a, point_b, fair, clock)
        assert known(point_a, done.attendee).conflicts == ()
        assert len(known(point_a, homes[0].attendee).family) == 1


class TestCountedOnce:
    def test_somebody_registered_at_two_points_counts_as_one_person_once_that_was_decided(
        self, point_a: Workplace, point_b: Workplace, fair: Fair, clock: FixedClock
    ) -> None:
        one, other, third = register(point_a, **HER), register(point_b, **HER), register(point_b, **HER)  # type: ignore[arg-type]
        carry(point_b, point_a, fair)
        assert self.counted(point_a) == (3, 3, 3)
        tell_apart(point_a, other.attendee, one.attendee, same=True)
        assert self.counted(point_a) == (2, 2, 3)
        tell_apart(point_a, other.attendee, third.attendee, same=True)
        assert self.counted(point_a) == (1, 1, 3)
        clock.advance(1)
        tell_apart(point_a, one.attendee, other.attendee, same=False)
        assert self.counted(point_a) == (2, 2, 3)

    def counted(self, place: Workplace) -> tuple[int, int, int]:
        """People in the report and in the day's count, and slips."""
        with place.store.read() as session:
            count = day_queries.reconcile(session, place.today())
            people = report_rows.of_day(session, place.today()).people
        return len(people), count.registered, count.slips
