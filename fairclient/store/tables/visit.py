"""Who came on which day."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.visit import Visit


class VisitRow(Visit, Projected, table=True):
    """One person's attendance on one day."""

    __tablename__ = "visit"
    __table_args__ = indexes("visit", "attendee", "day")
    model_config = ROW_CONFIG
