"""The days that a supervisor closed."""

from __future__ import annotations

from fairclient.store.tables.row import ROW_CONFIG, Projected, indexes
from sync.wire.day_closed import DayClosed


class DayClosedRow(DayClosed, Projected, table=True):
    """One approval of one day."""

    __tablename__ = "day_closed"
    __table_args__ = indexes("day_closed", "day")
    model_config = ROW_CONFIG
