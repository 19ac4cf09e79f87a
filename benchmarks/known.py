"""An encrypted store that knows very many invented people, made quickly, and those who come to it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks import fair, people
from benchmarks.people import Person, Told, told
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee, Document, Phone

AT_ONCE = 1_000
EARLIER = 0.6
"""How harsh the first registrations were, of 1.0 for the return."""


@dataclass(frozen=True)
class Known:
    """A workplace, who is known in it (entity to id), and people who aren't though their family is."""

    place: Workplace
    ids: dict[int, str]
    known: list[Person]
    new: list[Person]


def know(home: Home, many: int, seed: int, left_out: int) -> Known:
    """Make a store of about ``many`` people; ``left_out`` of those families have one more who isn't known."""
    place = practice_fair(home, fair.PASSPHRASE, SystemClock(), cost=fair.CHEAP)
    families = people.people(seed, many)
    draw = Random(seed + 1)
    larger = [family for family in families if len(family) > 1]
    new = [family.pop(draw.randrange(len(family))) for family in draw.sample(larger, left_out)]
    known = [person for family in families for person in family]
    draw.shuffle(known)
    ids: dict[int, str] = {}
    for start in range(0, len(known), AT_ONCE):
        with place.store.write(author=place.operator.id) as work:
            for person in known[start : start + AT_ONCE]:
                ids[person.entity] = work.create(attendee(told(draw, person, EARLIER)))
    return Known(place, ids, known, new)


def attendee(one: Told) -> Attendee:
    """The fact of what a desk wrote."""
    return Attendee(
        given_names=one.given_names or one.first_surname,
        first_surname=one.first_surname,
        second_surname=one.second_surname,
        sex="M" if one.sex == "M" else "F",
        birth_date=one.birth,
        profile="VP",
        nationality="VEN",
        documents=(Document(type=one.kind, number=one.number),) if one.number else (),
        phones=(Phone(number=one.phone),) if one.phone else (),
        municipality=one.municipality,
    )
