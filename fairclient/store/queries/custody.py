"""Whether a fair is over for this laptop: its days closed, its term past; and the list of what was purged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from fairclient.base.clock import day_of, moment
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import reference
from sync.wire.journal import JournalId


@dataclass(frozen=True)
class PurgedRange:
    """Bodies of a journal that were purged: how many, up to where, by which receipt, when."""

    journal: str
    last: int
    digest: str
    server: str
    receipt: int
    entries: int
    at: datetime


@dataclass(frozen=True)
class Term:
    """The first day on which the fair's data may go, and the days that nobody has closed yet."""

    due: date
    unclosed: tuple[date, ...]


def term(session: Session) -> Term:
    """When the data of this fair may go: `purge_days` after it ended and its last day was closed."""
    fair = reference.fair(session)
    unclosed = []
    last = fair.ends
    for day in day_queries.days(session):
        closings = day_queries.closings(session, day)
        if closings:
            last = max(last, day_of(closings[0].at_ms, fair.time_zone))
        else:
            unclosed.append(day)
    return Term(last + timedelta(days=fair.purge_days), tuple(sorted(unclosed)))


def purged(session: Session) -> tuple[PurgedRange, ...]:
    """What was purged here, the oldest first."""
    rows = session.connection().exec_driver_sql(
        "SELECT j.station, j.incarnation, j.fair, p.last, p.digest, p.server, p.receipt, p.entries, p.at "
        "FROM purged p JOIN journal j ON j.number = p.journal ORDER BY p.number"
    )
    return tuple(
        PurgedRange(str(JournalId(*name)), last, bytes(digest).hex(), server, receipt, entries, moment(at))
        for *name, last, digest, server, receipt, entries, at in (tuple(row) for row in rows)
    )
