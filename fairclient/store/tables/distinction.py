"""What was decided about people who look alike."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.distinction import Distinction


class DistinctionRow(Distinction, Projected, table=True):
    """One decision about two people."""

    __tablename__ = "distinction"
    __table_args__ = indexes("distinction", "attendee", "other")
    model_config = ROW_CONFIG
