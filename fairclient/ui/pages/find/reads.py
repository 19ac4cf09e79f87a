"""What the Find page and the sheets that look for somebody read; it runs on the database's lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairclient.store.queries import households, people, reference
from fairclient.store.queries.households import HouseholdPage
from fairclient.store.queries.people import FoundPerson
from fairclient.store.queries.rows import one
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee

LIMIT = 50


@dataclass(frozen=True)
class Search:
    """What was looked for, who was found, and the day at the fair."""

    text: str
    people: tuple[FoundPerson, ...]
    today: date


def search(place: Workplace, text: str) -> Search:
    """Look for people."""
    with place.store.read() as session:
        today = place.clock.today(reference.fair(session).time_zone)
        return Search(text, tuple(people.find(session, text, LIMIT)), today)


def person_of_slip(place: Workplace, text: str) -> str | None:
    """The person of a scanned slip, None for a slip that this laptop has never heard of.

    Raises SlipRefused.
    """
    view = read_slip(place, text).view
    return None if view is None else view.attendee


def found_by_slip(place: Workplace, text: str) -> Search | None:
    """The person of a scanned slip as if she had been searched for. Raises SlipRefused."""
    attendee = person_of_slip(place, text)
    if attendee is None:
        return None
    with place.store.read() as session:
        today = place.clock.today(reference.fair(session).time_zone)
        return Search(text, tuple(people.by_id(session, attendee, "slip")), today)


def home_of_person(place: Workplace, attendee: str) -> HouseholdPage | None:
    """The household of a person; None where she has none, or it isn't known here."""
    with place.store.read() as session:
        found = one(session, Attendee, attendee)
        household = found[1].household if found else None
        return households.page(session, household) if household else None
