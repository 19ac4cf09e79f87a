"""What the registration page reads; it runs on the database's lane."""

from __future__ import annotations

from datetime import date

from fairclient.store.queries import person as person_query
from fairclient.store.queries import reference
from fairclient.store.queries.person import PersonPage
from fairclient.usecases.known_people import card_of
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair
from sync.wire.people import Card
from sync.wire.service import Service


def fair_and_services(place: Workplace) -> tuple[Fair, list[Service], date]:
    with place.store.read() as session:
        fair = reference.fair(session)
        services = [service for _id, service in reference.services(session)]
    return fair, services, place.clock.today(fair.time_zone)


def known_person(place: Workplace, attendee: str) -> PersonPage | Card | None:
    """Somebody who is registered here, or else her card from another fair."""
    with place.store.read() as session:
        found = person_query.person(session, attendee)
    return found or card_of(place, attendee)
