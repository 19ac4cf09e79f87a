"""The state of a fair as one digest, to be compared with that of any laptop of the same scope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel
from sqlalchemy import Connection, select, text

from sync.server.projections.catalogue import SHAPES
from sync.wire.catalogue import PERSONAL
from sync.wire.fact import Fact
from sync.wire.state import StateDigest
from sync.wire.station import Scope

_PAGES: Final = {"yield_per": 1000}
_COUNTS: Final = {
    "entries": text("SELECT COALESCE(SUM(seq), 0) FROM journal WHERE fair = :fair"),
    "quarantined": text(
        "SELECT COUNT(*) FROM quarantined_entry q JOIN journal j ON j.id = q.journal WHERE j.fair = :fair"
    ),
    "receipts": text(
        "SELECT COUNT(*) FROM receipt r JOIN journal j ON j.id = r.journal WHERE j.fair = :fair"
    ),
}


class State(BaseModel):
    """What stands of a fair: entries in its journals, rows of each kind, and their digest."""

    fair: str
    entries: int
    quarantined: int
    receipts: int
    counts: dict[str, int]
    state_digest: str


def state(connection: Connection, fair: str, scope: Scope = "fair") -> State:
    """Return the state of a fair as a station of some scope sees it."""
    digest = StateDigest()
    counts: dict[str, int] = {}
    for kind, subject, fact in rows(connection, fair, scope):
        digest.add(kind, subject, fact)
        counts[kind] = counts.get(kind, 0) + 1
    numbers = {
        name: int(connection.execute(query, {"fair": fair}).scalar_one()) for name, query in _COUNTS.items()
    }
    return State(fair=fair, counts=dict(sorted(counts.items())), state_digest=digest.hexdigest(), **numbers)


def rows(connection: Connection, fair: str, scope: Scope = "fair") -> Iterator[tuple[str, str, Fact]]:
    """Give each projected row of a fair as its kind, its subject and its fact."""
    for kind, shape in SHAPES.items():
        if scope == "desk" and kind in PERSONAL:
            continue
        query = select(shape.table).where(shape.table.c.fair == fair)
        for row in connection.execute(query, execution_options=_PAGES).mappings():
            yield kind, row["subject"], shape.fact_of(dict(row))
