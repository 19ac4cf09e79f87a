"""Who was compared with whom, and what a person decided: it is not asked again."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.store.queries.rows import facts
from sync.wire.distinction import Distinction


def decided(session: Session, attendee: str) -> dict[str, bool]:
    """The others with whom ``attendee`` was compared, and whether they are the same; the latest stands."""
    found = facts(session, Distinction, "attendee = ? OR other = ?", (attendee, attendee))
    ordered = sorted(found, key=lambda pair: (pair[0].created, pair[0].subject))
    return {
        (fact.other if fact.attendee == attendee else fact.attendee): fact.same for _kept, fact in ordered
    }
