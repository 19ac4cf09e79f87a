"""Who was compared with whom, and what a person decided: it is not asked again."""

from __future__ import annotations

from collections.abc import Mapping

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


def same_person(session: Session, attendee: str) -> list[str]:
    """All ids under which a person was written, as somebody decided: hers first."""
    found = [attendee]
    for one in found:  # grows while it is gone through
        found += [other for other, same in decided(session, one).items() if same and other not in found]
    return found


def one_for_all(session: Session) -> Mapping[str, str]:
    """Of everybody who was written more than once: the id that stands for all of hers, the smallest.

    As somebody decided, and the latest decision about two of them counts. Others aren't in it.
    """
    rows = session.connection().exec_driver_sql(
        "SELECT attendee, other, same FROM distinction ORDER BY created, subject"
    )
    said = {frozenset((attendee, other)): same for attendee, other, same in rows}
    stands: dict[str, str] = {}
    for pair in [sorted(pair) for pair, same in said.items() if same]:
        old = {stands.get(attendee, attendee) for attendee in pair}
        first = min(old)
        stands |= {attendee: first for attendee, one in stands.items() if one in old}
        stands |= dict.fromkeys(pair, first)
    return stands
