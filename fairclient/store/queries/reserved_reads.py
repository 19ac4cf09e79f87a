"""The readings of sensitive answers at this laptop, for whoever watches over them (DP-15)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from fairclient.store.queries import reference
from fairclient.store.queries.names import short_name
from fairclient.store.queries.rows import by_ids
from sync.wire.attendee import Attendee

_READ = "SELECT at, operator, attendee, section FROM reserved_read"


@dataclass(frozen=True)
class ReservedRead:
    """One reading: when (ms since 1970), who (a name), of whom (an id; a first name and an initial), what.

    ``section`` is one of ``domain.questions.SECTIONS``, or "export" for all of it on paper.
    """

    at_ms: int
    operator: str
    attendee: str
    name: str
    section: str


def reads(session: Session, attendee: str = "", limit: int = 500) -> tuple[ReservedRead, ...]:
    """The readings of one person, or of everybody; the newest first."""
    condition, values = (" WHERE attendee = ?", (attendee,)) if attendee else ("", ())
    rows = (
        session.connection()
        .exec_driver_sql(f"{_READ}{condition} ORDER BY number DESC LIMIT {limit}", values)
        .all()
    )
    operators = {operator: fact.name for operator, fact in reference.operators(session)}
    people = {
        kept.subject: short_name(fact)
        for kept, fact in by_ids(session, Attendee, "subject", sorted({row[2] for row in rows}))
    }
    return tuple(
        ReservedRead(at, operators.get(operator, operator), subject, people.get(subject, ""), section)
        for at, operator, subject, section in rows
    )
