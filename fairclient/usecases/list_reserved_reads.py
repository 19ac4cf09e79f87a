"""List who read what is sensitive at this laptop: for supervisors and focal points (DP-15)."""

from __future__ import annotations

from fairclient.store.queries.reserved_reads import ReservedRead, reads
from fairclient.usecases.workplace import Workplace


def list_reserved_reads(place: Workplace, attendee: str = "", limit: int = 500) -> tuple[ReservedRead, ...]:
    """Return the readings, the newest first; those of one person where one is given. Raises Unauthorised."""
    place.require("supervisor", "protection", "administrator")
    with place.store.read() as session:
        return reads(session, attendee, limit)
