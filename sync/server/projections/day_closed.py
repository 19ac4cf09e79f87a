"""Closed days, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.day_closed import DayClosed


class DayClosedRecord(DayClosed, Projected, table=True):
    """A row of the table `day_closed`."""

    model_config = Projected.model_config
    __tablename__ = "day_closed"
