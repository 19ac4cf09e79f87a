"""What the Sync page reads from the store, a page of records at a time."""

from __future__ import annotations

from dataclasses import dataclass

from fairclient.store.queries import reference, truth
from fairclient.store.queries.truth import RecordTruth, StationHeard
from fairclient.ui.pages.synchronise_words import CENTRE, HERE, HUB, QUARANTINED
from fairclient.usecases.workplace import Workplace

PAGE = 200


@dataclass(frozen=True)
class SyncFacts:
    """Counts by place, the first records of the place asked for, the fair's laptops and time zone."""

    counts: dict[str, int]
    where: str
    records: tuple[RecordTruth, ...]
    stations: tuple[StationHeard, ...]
    time_zone: str


def read_facts(place: Workplace, where: str) -> SyncFacts:
    """Read them; runs on the database's lane."""
    with place.store.read() as session:
        found = truth.summary(session)
        counts = {
            HERE: found.here,
            HUB: found.at_hub,
            CENTRE: found.at_centre,
            QUARANTINED: found.quarantined,
        }
        records = tuple(truth.records(session, where or None, PAGE))
        stations = tuple(truth.stations(session))
        return SyncFacts(counts, where, records, stations, reference.fair(session).time_zone)


def read_more(place: Workplace, where: str, after: int) -> tuple[RecordTruth, ...]:
    """The records that follow the first ``after``."""
    with place.store.read() as session:
        return tuple(truth.records(session, where or None, PAGE, after))
