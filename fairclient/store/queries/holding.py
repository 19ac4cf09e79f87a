"""Which entries may go to the centre now: a fair may hold them until a supervisor has closed the day."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.store.queries import reference
from fairclient.store.queries.rows import facts
from fairclient.store.tables.journal import seq_at
from sync.wire.day_closed import DayClosed
from sync.wire.journal import JournalId


def holds(session: Session) -> bool:
    """Whether this fair holds entries until the day is closed; False while its data have not come."""
    found = dict(reference.fairs(session))
    return any(fair.hold_until_closed for fair in found.values())


def released(session: Session, journal: JournalId, seq: int) -> int:
    """How far ``journal``, here up to ``seq``, may go: what an approval names, and the approval itself."""
    if not holds(session):
        return seq
    named = [fact.heads.get(str(journal), (0, ""))[0] for _kept, fact in facts(session, DayClosed)]
    return min(seq, max([_approvals(session, journal), *named]))


def held(session: Session) -> int:
    """How many of our own entries have no centre's receipt and may not go there before the day is closed."""
    if not holds(session):
        return 0
    rows = session.connection().exec_driver_sql(
        "SELECT station, incarnation, fair, seq, at_centre FROM journal WHERE own"
    )
    return sum(
        max(0, seq - max(at_centre, released(session, JournalId(*name), seq)))
        for *name, seq, at_centre in rows.all()
    )


def _approvals(session: Session, journal: JournalId) -> int:
    """The number of the last approval that was written in ``journal`` itself, 0 for none."""
    found = session.connection().exec_driver_sql(
        "SELECT max(e.place) FROM entry e JOIN journal j ON j.number = e.place >> 40 "
        "WHERE e.kind = 'day_closed' AND j.station = ? AND j.incarnation = ? AND j.fair = ?",
        tuple(journal),
    )
    return seq_at(found.scalar() or 0)
