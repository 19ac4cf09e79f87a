"""What the Sync page reads from the store, a page of records at a time."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.store.queries import holding, reference, truth
from fairclient.store.queries.truth import RecordTruth, StationHeard, Stick
from fairclient.ui.pages.synchronise.words import CENTRE, HERE, HUB, QUARANTINED, STICK
from fairclient.usecases.workplace import Workplace

PAGE = 200


@dataclass(frozen=True)
class SyncFacts:
    """Counts by place, the first records of the place asked for, laptops, time zone, last stick, hub.

    ``held`` of our entries wait for the day to be closed before they may go to the centre.
    """

    counts: dict[str, int]
    where: str
    records: tuple[RecordTruth, ...]
    stations: tuple[StationHeard, ...]
    time_zone: str
    stick: Stick | None = None
    hub: HubLink | None = None
    held: int = 0


def read_facts(place: Workplace, where: str) -> SyncFacts:
    """Read them; runs on the database's lane."""
    with place.store.read() as session:
        found = truth.summary(session)
        counts = {
            HERE: found.here,
            HUB: found.at_hub,
            CENTRE: found.at_centre,
            QUARANTINED: found.quarantined,
            STICK: found.on_stick,
        }
        records = tuple(truth.records(session, where or None, PAGE))
        stations = tuple(truth.stations(session))
        zone = reference.fair(session).time_zone
        return SyncFacts(
            counts,
            where,
            records,
            stations,
            zone,
            truth.last_stick(session),
            hub_link.read(session.connection()),
            holding.held(session),
        )


def read_more(place: Workplace, where: str, after: int) -> tuple[RecordTruth, ...]:
    """The records that follow the first ``after``."""
    with place.store.read() as session:
        return tuple(truth.records(session, where or None, PAGE, after))
